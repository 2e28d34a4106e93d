"""Names and descriptions that careless code trips over."""

from hypothesis import strategies as st

DESCRIPTIONS = (
    "",
    "Standup",
    "standup",
    "STANDUP",
    "Straße",
    "STRASSE",  # casefolds like the one before
    "\u0130stanbul",  # dotted capital I: two characters when casefolded
    "i\u0307stanbul",
    "\u039f\u03b4\u03cc\u03c2",  # final sigma
    "\u039f\u0394\u038c\u03a3",
    "caf\u00e9",
    "cafe\u0301",  # looks the same and is not
    "\ufb01le",  # the ligature fi
    "=1+1",
    "@SUM(A1)",
    "<b>bold</b>&amp;",
    'say "hi"',
    "it's; --",
    "back\\slash\\n",
    "tab\tand\r\nlines",
    "\x01\x1b[31m\x7f",
    " space around ",
    "100%",
    "100 percent",
    "snake_case",
    "snakeXcase",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u202etxet thgir",
    "\u2028line separator",
    "\U0001f468\u200d\U0001f4bb coder",
    "\U00010000 astral",  # in UTF-16 before the next one, by code point after it
    "\uff21 wide",
    "\ufffd unknown",
    "null",
    "0",
)

NAMES = (
    "Apollo",
    "Zeus",
    "\u00c4rzte",
    "=cmd()",
    "<script>",
    'Ben "Q" O\'Neil',
    "a, b; c",
    "back\\slash",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f680",
    "\uff21",
    "\u0130",
    "wei\u00df",
    "50% off_",
    "line\nbreak",
    "\u202eevil",
    "No project",
    "(none)",
)

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def descriptions() -> st.SearchStrategy[str]:
    return st.sampled_from(DESCRIPTIONS) | st.text(CHARACTERS, max_size=6)


def name(position: int, seed: int) -> str:
    """The name at `position` among things of one kind: never the same twice in a world."""
    return NAMES[(position * 5 + seed) % len(NAMES)]
