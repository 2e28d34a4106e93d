"""Saved reports on the wire: payloads, lists and `models.SavedReport` (reports-api-v3.md, 10.2, 10.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from gnomon.model.saved_report import ReportType, SavedReport, Schedule
from gnomon.wire.body import positive_id
from gnomon.wire.errors import InvalidFormat, NotJson, TooManyIds
from gnomon.wire.track_v9.errors import (
    BadJsonStop,
    Blank,
    InvalidParameter,
    NoReportType,
    OneOfManyFailed,
)

NAME_LENGTH_MAX = 3_000
PASSWORD_LENGTH_MAX = 1_000
PARAMS_LENGTH_MAX = 256 * 1024  # room for id lists of 10,000
MANY_MAX = 1_000
ID_MAX = 2**63 - 1
PER_PAGE, PER_PAGE_MAX = 50, 200
REPORT_TYPES = tuple(ReportType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a payload gives; None is not given. An empty password or 0 as expiry takes it away.

    `password_hash` is added by who hashes the password.
    """

    name: str | None = None
    has_fixed_days: bool | None = None
    is_public: bool | None = None
    params: str | None = None
    regenerates_token: bool = False
    expires_at: int | None = None
    password: str | None = None
    password_hash: str | None = None


def new_report(payload: Mapping[str, Any]) -> Changes:
    """Everything must be given; raises in the vendor's order."""
    if not _has_name(payload.get("name")):
        raise Blank("name field")
    for key in ("fixed_daterange", "public"):
        if not isinstance(payload.get(key), bool):
            raise Blank(key)
    if not _has_type(payload.get("params")):
        raise NoReportType(is_new=True)
    if payload.get("password") == "":  # who wants none does not send any
        raise InvalidFormat("password")
    return _changes(payload)


def changed_report(payload: Mapping[str, Any]) -> Changes:
    """What is not given stays as it is."""
    if payload.get("name") is not None and not _has_name(payload["name"]):
        raise Blank("name field")
    for key in ("fixed_daterange", "public"):
        if payload.get(key) is not None and not isinstance(payload[key], bool):
            raise Blank(key)
    if payload.get("params") is not None and not _has_type(payload["params"]):
        raise NoReportType(is_new=False)
    return _changes(payload)


def _changes(payload: Mapping[str, Any]) -> Changes:
    name, params = payload.get("name"), payload.get("params")
    written = None if params is None else msgspec.json.encode(params).decode()
    if written is not None and len(written) > PARAMS_LENGTH_MAX:
        raise InvalidFormat("params")
    return Changes(
        name=None if name is None else name.strip(),
        has_fixed_days=payload.get("fixed_daterange"),
        is_public=payload.get("public"),
        params=written,
        regenerates_token=payload.get("regenerate_token") is True,
        expires_at=_expiry(payload),
        password=_password(payload),
    )


def _has_name(name: object) -> bool:
    return (
        isinstance(name, str)
        and bool(name.strip())
        and len(name) <= NAME_LENGTH_MAX
        and "\0" not in name
    )


def _has_type(params: object) -> bool:
    return isinstance(params, dict) and params.get("report_type") in REPORT_TYPES


def _expiry(payload: Mapping[str, Any]) -> int | None:
    """Beyond the vendor (D10.7): an instant as in RFC 3339; null takes it away."""
    if "expires_at" not in payload:
        return None
    text = payload["expires_at"]
    if text is None:
        return 0
    try:
        moment = datetime.fromisoformat(str(text)).astimezone(UTC)  # some can be read, but not told
    except (ValueError, OverflowError) as error:
        raise InvalidFormat("expires_at") from error
    if not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is None:
        raise InvalidFormat("expires_at")
    return max(int(moment.timestamp()), 1)


def _password(payload: Mapping[str, Any]) -> str | None:
    """Beyond the vendor (D10.7); null and nothing take it away."""
    if "password" not in payload:
        return None
    password = payload["password"]
    if password is None:
        return ""
    if not isinstance(password, str) or len(password) > PASSWORD_LENGTH_MAX:
        raise InvalidFormat("password")
    return password


def payloads_with_ids(values: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """The body that changes many."""
    if not isinstance(values, list):
        raise NotJson
    if len(values) > MANY_MAX:
        raise TooManyIds(MANY_MAX)
    told: list[tuple[int, Mapping[str, Any]]] = []
    for value in values:
        if not isinstance(value, dict) or not _is_id(value.get("id")):
            raise NotJson
        if "password" in value:  # each takes its time to be hashed
            raise OneOfManyFailed(value["id"], "a password is set one report at a time")
        told.append((value["id"], value))
    return told


def ids_to_delete(values: Any) -> list[int]:
    ids = values.get("ids") if isinstance(values, dict) else None
    if not isinstance(ids, list) or not all(_is_id(one) for one in ids):
        raise BadJsonStop
    if len(ids) > MANY_MAX:
        raise TooManyIds(MANY_MAX)
    return ids


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= ID_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The query string of a list."""

    name: str = ""
    is_public: bool | None = None
    has_fixed_days: bool | None = None
    is_scheduled: bool | None = None
    owner_id: int | None = None
    sort_field: str = "name"
    is_descending: bool = False
    page: int = 1
    per_page: int = PER_PAGE

    def shown(self, reports: Iterable[SavedReport], scheduled_ids: set[int]) -> list[SavedReport]:
        """Those of the page, in order; ties by id."""
        kept = [one for one in reports if self._wants(one, one.report_id in scheduled_ids)]
        kept.sort(key=lambda one: one.report_id)
        kept.sort(key=SORT_KEYS[self.sort_field], reverse=self.is_descending)
        first = (self.page - 1) * self.per_page
        return kept[first : first + self.per_page]

    def _wants(self, report: SavedReport, is_scheduled: bool) -> bool:  # noqa: FBT001
        asked = (
            (self.is_public, report.is_public),
            (self.has_fixed_days, report.has_fixed_days),
            (self.is_scheduled, is_scheduled),
            (self.owner_id, report.owner_id),
        )
        return self.name.casefold() in report.name.casefold() and all(
            wanted is None or wanted == has for wanted, has in asked
        )


SORT_KEYS = {
    "name": lambda report: report.name.casefold(),
    "updated_at": lambda report: report.updated_at,
    "id": lambda report: report.report_id,
    "public": lambda report: report.is_public,
}
FLAGS = {"true": True, "false": False}


def listing(query: Mapping[str, str]) -> Listing:
    """Raises `InvalidParameter`."""

    def one_of(name: str, values: Mapping[str, Any], usual: Any) -> Any:
        if name not in query:
            return usual
        if query[name] not in values:
            raise InvalidParameter(name)
        return values[query[name]]

    def number(name: str, usual: int | None, most: int = ID_MAX) -> int | None:
        if name not in query:
            return usual
        told = positive_id(query[name])
        if told is None or told > most:
            raise InvalidParameter(name)
        return told

    direction = query.get("sort_direction", "ASC").upper()
    if direction not in {"ASC", "DESC"}:
        raise InvalidParameter("sort_direction")
    return Listing(
        name=query.get("name", ""),
        is_public=one_of("public", FLAGS, None),
        has_fixed_days=one_of("fixed_dates", FLAGS, None),
        is_scheduled=one_of("scheduled", FLAGS, None),
        owner_id=number("requestingUserID", None),
        sort_field=one_of("sort_field", {name: name for name in SORT_KEYS}, "name"),
        is_descending=direction == "DESC",
        page=number("page", 1) or 1,
        per_page=number("per_page", PER_PAGE, PER_PAGE_MAX) or PER_PAGE,
    )


def report_json(report: SavedReport, token: str | None, schedules: Iterable[Schedule]) -> Any:
    """`models.SavedReport`, and what this house adds. A token that another key sealed is null."""
    mine = [one for one in schedules if one.report_id == report.report_id]
    return {
        "id": report.report_id,
        "token": token,
        "name": report.name,
        "public": report.is_public,
        "fixed_daterange": report.has_fixed_days,
        "params": msgspec.Raw(report.params.encode()),
        "uid": report.owner_id,
        "updated_at": instant_text(report.updated_at),
        "updated_by": report.updated_by,
        "deleted_at": instant_text(report.deleted_at),
        "scheduled_email_uids": sorted({user_id for one in mine for user_id in one.user_ids}),
        "scheduled_email_gids": sorted(
            {group_id for one in mine for group_id in one.user_group_ids}
        ),
        "is_commenting_enabled": False,
        "isNAResource": False,
        "expires_at": instant_text(report.expires_at),
        "has_password": report.password_hash is not None,
    }


def instant_text(instant: int | None) -> str | None:
    """`2026-11-22T10:00:00+00:00`."""
    return None if instant is None else datetime.fromtimestamp(instant, UTC).isoformat()
