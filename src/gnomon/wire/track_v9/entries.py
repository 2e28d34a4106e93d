"""Time entries on the wire (track-api-v9.md, rules 5, 6, 8, 9 and 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gnomon.model.account import Account
from gnomon.model.catalog import Client, Project, Tag, Task
from gnomon.model.entry import TimeEntry
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import day_of_number
from gnomon.wire.errors import InvalidFormat
from gnomon.wire.track_v9.fields import Field, Given, Kind, Payload, day_of, instant_of, utc_text
from gnomon.wire.track_v9.payloads import ENTRY_FIELDS

_AS_TEXT = tuple(Field(key, Kind.TEXT, f"{key}_text") for key in ("start", "stop"))
_PLAIN = tuple(one for one in ENTRY_FIELDS if one.key not in ("start", "stop"))
_ENTRY = Payload((*_AS_TEXT, Field("start_date", Kind.DAY), *_PLAIN))


@dataclass(frozen=True, slots=True)
class EntryPayload:
    """`timeentry.Payload`; `start_date` takes the place of the date in `start`."""

    is_new: bool = False
    fields: tuple[Field, ...] = (*ENTRY_FIELDS, Field("start_date", Kind.DAY))

    def read(self, raw: bytes) -> Given:
        given: Given = _ENTRY.read(raw)
        if self.is_new and not (given.get("created_with") or "").strip():
            raise BadChange("created_with needs to be provided")
        day = given.pop("start_date", None)
        start = given.pop("start_text", None)
        if start is not None and day is not None and day_of(start[:10]) is not None:
            start = f"{day_of_number(day)}{start[10:]}"
        for key, text in (("start", start), ("stop", given.pop("stop_text", None))):
            if text is None:
                continue
            given[key] = instant_of(text)
            if given[key] is None:
                raise InvalidFormat(key)
            if "." in text:  # what is cut off may be in the duration that a client worked out
                given["has_fractions"] = True
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the things that entries point to are called; whole, or of few things only."""

    tags: Mapping[int, Tag]
    projects: Mapping[int, Project] = field(default_factory=dict)
    clients: Mapping[int, Client] = field(default_factory=dict)
    tasks: Mapping[int, Task] = field(default_factory=dict)


def entry_json(
    workspace_id: int, entry: TimeEntry, names: Names, zone: str = "+00:00"
) -> dict[str, Any]:
    """`zone`: as what UTC is written, `Z` behind a write and `+00:00` behind a look."""
    stop = entry.stopped_at
    told: dict[str, Any] = {
        "id": entry.entry_id,
        "workspace_id": workspace_id,
        "project_id": entry.project_id,
        "task_id": entry.task_id,
        "billable": entry.is_billable,
        "start": utc_text(entry.started_at, zone),
        "stop": None if stop is None else utc_text(stop, zone),
        "duration": -entry.started_at if stop is None else stop - entry.started_at,
        "description": entry.description or None,
        "tags": [names.tags[one].name for one in entry.tag_ids if one in names.tags],
        "tag_ids": [one for one in entry.tag_ids if one in names.tags],
        "duronly": True,
        "at": utc_text(entry.updated_at),
        "server_deleted_at": None if entry.deleted_at is None else utc_text(entry.deleted_at),
        "user_id": entry.user_id,
        "uid": entry.user_id,
        "wid": workspace_id,
    }
    if entry.project_id is not None:
        told["pid"] = entry.project_id
    if entry.task_id is not None:
        told["tid"] = entry.task_id
    told["permissions"] = None
    return told


def new_entry_json(
    workspace_id: int, entry: TimeEntry, names: Names, given: Given
) -> dict[str, Any]:
    """As the vendor answers a POST: what was not given is told as not given."""
    told = entry_json(workspace_id, entry, names, "Z")
    if given.get("tags") is None and given.get("tag_ids") is None:
        told["tags"] = told["tag_ids"] = None
    duration = given.get("duration")
    if given.get("stop") is None and (duration is None or duration < 0):
        told |= {"stop": None, "duration": duration or 0}
    return told


def with_meta(
    told: dict[str, Any], names: Names, owner: tuple[Account, str], *, is_single: bool
) -> dict[str, Any]:
    """With the names of what it points to; a single one loses the twins of old (rule 9).

    `owner`: whose it is, and the address of his picture.
    """
    if is_single:
        told = {
            key: value for key, value in told.items() if key not in ("uid", "wid", "pid", "tid")
        }
    permissions = told.pop("permissions")
    project = names.projects.get(told["project_id"] or 0)
    if project is not None:
        client = names.clients.get(project.client_id or 0)
        if client is not None:
            told["client_name"] = client.name
        told |= {
            "project_name": project.name,
            "project_color": project.color,
            "project_active": project.is_active,
            "project_billable": project.is_billable,
        }
    task = names.tasks.get(told["task_id"] or 0)
    if task is not None:
        told["task_name"] = task.name
    account, picture = owner
    told |= {"user_name": account.name, "user_avatar_url": picture}
    if project is not None and project.client_id is not None:
        told["client_id"] = project.client_id
    told["permissions"] = permissions
    return told
