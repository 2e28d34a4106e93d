"""A JSON body and its values, each taken out with the check its type asks for (D1)."""

import re
from datetime import date, time
from typing import Any, TypeVar

import msgspec

from gnomon.query.selection import IdsIn
from gnomon.wire.errors import (
    InvalidFormat,
    NotAllowed,
    NothingAsked,
    NotJson,
    TooManyIds,
)

DEPTH_MAX = 64
IDS_MAX = 10_000
TEXT_LENGTH_MAX = 3_000
INTEGER_MAX = 2**63 - 1
INTEGER_MIN = -(2**63)
ID_LENGTH_MAX = 19
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
V = TypeVar("V", bound=str | int)


def parse_body(raw: bytes) -> dict[str, Any]:
    """The object in the body; raises `NothingAsked` for none and `NotJson` for anything but an object (D1.2, D1.3)."""
    body = parse_optional_body(raw)
    if not body:
        raise NothingAsked
    return body


def parse_optional_body(raw: bytes) -> dict[str, Any]:
    """The same where nothing, `null` and `{}` may be asked, too (D1.2)."""
    body = parse_json(raw) if raw.strip() else None
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise NotJson
    return body


def parse_json(raw: bytes) -> Any:
    """Any JSON value; raises `NotJson` for what is none, and for what is nested too deep."""
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise NotJson from error
    may_be_deep = raw.count(b"[") + raw.count(b"{") > DEPTH_MAX
    if may_be_deep and _depth(value) > DEPTH_MAX:
        raise NotJson
    return value


def _depth(value: Any) -> int:
    """How deep objects and lists are nested; a plain value is 0."""
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, (dict, list))]:
        depth += 1
        level = [
            child for item in level for child in (item.values() if isinstance(item, dict) else item)
        ]
    return depth


def positive_id(text: str) -> int | None:
    """A positive 64-bit integer from a path or a query string; None for anything else (D1.5)."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= ID_LENGTH_MAX else 0
    return number if 0 < number <= INTEGER_MAX else None


class Body:
    """Reads known keys; `null` and a missing key are the same: not given (D1.4)."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def has(self, key: str) -> bool:
        return self._values.get(key) is not None

    def text(self, key: str) -> str | None:
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX:
            raise InvalidFormat(key)
        return value

    def integer(self, key: str) -> int | None:
        value = self._values.get(key)
        return None if value is None else _integer(value, key)

    def flag(self, key: str) -> bool | None:
        value = self._values.get(key)
        if value is not None and not isinstance(value, bool):
            raise InvalidFormat(key)
        return value

    def ids(self, key: str) -> IdsIn | None:
        """An id list; `null` inside means "has none", an empty list is no filter (D1.4, D4.1)."""
        value = self._values.get(key)
        if value is None or value == []:
            return None
        if not isinstance(value, list):
            raise InvalidFormat(key)
        if len(value) > IDS_MAX:
            raise TooManyIds(IDS_MAX)
        ids = frozenset(_integer(item, key) for item in value if item is not None)
        return IdsIn(ids, or_none=None in value)

    def part(self, key: str) -> "Body":
        """An object inside the body; an absent one is empty."""
        value = self._values.get(key)
        if value is None:
            return Body({})
        if not isinstance(value, dict):
            raise InvalidFormat(key)
        return Body(value)

    def one_of(self, key: str, allowed: tuple[V, ...]) -> V | None:
        """One of a closed list of texts or of integers (D1.5)."""
        value = self.text(key) if isinstance(allowed[0], str) else self.integer(key)
        if value is None:
            return None
        for choice in allowed:
            if choice == value:
                return choice
        raise NotAllowed(key, allowed)

    def day(self, key: str) -> date | None:
        """`YYYY-MM-DD` (D2.1)."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text) if _DATE.fullmatch(text) else _refuse(key)
        except ValueError as error:
            raise InvalidFormat(key) from error

    def time_of_day(self, *keys: str) -> int | None:
        """Seconds after midnight from `HH:MM` or `HH:MM:SS`; the first given of several spellings (D2.5)."""
        for key in keys:
            text = self.text(key)
            if text is None:
                continue
            try:
                clock = time.fromisoformat(text) if _TIME.fullmatch(text) else _refuse(key)
            except ValueError as error:
                raise InvalidFormat(key) from error
            return clock.hour * 3600 + clock.minute * 60 + clock.second
        return None


def _refuse(key: str) -> Any:
    raise InvalidFormat(key)


def _integer(value: object, key: str) -> int:
    """A JSON number without a fraction, inside 64 bits; `7.0` is 7 (D1.5)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not INTEGER_MIN <= value <= INTEGER_MAX
    ):
        raise InvalidFormat(key)
    return value
