"""Payloads of the Track API, each told once: read by this, and told to OpenAPI by the same table.

A payload is a tuple of fields. What a caller sent becomes `Given`: our name -> value, only keys that he sent; `None` where
he sent `null`. Unknown keys are passed over (track-api-v9.md, rule 16), twins of old are read as the newer key (rule 8).
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any, Protocol

from gnomon.model.entry import INSTANT_MAX, INSTANT_MIN
from gnomon.units.dates import day_number
from gnomon.units.money import RATE_CENTS_MAX
from gnomon.wire.body import INTEGER_MAX, INTEGER_MIN, parse_json
from gnomon.wire.errors import InvalidFormat, NotJson
from gnomon.wire.track_v9.errors import InvalidInput

Given = dict[str, Any]
TEXT_LENGTH_MAX = 10_000
LIST_LENGTH_MAX = 10_000
ACCOUNTS_ID_LENGTH = 22
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,12})?"
    r"([Zz]|[+-][0-9]{2}:?[0-9]{2})"
)


class Kind(Enum):
    """What a value is, with its JSON schema."""

    TEXT = {"type": "string"}  # noqa: RUF012
    INTEGER = {"type": "integer"}  # noqa: RUF012
    FLAG = {"type": "boolean"}  # noqa: RUF012
    MONEY = {"type": "number", "description": "in units of the currency, such as 60.5"}  # noqa: RUF012
    INSTANT = {"type": "string", "format": "date-time"}  # noqa: RUF012
    DAY = {"type": "string", "format": "date"}  # noqa: RUF012
    IDS = {"type": "array", "items": {"type": "integer"}}  # noqa: RUF012
    TEXTS = {"type": "array", "items": {"type": "string"}}  # noqa: RUF012
    OBJECTS = {"type": "array", "items": {"type": "object"}}  # noqa: RUF012
    ANY = {"description": "any JSON value"}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the wire, what kind of value it has, and our name for it; `twins` are other keys for the same."""

    key: str
    kind: Kind
    name: str = ""
    twins: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()

    @property
    def ours(self) -> str:
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class Payload:
    """An object with these fields. `bad_json`: what is said of a body that is none."""

    fields: tuple[Field, ...]
    bad_json: str = "JSON is not valid"
    may_be_empty: bool = False
    is_list: bool = False

    def read(self, raw: bytes) -> Any:
        """`Given`, or for a list of objects a list of them."""
        if self.may_be_empty and not raw.strip():
            return {}
        try:
            value = parse_json(raw)
        except NotJson:
            raise InvalidInput(self.bad_json) from None
        if self.may_be_empty and value is None:
            return {}
        if not self.is_list:
            return self.read_object(value)
        if not isinstance(value, list) or len(value) > LIST_LENGTH_MAX:
            raise InvalidInput(self.bad_json)
        return [self.read_object(item) for item in value]

    def read_object(self, value: object) -> Given:
        if not isinstance(value, dict):
            raise InvalidInput(self.bad_json)
        given: Given = {}
        for field in self.fields:
            for key in (field.key, *field.twins):
                if key in value and (value[key] is not None or field.ours not in given):
                    given[field.ours] = read_value(field, key, value[key])
                    if value[key] is not None:
                        break
        return given


@dataclass(frozen=True, slots=True)
class IdList:
    """A body that is a bare list of ids."""

    bad_json: str = "JSON is not valid"

    def read(self, raw: bytes) -> tuple[int, ...]:
        try:
            value = parse_json(raw)
            return _ids(value, "ids")
        except (NotJson, InvalidFormat):
            raise InvalidInput(self.bad_json) from None


class NoBody:
    """Whatever is sent is passed over."""

    def read(self, raw: bytes) -> Given:  # noqa: ARG002
        return {}


class Upload:
    """A form with a file in the field `file`; read by the web, which knows the form's boundary."""

    media_type = "multipart/form-data"

    def read(self, raw: bytes) -> bytes:
        return raw


class Readable(Protocol):
    """Whatever turns a body into what it says."""

    def read(self, raw: bytes, /) -> Any: ...


def read_value(field: Field, key: str, value: Any) -> Any:
    """Raises `InvalidFormat` for a value of another kind."""
    if value is None:
        return None
    found = _READERS[field.kind](value, key)
    if field.one_of and found not in field.one_of:
        raise InvalidFormat(key)
    return found


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX or "\0" in value:
        raise InvalidFormat(key)
    return value


def _integer(value: Any, key: str) -> int:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidFormat(key)
    if not INTEGER_MIN <= value <= INTEGER_MAX:
        raise InvalidFormat(key)
    return value


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidFormat(key)
    return value


def _money(value: Any, key: str) -> int:
    """Cents, halves up on the number as it was written."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidFormat(key)
    if not 0 <= value <= RATE_CENTS_MAX:
        raise InvalidFormat(key)
    cents = int((Decimal(str(value)) * 100).to_integral_value(ROUND_HALF_UP))
    if cents > RATE_CENTS_MAX:
        raise InvalidFormat(key)
    return cents


def instant_of(text: str) -> int | None:
    """Unix seconds, fractions cut (RFC 3339); None for what has no zone or is no instant."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    day, clock, zone = match.groups()
    zone = "+00:00" if zone in "Zz" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        seconds = int(datetime.fromisoformat(f"{day}T{clock}{zone}").timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds if INSTANT_MIN <= seconds <= INSTANT_MAX else None


def _instant(value: Any, key: str) -> int:
    found = instant_of(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidFormat(key)
    return found


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _day(value: Any, key: str) -> int:
    """A day number; of an instant the day as it was written."""
    found = day_of(value[:10]) if isinstance(value, str) else None
    if found is None or (len(value) > 10 and instant_of(value) is None):  # noqa: PLR2004
        raise InvalidFormat(key)
    return day_number(found)


def _ids(value: Any, key: str) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > LIST_LENGTH_MAX:
        raise InvalidFormat(key)
    return tuple(_integer(item, key) for item in value)


def _texts(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > LIST_LENGTH_MAX:
        raise InvalidFormat(key)
    return tuple(_text(item, key) for item in value)


def _objects(value: Any, key: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list) or len(value) > LIST_LENGTH_MAX:
        raise InvalidFormat(key)
    if not all(isinstance(item, dict) for item in value):
        raise InvalidFormat(key)
    return value


_READERS: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.FLAG: _flag,
    Kind.MONEY: _money,
    Kind.INSTANT: _instant,
    Kind.DAY: _day,
    Kind.IDS: _ids,
    Kind.TEXTS: _texts,
    Kind.OBJECTS: _objects,
    Kind.ANY: lambda value, _: value,
}


def utc_text(at: int, zone: str = "+00:00") -> str:
    """`2026-01-20T12:00:00+00:00`, or ending in `Z`."""
    return datetime.fromtimestamp(at, UTC).isoformat().removesuffix("+00:00") + zone


def micro_text(at: int) -> str:
    """As the vendor writes the stamps of people and organizations."""
    return f"{utc_text(at, '')}.000000Z"


def accounts_id(user_id: int) -> str:
    """22 characters that stay the same; nothing can be asked with them."""
    return hashlib.sha256(f"accounts {user_id}".encode()).hexdigest()[:ACCOUNTS_ID_LENGTH]
