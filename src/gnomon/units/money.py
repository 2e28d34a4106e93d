"""Money: whole cents of one currency, never a float (D6.1, D6.2)."""

import re

from gnomon.errors import BadData

MICROCENTS_PER_CENT = 1_000_000
RATE_CENTS_MAX = 100_000_000  # a million an hour; keeps one entry's microcents inside 64 bits
_CURRENCY = re.compile(r"[A-Z]{3}")


def microcents(duration_seconds: int, hourly_rate_cents: int) -> int:
    """What the time costs: hours to six decimals, halves up, times the rate (D6.1)."""
    hours_e6 = (duration_seconds * 1_000_000 + 1_800) // 3_600
    return hours_e6 * hourly_rate_cents


def cents(amount_microcents: int) -> int:
    """Whole cents, halves up: done once, to a single amount or to a sum (D6.2)."""
    return (amount_microcents + MICROCENTS_PER_CENT // 2) // MICROCENTS_PER_CENT


def amount_cents(duration_seconds: int, hourly_rate_cents: int) -> int:
    return cents(microcents(duration_seconds, hourly_rate_cents))


def money_text(amount: int) -> str:
    """`1234.50`; the sign stands in front."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02}"


def currency_code(text: str) -> str:
    """Three capital letters (ISO 4217); raises `BadData` for any other text."""
    code = text.strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise BadData(f"A currency is three letters such as EUR, not {text!r}.")
    return code
