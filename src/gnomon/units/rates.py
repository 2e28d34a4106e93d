"""Which hourly rate makes an amount: the arithmetic of `money.py` turned round."""

from gnomon.units.money import MICROCENTS_PER_CENT, RATE_CENTS_MAX

ROUND_STEPS = (10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 1)


def rates_for(duration_seconds: int, amount_cents: int) -> tuple[int, int]:
    """The lowest and highest hourly rate in cents that make the amount (D6.1); lowest > highest where none does."""
    hours_e6 = (duration_seconds * 1_000_000 + 1_800) // 3_600
    if hours_e6 == 0:
        return (0, RATE_CENTS_MAX) if amount_cents == 0 else (1, 0)
    half = MICROCENTS_PER_CENT // 2
    lowest = -(-(amount_cents * MICROCENTS_PER_CENT - half) // hours_e6)
    highest = ((amount_cents + 1) * MICROCENTS_PER_CENT - half - 1) // hours_e6
    return max(lowest, 0), min(highest, RATE_CENTS_MAX)


def roundest_rate(lowest: int, highest: int) -> int | None:
    """The roundest rate of the span; None where the span is empty."""
    for step in ROUND_STEPS:
        rate = -(-lowest // step) * step
        if rate <= highest:
            return rate
    return None
