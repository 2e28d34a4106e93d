"""Charts: shapes in proportion, words for who cannot see them, text that stays text."""

import re
from xml.etree import ElementTree as ET

import pytest

from gnomon.charts.bars import Bar, bar_chart, hours_text
from gnomon.charts.donut import Slice, donut_chart, percent_text

SVG = "{http://www.w3.org/2000/svg}"
HOUR = 3_600


def rects(chart: str) -> list[ET.Element]:
    return list(ET.fromstring(chart).iter(f"{SVG}rect"))  # noqa: S314  # our own


def told(chart: str) -> str:
    root = ET.fromstring(chart)  # noqa: S314
    return " ".join(filter(None, (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc"))))


def test_bars_are_as_high_as_their_hours() -> None:
    chart = bar_chart([Bar("Mon", 4 * HOUR, 0), Bar("Tue", 2 * HOUR, 6 * HOUR)], "Hours per day")
    heights = [float(rect.get("height", "0")) for rect in rects(chart)]
    assert heights[0] == pytest.approx(2 * heights[1], rel=0.01)
    assert heights[2] == pytest.approx(3 * heights[1], rel=0.01)
    assert told(chart) == "Hours per day 12 hours: Mon 4, Tue 8."


@pytest.mark.parametrize("seconds", [0, 1, 59, HOUR, 10 * HOUR, 9_999 * HOUR, 10**9])
def test_the_highest_bar_fits_below_the_top(seconds: int) -> None:
    chart = bar_chart([Bar("a", seconds, 0)], "t")
    lines = re.findall(r">([\d.e+]+) h<", chart)
    assert float(lines[-1]) * HOUR >= seconds
    assert 2 <= len(lines) <= 7
    for rect in rects(chart):
        assert float(rect.get("y", "0")) >= 15.9


def test_no_bars_and_ten_thousand_bars() -> None:
    assert rects(bar_chart([], "t")) == []
    chart = bar_chart([Bar(f"d{number}", HOUR, HOUR) for number in range(10_000)], "t")
    assert len(rects(chart)) == 20_000
    assert chart.count("<text") < 40
    assert "20000 hours in 10000 bars, most in d0: 2." in told(chart)


def test_slices_fill_the_ring() -> None:
    slices = [Slice("A", 3, "#111111"), Slice("B", 1, "#222222"), Slice("none", 0, "#333333")]
    chart = donut_chart(slices, "Share", "4 s")
    assert chart.count("<path") == 2
    assert told(chart) == "Share A 75.0%, B 25.0%, none 0.0%."
    almost = [Slice("most", 99_990, "#111111"), Slice("few", 10, "#222222")]
    for whole in ([Slice("all", 5, "#111111")], [], almost):
        ring = next(ET.fromstring(donut_chart(whole, "t", "")).iter(f"{SVG}circle"))  # noqa: S314
        assert ring.get("fill") == "none"  # a hole in the middle


def test_names_are_text() -> None:
    evil = "</desc><script>alert(1)</script>\x00\x0b\ufffe\ud800"
    chart = donut_chart([Slice(evil, 1, '"/><script>')], evil, evil)
    root = ET.fromstring(chart)  # noqa: S314
    assert not list(root.iter(f"{SVG}script"))
    assert "</desc><script>alert(1)</script>" in told(chart)


def test_numbers_are_rounded_half_up() -> None:
    assert [hours_text(seconds) for seconds in (0, 180, 179, 5_400, 36_000)] == [
        "0", "0.1", "0", "1.5", "10",
    ]  # fmt: skip
    assert [percent_text(part, 2_000) for part in (0, 1, 2_000, 999)] == [
        "0.0%", "0.1%", "100.0%", "50.0%",
    ]  # fmt: skip
    assert percent_text(0, 0) == "0.0%"
