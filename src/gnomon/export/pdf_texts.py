"""Texts of people on a page: nothing runs out of its cell or turns its neighbours round."""

import re
import unicodedata
from collections.abc import Iterator

ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
BREAK, JOINER = "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}"
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
LETTERS_UNBROKEN_MAX = 16  # the widest letters then still fit into the narrowest column
SHORT_LENGTH_MAX = 80
FLAGS = range(0x1F1E6, 0x1F200)
_LONG = re.compile(rf"[^ \t\n\r\u200b]{{{LETTERS_UNBROKEN_MAX + 1},}}")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks that would turn what follows them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def page_text(text: str) -> str:
    """The same text to read; long words may be broken, and right-to-left writing stays within its cell."""
    told = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    told = _TURNS.sub("", told)
    told = _LONG.sub(lambda word: "".join(_breakable(word[0])), told)
    if told.isascii() or not any(
        unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in told
    ):
        return told
    return f"{ISOLATE}{told}{END_ISOLATE}"


def short_text(text: str) -> str:
    """For a place where there is one line only."""
    told = " ".join(text.split())
    is_long = len(told) > SHORT_LENGTH_MAX
    return page_text(f"{told[:SHORT_LENGTH_MAX]}\N{HORIZONTAL ELLIPSIS}" if is_long else told)


def _breakable(word: str) -> Iterator[str]:
    """Places to break that do not part a letter from its marks or a joined emoji."""
    unbroken = 0
    for place, letter in enumerate(word):
        if unbroken >= LETTERS_UNBROKEN_MAX and _begins_anew(letter, word[place - 1]):
            yield BREAK
            unbroken = 0
        yield letter
        unbroken += 1


def _begins_anew(letter: str, before: str) -> bool:
    category = unicodedata.category(letter)
    is_flag = ord(letter) in FLAGS
    return not (category.startswith("M") or category in {"Cf", "Sk"} or is_flag or before == JOINER)
