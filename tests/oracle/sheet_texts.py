"""Durations, rates and amounts as a sheet writes them (D8.4, D8.5)."""

from tests.oracle.lines import Line, Price
from tests.oracle.money import cents
from tests.oracle.summary import Asked


def rate_text(price: Price | None, currency: str, asked: Asked) -> str:
    if price is None or price.currency != currency:
        return ""
    return money_text(price.hourly_rate_cents, asked)


def amount_text(lines: list[Line], currency: str, asked: Asked) -> str:
    """Nothing billable is no amount, which is not the same as an amount of zero."""
    priced = [line for line in lines if line.price and line.price.currency == currency]
    return money_text(cents(sum(line.microcents for line in priced)), asked) if priced else ""


def money_text(amount_cents: int, asked: Asked) -> str:
    return f"{amount_cents // 100}{asked['cents_separator']}{amount_cents % 100:02}"


def duration_text(seconds: int, duration_format: str) -> str:
    """D8.5; hundredths of an hour in whole numbers, half up, behind a point always."""
    if duration_format == "decimal":
        hundredths = (seconds * 100 + 1_800) // 3_600
        return f"{hundredths // 100}.{hundredths % 100:02}"
    hours, minutes, rest = seconds // 3_600, seconds // 60 % 60, seconds % 60
    padded = f"{hours:02}" if duration_format == "classic" else str(hours)
    return f"{padded}:{minutes:02}:{rest:02}"
