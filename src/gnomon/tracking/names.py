"""Names that people give to things."""

from gnomon.tracking.refusals import BadChange


def clean_name(name: str, length_max: int, *, empty: str, long: str) -> str:
    """Without the space around it; `empty` and `long` are what is said of a name that cannot be, `{}` the limit."""
    name = name.strip()
    if not name:
        raise BadChange(empty)
    if len(name) > length_max:
        raise BadChange(long.format(length_max))
    return name
