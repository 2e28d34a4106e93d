"""Small texts that several pages share."""

from functools import cache
from zoneinfo import available_timezones

from gnomon.model.catalog import PROJECT_COLORS, is_color

INITIALS_MAX = 2


def known_color(text: str | None) -> str:
    """Also what is in the record is looked at again before it gets into markup (T11)."""
    return text if text and is_color(text) else PROJECT_COLORS[0]


def count_of(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `1,204 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """Of the first and the last word."""
    words = name.split()
    told = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in told)[:INITIALS_MAX].upper()


@cache
def zone_names() -> list[str]:
    """Places by continent, and UTC."""
    return [
        "UTC",
        *sorted(name for name in available_timezones() if "/" in name and name[:3] != "Etc"),
    ]


def short_clock(text: str) -> str:
    """`13:05` of `13:05:00`, `01:05 PM` of `01:05:00 PM`."""
    return text[:5] + text[8:]
