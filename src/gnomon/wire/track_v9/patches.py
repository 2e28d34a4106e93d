"""Changes of many things at once: a list of `{op, path, value}` (RFC 6902, with the vendor's additions; rule 14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gnomon.tracking.many import Failure, Outcome
from gnomon.tracking.refusals import BadChange
from gnomon.wire.body import ID_LENGTH_MAX, positive_id
from gnomon.wire.errors import InvalidFormat
from gnomon.wire.track_v9.errors import InvalidInput
from gnomon.wire.track_v9.fields import Field, Given, Kind, Readable, day_of, read_value
from gnomon.wire.track_v9.payloads import (
    ENTRY_FIELDS,
    PATCHES,
    PROJECT_FIELDS,
    PROJECT_USER_FIELDS,
    TASK_FIELDS,
)

IDS_MAX = 100
PATCHES_MAX = 25
OPS = ("add", "remove", "replace")


class BadPatch(BadChange):
    """An operation that makes no sense for the thing."""

    def __init__(self) -> None:
        super().__init__("Invalid patch operation")


@dataclass(frozen=True, slots=True)
class PatchBody:
    """A list that is not empty; its operations are understood one by one, so that each can fail by itself."""

    fields: Readable = PATCHES

    def read(self, raw: bytes) -> list[Given]:
        patches: list[Given] = PATCHES.read(raw)
        if not patches or len(patches) > PATCHES_MAX:
            raise InvalidInput("JSON is not valid")
        return patches


@dataclass(frozen=True, slots=True)
class Patchable:
    """What of a thing can be changed by path, and what of it can be taken away, and becomes what then."""

    fields: tuple[Field, ...]
    removed: Mapping[str, Any]

    def field(self, path: object) -> Field:
        for field in self.fields:
            if path in {f"/{key}" for key in (field.key, *field.twins)}:
                return field
        raise BadPatch

    def given(self, patches: Iterable[Given]) -> list[Given]:
        """Each operation as what a change by itself would have been given; raises `BadPatch`."""
        return [self._one(patch) for patch in patches]

    def _one(self, patch: Given) -> Given:
        if patch.get("op") not in OPS:
            raise BadPatch
        field = self.field(patch.get("path"))
        value = patch.get("value")
        if field.kind in (Kind.TEXTS, Kind.IDS):
            return _of_set(field, patch["op"], value)
        if patch["op"] == "remove":
            if field.ours not in self.removed:
                raise BadPatch
            return {field.ours: self.removed[field.ours]}
        if (
            field.kind is Kind.INSTANT
            and isinstance(value, str)
            and len(value) == len("2026-01-01")
        ):
            return {field.ours: _bare_day(value, field.key)}
        if value is None and field.ours in self.removed:
            return {field.ours: self.removed[field.ours]}
        return {field.ours: read_value(field, field.key, value)}


def _of_set(field: Field, op: str, value: Any) -> Given:
    """Tags are added, taken away (without a value: all) or put in place of the old ones."""
    if value is None:
        if op == "add":
            raise BadPatch
        return {field.ours: ()}
    values = read_value(field, field.key, value)
    action = {"add": "add", "remove": "delete", "replace": None}[op]
    return {field.ours: values, "tag_action": action}


def _bare_day(value: str, key: str) -> Any:
    day = day_of(value)
    if day is None:
        raise InvalidFormat(key)
    return day


ENTRY_PATCHES = Patchable(
    tuple(one for one in ENTRY_FIELDS if one.key not in ("created_with", "tag_action")),
    {"description": "", "project_id": None, "task_id": None},
)
PROJECT_PATCHES = Patchable(
    PROJECT_FIELDS,
    {
        "client_id": None,
        "currency": None,
        "end_day": None,
        "estimated_seconds": None,
        "fixed_fee_cents": None,
        "rate": None,
        "external_reference": None,
    },
)
TASK_PATCHES = Patchable(
    TASK_FIELDS, {"estimated_seconds": None, "user_id": None, "external_reference": None}
)


def project_user_patches(patches: Sequence[Given]) -> list[Given]:
    """Here a bad operation refuses the whole request, each kind in its own words (track-api-v9.md, A.3)."""
    given = []
    for patch in patches:
        op, path, value = patch.get("op"), patch.get("path"), patch.get("value")
        if op not in OPS:
            raise BadChange("Invalid op: ")
        if not isinstance(path, str) or not path.startswith("/"):
            raise BadChange("Invalid path format: ")
        found = [one for one in PROJECT_USER_FIELDS if f"/{one.key}" == path]
        if not found or path.endswith("_mode"):
            raise BadChange("Path not found: ")
        if op != "replace":
            raise BadChange(f"Operation not supported ({op} {path})")
        given.append({found[0].ours: _amount_or_flag(found[0], path, value)})
    return given


def _amount_or_flag(field: Field, path: str, value: Any) -> Any:
    wanted = "a boolean" if path == "/manager" else "an float64 or null"
    if path == "/manager" and value is None:
        raise BadChange(f"{path} expects {wanted}")
    try:
        return read_value(field, path, value)
    except InvalidFormat:
        raise BadChange(f"{path} expects {wanted}") from None


def ids_of_path(text: str, refusal: str, too_many: str) -> tuple[int, ...]:
    """Ids separated by commas, each once, in the order given."""
    parts = text.split(",")
    if len(text) > (ID_LENGTH_MAX + 1) * IDS_MAX * 2 or len(parts) > IDS_MAX:
        raise BadChange(too_many)
    ids = [positive_id(part.strip()) for part in parts]
    if None in ids:
        raise BadChange(refusal)
    return tuple(dict.fromkeys(one for one in ids if one is not None))


def failed_for_all(ids: Sequence[int], error: Exception) -> Outcome:
    """The operations themselves make no sense."""
    return Outcome((), tuple(Failure(one, str(error)) for one in ids))


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "success": list(outcome.success),
        "failure": [{"id": one.thing_id, "message": one.message} for one in outcome.failure],
    }
