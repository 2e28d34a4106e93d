"""Single cells of a CSV export; each raises `BadData` with a sentence a person can act on."""

import re
from datetime import date, time

from gnomon.errors import BadData

YES_WORDS = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "ja",
        "oui",
        "si",
        "sí",
        "sì",
        "sim",
        "tak",
        "ano",
        "áno",
        "da",
        "да",
        "так",
        "はい",
        "是",
        "예",
        "네",
        "jah",
        "jā",
        "taip",
        "kyllä",
        "igen",
        "evet",
        "ναι",
        "כן",
        "نعم",
        "có",
        "ya",
        "hai",
    ]
)
NO_WORDS = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "nein",
        "non",
        "não",
        "nao",
        "nie",
        "ne",
        "нет",
        "ні",
        "いいえ",
        "否",
        "不",
        "아니요",
        "아니오",
        "nee",
        "nej",
        "nei",
        "ei",
        "nē",
        "nem",
        "hayır",
        "όχι",
        "לא",
        "لا",
        "không",
        "tidak",
        "nu",
    ]
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?")
_DURATIONS = (
    (re.compile(r"(\d{1,9}):([0-5]?\d):([0-5]?\d)", re.ASCII), (3600, 60, 1)),
    (re.compile(r"(\d{1,9}):([0-5]?\d)\s*min", re.ASCII), (60, 1)),
    (re.compile(r"(\d{1,9})\s*sec", re.ASCII), (1,)),
)
_DECIMAL_HOURS = re.compile(r"(\d{1,9})[.,](\d{1,6})(?:\s*h)?", re.ASCII)
_MONEY = (  # thousands by comma and cents by point, or the other way round
    re.compile(r"(-?)(\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.(\d{1,2}))?", re.ASCII),
    re.compile(r"(-?)(\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})(?:,(\d{1,2}))?", re.ASCII),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text_cell(text: str) -> str:
    """The text without the apostrophe that guards spreadsheets from formulas (R8)."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def date_cell(text: str) -> date:
    """`YYYY-MM-DD` only: 03/04/2024 means two different days in two countries."""
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadData(f"{_quoted(text)} is no date of the form YYYY-MM-DD.")
    return day


def clock_cell(text: str) -> time:
    """`HH:MM`, `HH:MM:SS`, with or without AM and PM."""
    match = _CLOCK.fullmatch(text)
    clock = None if match is None else _clock(match)
    if clock is None:
        raise BadData(f"{_quoted(text)} is no time of day.")
    return clock


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def duration_cell(text: str) -> int:
    """Seconds from `H:MM:SS`, `18:25 min`, `45 sec` or decimal hours."""
    for pattern, factors in _DURATIONS:
        match = pattern.fullmatch(text)
        if match is not None:
            return sum(
                int(part) * factor for part, factor in zip(match.groups(), factors, strict=True)
            )
    match = _DECIMAL_HOURS.fullmatch(text)
    if match is None:
        raise BadData(f"{_quoted(text)} is no duration.")
    scale: int = 10 ** len(match[2])
    return (int(match[1] + match[2]) * 3600 + scale // 2) // scale


def billable_cell(text: str) -> bool:
    """Yes or no in the languages in which the vendor writes it; nothing is no."""
    word = text.casefold()
    if word in YES_WORDS:
        return True
    if word in NO_WORDS or not word:
        return False
    raise BadData(f"{_quoted(text)} is neither a yes nor a no that is known here.")


def tags_cell(text: str) -> tuple[str, ...]:
    """Names joined by comma and space; each once, in the order of the file."""
    names = (text_cell(name.strip()) for name in text.split(", "))
    return tuple(dict.fromkeys(name for name in names if name))


def money_cell(text: str) -> int | None:
    """Cents from `1234.5`, `1,234.56` or `1.234,56`; None for an empty cell."""
    digits = text.replace(" ", "").replace("\u00a0", "").replace("'", "")
    if not digits:
        return None
    for pattern in _MONEY:
        match = pattern.fullmatch(digits)
        if match is not None:
            sign, whole, fraction = match.groups()
            return int(sign + re.sub(r"[.,]", "", whole) + (fraction or "").ljust(2, "0"))
    raise BadData(f"{_quoted(text)} is no amount.")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")
