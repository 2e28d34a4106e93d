"""Durations: whole seconds, how they are rounded and how they are written."""

from dataclasses import dataclass
from enum import IntEnum

ROUNDING_MINUTES = (0, 1, 5, 6, 10, 12, 15, 30, 60, 240)
DURATION_SECONDS_MAX = 10 * 366 * 86_400  # ten years; keeps seconds x rate inside 64 bits (D6.1)


class RoundingMode(IntEnum):
    """The wire's numbers for the direction of rounding (D5.1)."""

    DOWN = -1
    NEAREST = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class Rounding:
    """A step in minutes, 0 for none, and which way (D5)."""

    step_minutes: int = 0
    mode: RoundingMode = RoundingMode.NEAREST

    @property
    def is_off(self) -> bool:
        return self.step_minutes == 0

    @property
    def step_seconds(self) -> int:
        return self.step_minutes * 60


def clock_text(seconds: int) -> str:
    """`HH:MM:SS`; hours may pass 99 (D8.5, classic)."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest_seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{rest_seconds:02}"
