"""Price rounded seconds: whole numbers all the way (D6.1, D6.2)."""

import polars as pl

MICROCENTS_PER_CENT = 1_000_000


def microcents(seconds: pl.Expr, hourly_rate_cents: pl.Expr) -> pl.Expr:
    """Hours to six decimals, halves up, times the rate; one entry stays inside 64 bits (units/durations, money)."""
    hours_e6 = (seconds * 1_000_000 + 1_800) // 3_600
    return hours_e6 * hourly_rate_cents


def cents(amount_microcents: pl.Expr) -> pl.Expr:
    """A sum, rounded once, halves up."""
    return (amount_microcents + MICROCENTS_PER_CENT // 2) // MICROCENTS_PER_CENT
