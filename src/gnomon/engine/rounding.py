"""Round the duration of each entry, before anything is added up (D5.3)."""

import polars as pl

from gnomon.units.durations import Rounding, RoundingMode


def round_seconds(seconds: pl.Expr, rounding: Rounding) -> pl.Expr:
    """Whole steps: down, up, or nearest with half a step going up. An exact multiple stays."""
    if rounding.is_off:
        return seconds
    step = rounding.step_seconds
    shift = {
        RoundingMode.DOWN: 0,
        RoundingMode.NEAREST: step // 2,
        RoundingMode.UP: step - 1,
    }[rounding.mode]
    return (seconds + shift) // step * step
