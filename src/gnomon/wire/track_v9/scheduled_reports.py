"""Scheduled reports on the wire: payloads and `models.ScheduledReport` (reports-api-v3.md, 10.2, 10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gnomon.errors import BadQuery
from gnomon.model.saved_report import FREQUENCIES, Schedule
from gnomon.wire.errors import NotJson
from gnomon.wire.track_v9.saved_reports import ID_MAX, instant_text


class BookmarkHidden(BadQuery):
    """No such saved report, or not the asker's."""

    def __init__(self) -> None:
        super().__init__("Bookmark not found.")


class NotAllRecipients(BadQuery):
    def __init__(self) -> None:
        super().__init__("Unable to use all requested recipients.")


class NoRecipients(BadQuery):
    def __init__(self) -> None:
        super().__init__("No usable recipients found.")


class BadFrequency(BadQuery):
    def __init__(self) -> None:
        super().__init__(
            "Invalid scheduled report frequency. Must be one of: 1 (daily), 7 (weekly) or 30"
            " (monthly)."
        )


class NoMail(BadQuery):
    """Said when a schedule is made, not found out when nothing arrives."""

    def __init__(self) -> None:
        super().__init__("Scheduled reports need mail: GNOMON_SMTP_URL is not set.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchedule:
    """None: not given, or no id at all."""

    report_id: int | None
    frequency_days: int | None
    user_ids: tuple[int, ...]
    user_group_ids: tuple[int, ...]


def new_schedule(payload: Any) -> NewSchedule:
    if not isinstance(payload, dict):
        raise NotJson
    frequency = payload.get("frequency")
    is_known = isinstance(frequency, int) and not isinstance(frequency, bool)
    return NewSchedule(
        report_id=_id(payload.get("bookmark_id")),
        frequency_days=frequency if is_known and frequency in FREQUENCIES else None,
        user_ids=_ids(payload, "user_ids"),
        user_group_ids=_ids(payload, "group_ids"),
    )


def _ids(payload: Mapping[str, Any], key: str) -> tuple[int, ...]:
    """Each once; what is no id cannot be a recipient."""
    values = payload.get(key)
    if values is None:
        return ()
    ids = [_id(value) for value in values] if isinstance(values, list) else [None]
    if None in ids:
        raise NotAllRecipients
    return tuple(sorted({one for one in ids if one is not None}))


def _id(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 < value <= ID_MAX else None  # type: ignore[operator, return-value]


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    return {
        "report_id": schedule.schedule_id,
        "bookmark_id": schedule.report_id,
        "workspace_id": schedule.workspace_id,
        "creator_id": schedule.creator_id,
        "frequency": schedule.frequency_days,
        "user_ids": list(schedule.user_ids),
        "group_ids": list(schedule.user_group_ids),
        "created_at": instant_text(schedule.created_at),
        "deleted_at": instant_text(schedule.deleted_at),
    }
