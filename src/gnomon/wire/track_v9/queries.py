"""Query strings of the Track API: clients spell the same thing in several ways, and what cannot be meant is refused."""

from starlette.datastructures import QueryParams

from gnomon.tracking.refusals import BadChange
from gnomon.wire.body import INTEGER_MAX, positive_id

TRUE, FALSE = ("true", "1"), ("false", "0")
IDS_MAX = 10_000
INTEGER_LENGTH_MAX = 19


def flag(query: QueryParams, name: str) -> bool:
    """False where it is not given."""
    return bool(maybe_flag(query, name))


def maybe_flag(query: QueryParams, name: str) -> bool | None:
    text = query.get(name, "").lower()
    if not text:
        return None
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise BadChange(f"Invalid {name}")


def integer(query: QueryParams, name: str, least: int = 0, most: int = INTEGER_MAX) -> int | None:
    """None where it is not given."""
    text = query.get(name)
    if text is None or text == "":
        return None
    number = (
        int(text) if text.isascii() and text.isdigit() and len(text) <= INTEGER_LENGTH_MAX else -1
    )
    if not least <= number <= most:
        raise BadChange(f"Invalid {name}")
    return number


def ids(query: QueryParams, name: str) -> frozenset[int] | None:
    """Separated by commas or given several times; None where it is not given."""
    texts = [
        part.strip() for text in query.getlist(name) for part in text.split(",") if part.strip()
    ]
    if not texts:
        return None
    if len(texts) > IDS_MAX:
        raise BadChange(f"Invalid {name}")
    found = [positive_id(text) for text in texts]
    if None in found:
        raise BadChange(f"Invalid {name}")
    return frozenset(one for one in found if one is not None)


def choice(query: QueryParams, name: str, allowed: tuple[str, ...], default: str) -> str:
    text = query.get(name, "").lower() or default
    if text not in allowed:
        raise BadChange(f"Invalid {name}")
    return text


def contains(text: str, wanted: str | None) -> bool:
    """Whatever the case; nothing wanted is in everything."""
    return not wanted or wanted.casefold() in text.casefold()
