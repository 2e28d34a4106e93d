"""Names and descriptions that careless code trips over."""

from hypothesis import strategies as st

# Texts that careless code takes for one another; a world takes whole families.
FAMILIES = (
    ("", "Standup", " space around ", "0", "null"),
    ("Standup", "standup", "STANDUP"),
    ("Straße", "STRASSE", "strasse"),  # one text when casefolded, not in lower case
    ("\u0130stanbul", "i\u0307stanbul", "istanbul"),  # dotted capital I becomes two characters
    ("\u039f\u03b4\u03cc\u03c2", "\u039f\u0394\u038c\u03a3"),  # lower case depends on the place
    ("\ufb01le", "file", "FILE"),  # the ligature fi
    ("caf\u00e9", "cafe\u0301"),  # look the same and are not
    ("\U00010000 astral", "\uff21 wide", "\ufffd unknown"),  # the other way round in UTF-16
    ("100%", "100 percent", "snake_case", "snakeXcase"),
    ("=1+1", "@SUM(A1)", "<b>bold</b>&amp;", 'say "hi"', "it's; --"),
    ("back\\slash\\n", "tab\tand\r\nlines", "\x01\x1b[31m\x7f", "\u2028line separator"),
    ("\u05e9\u05dc\u05d5\u05dd", "\u202etxet thgir", "\U0001f468\u200d\U0001f4bb coder"),
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


@st.composite
def description_pools(draw: st.DrawFn) -> list[str]:
    """What the entries of a world are called: one or two families, and what nobody thought of."""
    families = draw(st.lists(st.sampled_from(FAMILIES), min_size=1, max_size=2))
    return [text for family in families for text in family] + draw(
        st.lists(st.text(CHARACTERS, max_size=6), max_size=1)
    )


def name(place: int) -> str:
    """The name at `place`, which may run over the end: things in a row are never namesakes."""
    return NAMES[place % len(NAMES)]
