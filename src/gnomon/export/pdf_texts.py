"""Texts of people on a page: nothing runs out of its cell or turns its neighbours round."""

import re
import unicodedata

ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
LETTERS_UNBROKEN_MAX = 28
_LONG = re.compile(rf"[!-~]{{{LETTERS_UNBROKEN_MAX}}}(?=[!-~])")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks that would turn what follows them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def page_text(text: str) -> str:
    """The same text to read; long words may be broken, and right-to-left writing stays within its cell."""
    told = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    told = _TURNS.sub("", told)
    told = _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", told)
    if told.isascii() or not any(
        unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in told
    ):
        return told
    return f"{ISOLATE}{told}{END_ISOLATE}"
