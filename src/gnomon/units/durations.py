"""Durations: whole seconds, how they are rounded and how they are written."""

import re
from dataclasses import dataclass
from enum import IntEnum

from gnomon.errors import BadData

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


def improved_text(seconds: int) -> str:
    """`H:MM:SS` (D8.5, improved)."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def decimal_text(seconds: int) -> str:
    """Hours to two decimals, halves up (D8.5, decimal)."""
    hundredths = (seconds * 100 + 1_800) // 3_600
    return f"{hundredths // 100}.{hundredths % 100:02}"


_CLOCK = re.compile(r"([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9]))?")
_UNITS = re.compile(r"(?:([0-9]{1,5})\s*h)?\s*(?:([0-9]{1,6})\s*m(?:in)?)?\s*(?:([0-9]{1,8})\s*s)?")
_HOURS = re.compile(r"([0-9]{1,5})[.,]([0-9]{1,6})\s*h?")
_MINUTES = re.compile(r"[0-9]{1,6}")


def read_duration(text: str) -> int:
    """Seconds of what a person types: `1:30`, `1:30:00`, `90m`, `1h 30m`, `1.5h`, `1,5`, or minutes as a bare number.

    Raises `BadData` for anything else.
    """
    told = text.strip().lower()
    if found := _CLOCK.fullmatch(told):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if found := _HOURS.fullmatch(told):
        whole, fraction = found.groups()
        parts: int = 10 ** len(fraction)
        return (int(whole + fraction) * 3600 + parts // 2) // parts
    if _MINUTES.fullmatch(told):
        return int(told) * 60
    if told and (found := _UNITS.fullmatch(told)):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    raise BadData("A duration is written like 1:30, 90m or 1.5h.")
