"""A bar chart over time: hours per bucket, billable ones below the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from gnomon.charts.palette import BILLABLE, GRID, INK, NOT_BILLABLE
from gnomon.charts.svg import element, picture, text

WIDTH, HEIGHT = 720.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 4.0, 16.0, 22.0
BAR_SHARE = 0.72
VALUES_MAX = 34  # more bars are too narrow for a number on top
LABEL_LETTERS_MAX = 100  # on the whole axis
GRID_LINES = 5
SECONDS_PER_HOUR = 3_600
STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    billable_seconds: int
    other_seconds: int

    @property
    def seconds(self) -> int:
        return self.billable_seconds + self.other_seconds


def bar_chart(bars: Sequence[Bar], title: str, height: float = HEIGHT) -> str:
    """The chart as SVG, 720 wide; the description tells every bar where they are few, else the sum and the highest."""
    top_hours, step = _scale(max((bar.seconds for bar in bars), default=0))
    grid = "".join(
        _grid_line(step * line, top_hours, height) for line in range(int(top_hours / step) + 1)
    )
    slot = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    shapes = "".join(
        _bar(bar, number, slot, (top_hours, height)) for number, bar in enumerate(bars)
    )
    letters = max((len(bar.label) for bar in bars), default=1)
    every = -(-len(bars) * letters // LABEL_LETTERS_MAX) or 1
    labels = "".join(
        text(
            bar.label,
            x=LEFT + slot * (number + 0.5),
            y=height - 6,
            font_size=8.5,
            text_anchor="middle",
            fill=INK,
            class_="chart-ink",
        )
        for number, bar in enumerate(bars)
        if number % every == 0
    )
    values = "".join(_value(bar, n, slot, (top_hours, height)) for n, bar in enumerate(bars))
    shown = values if len(bars) <= VALUES_MAX else ""
    return picture(WIDTH, height, title, description(bars), grid + shapes + shown + labels)


def description(bars: Sequence[Bar]) -> str:
    total = hours_text(sum(bar.seconds for bar in bars))
    if not bars or len(bars) > VALUES_MAX:
        highest = max(bars, key=lambda bar: bar.seconds, default=None)
        peak = f", most in {highest.label}: {hours_text(highest.seconds)}" if highest else ""
        return f"{total} hours in {len(bars)} bars{peak}."
    told = ", ".join(f"{bar.label} {hours_text(bar.seconds)}" for bar in bars)
    return f"{total} hours: {told}."


def hours_text(seconds: int) -> str:
    """Hours to one decimal, halves up; whole ones without."""
    tenths = (seconds * 10 + SECONDS_PER_HOUR // 2) // SECONDS_PER_HOUR
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _scale(seconds_max: int) -> tuple[float, float]:
    """The hours at the top and between two grid lines: round numbers, the highest bar just below."""
    hours = seconds_max / SECONDS_PER_HOUR or 1.0
    power = 10.0 ** (len(str(max(int(hours), 1))) - 2)
    steps = (power * factor for factor in STEPS)
    step = next(one for one in steps if one * GRID_LINES >= hours)
    lines = -(-hours // step)
    return step * lines, step


def _y(hours: float, top_hours: float, height: float) -> float:
    return TOP + (height - TOP - BOTTOM) * (1 - hours / top_hours)


def _grid_line(hours: float, top_hours: float, height: float) -> str:
    y = _y(hours, top_hours, height)
    line = element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke=GRID, class_="chart-grid")
    label = f"{hours:g} h"
    told = text(
        label, x=LEFT - 5, y=y + 3, font_size=8, text_anchor="end", fill=INK, class_="chart-ink"
    )
    return line + told


def _bar(bar: Bar, number: int, slot: float, scale: tuple[float, float]) -> str:
    x, width = LEFT + slot * (number + (1 - BAR_SHARE) / 2), slot * BAR_SHARE
    middle = _y(bar.billable_seconds / SECONDS_PER_HOUR, *scale)
    top = _y(bar.seconds / SECONDS_PER_HOUR, *scale)
    shapes = ""
    if bar.billable_seconds:
        height = _y(0, *scale) - middle
        shapes += element(
            "rect",
            x=x,
            y=middle,
            width=width,
            height=height,
            fill=BILLABLE,
            class_="chart-billable",
        )
    if bar.other_seconds:
        shapes += element(
            "rect",
            x=x,
            y=top,
            width=width,
            height=middle - top,
            fill=NOT_BILLABLE,
            class_="chart-other",
        )
    return shapes


def _value(bar: Bar, number: int, slot: float, scale: tuple[float, float]) -> str:
    if not bar.seconds:
        return ""
    return text(
        hours_text(bar.seconds),
        x=LEFT + slot * (number + 0.5),
        y=_y(bar.seconds / SECONDS_PER_HOUR, *scale) - 3,
        font_size=7.5,
        text_anchor="middle",
        fill=INK,
        class_="chart-ink",
    )
