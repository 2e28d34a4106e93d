"""A donut: what share of the whole each part has."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from gnomon.charts.palette import GRID, INK, SERIES
from gnomon.charts.svg import element, picture, text

SIZE = 180.0
OUTER, INNER = 88.0, 54.0
MIDDLE = SIZE / 2
HALF = 0.5
WHOLE_ALMOST = (
    0.998  # the ends of an arc that is nearly whole would be one point, and nothing be drawn
)


@dataclass(frozen=True, slots=True)
class Slice:
    name: str
    seconds: int
    color: str


def color_of(number: int) -> str:
    return SERIES[number % len(SERIES)]


def donut_chart(slices: Sequence[Slice], title: str, center: str) -> str:
    """The chart as SVG, clockwise from the top; names stand in a legend beside it, and in the description."""
    whole = sum(one.seconds for one in slices)
    rings = [] if whole else [_whole_ring(GRID)]
    begun = 0
    for one in slices:
        if one.seconds:
            rings.append(_ring(one.color, begun / whole, (begun + one.seconds) / whole))
        begun += one.seconds
    told = text(
        center,
        x=MIDDLE,
        y=MIDDLE + 5.5,
        font_size=17,
        font_weight="600",
        text_anchor="middle",
        fill=INK,
        class_="chart-ink",
    )
    return picture(SIZE, SIZE, title, description(slices), "".join(rings) + told)


def description(slices: Sequence[Slice]) -> str:
    whole = sum(one.seconds for one in slices)
    return ", ".join(f"{one.name} {percent_text(one.seconds, whole)}" for one in slices) + "."


def percent_text(part: int, whole: int) -> str:
    """Percent to one decimal, halves up; nothing is 0% of nothing."""
    tenths = (part * 2_000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def _whole_ring(color: str) -> str:
    return element(
        "circle",
        cx=MIDDLE,
        cy=MIDDLE,
        r=(OUTER + INNER) / 2,
        fill="none",
        stroke=color,
        stroke_width=OUTER - INNER,
        class_="chart-slice",
    )


def _ring(color: str, begin: float, end: float) -> str:
    if end - begin > WHOLE_ALMOST:
        return _whole_ring(color)
    is_large = int(end - begin > HALF)
    (x1, y1), (x2, y2) = _point(OUTER, begin), _point(OUTER, end)
    (x3, y3), (x4, y4) = _point(INNER, end), _point(INNER, begin)
    path = (
        f"M{x1:.2f} {y1:.2f}A{OUTER:g} {OUTER:g} 0 {is_large} 1 {x2:.2f} {y2:.2f}"
        f"L{x3:.2f} {y3:.2f}A{INNER:g} {INNER:g} 0 {is_large} 0 {x4:.2f} {y4:.2f}Z"
    )
    return element(
        "path", d=path, fill=color, stroke="#ffffff", stroke_width=1.2, class_="chart-slice"
    )


def _point(radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * pi * turn - pi / 2
    return MIDDLE + radius * cos(angle), MIDDLE + radius * sin(angle)
