"""Texts of people on a page: nothing runs out of its cell or turns its neighbours round."""

import re
import unicodedata

ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI"})
LETTERS_UNBROKEN_MAX = 28
_LONG = re.compile(rf"[!-~]{{{LETTERS_UNBROKEN_MAX}}}(?=[!-~])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def page_text(text: str) -> str:
    """The same text to read; long words may be broken, and right-to-left writing stays within its cell."""
    told = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    told = _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", told)
    if told.isascii() or not any(unicodedata.bidirectional(letter) in TURNING for letter in told):
        return told
    return f"{ISOLATE}{told}{END_ISOLATE}"
