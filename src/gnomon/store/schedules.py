"""Schedules of the record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from gnomon.model.saved_report import Schedule
from gnomon.store.schema import schedule_recipients, schedules

USER, GROUP = "user", "group"


def add_schedule(connection: Connection, schedule: Schedule) -> None:
    connection.execute(
        insert(schedules).values(
            workspace_id=schedule.workspace_id,
            schedule_id=schedule.schedule_id,
            report_id=schedule.report_id,
            creator_id=schedule.creator_id,
            frequency_days=schedule.frequency_days,
            created_at=schedule.created_at,
            next_at=schedule.next_at,
        )
    )
    here = {"workspace_id": schedule.workspace_id, "schedule_id": schedule.schedule_id}
    rows = [
        *({**here, "kind": USER, "recipient_id": one} for one in schedule.user_ids),
        *({**here, "kind": GROUP, "recipient_id": one} for one in schedule.user_group_ids),
    ]
    connection.execute(insert(schedule_recipients), rows)


def end_schedules(connection: Connection, ended: Iterable[Schedule], at: int) -> None:
    """They make no mail due any more; what is due already is dropped when its turn comes."""
    for one in ended:
        connection.execute(
            update(schedules)
            .where(
                schedules.c.workspace_id == one.workspace_id,
                schedules.c.schedule_id == one.schedule_id,
            )
            .values(deleted_at=at)
        )


def load_schedules(connection: Connection, workspace_id: int) -> list[Schedule]:
    """Those that are not deleted, by ascending id."""
    here = schedules.c.workspace_id == workspace_id
    return _schedules(connection, here)


def due_schedules(connection: Connection, now: int) -> list[Schedule]:
    """Of all workspaces."""
    return _schedules(connection, schedules.c.next_at <= now)


def _schedules(connection: Connection, wanted: Any) -> list[Schedule]:
    question = select(schedules).where(wanted, schedules.c.deleted_at.is_(None))
    rows = connection.execute(question.order_by(schedules.c.schedule_id)).all()
    recipients = _recipients(connection, {row.workspace_id for row in rows})
    return [
        Schedule(
            **row._mapping,  # noqa: SLF001  # SQLAlchemy's public name for it
            user_ids=recipients[row.workspace_id, row.schedule_id, USER],
            user_group_ids=recipients[row.workspace_id, row.schedule_id, GROUP],
        )
        for row in rows
    ]


def _recipients(
    connection: Connection, workspace_ids: set[int]
) -> defaultdict[tuple[int, int, str], tuple[int, ...]]:
    """Ascending ids by workspace, schedule and kind."""
    told: defaultdict[tuple[int, int, str], tuple[int, ...]] = defaultdict(tuple)
    question = select(schedule_recipients).order_by(schedule_recipients.c.recipient_id)
    for workspace_id in sorted(workspace_ids):
        here = question.where(schedule_recipients.c.workspace_id == workspace_id)
        for row in connection.execute(here):
            told[workspace_id, row.schedule_id, row.kind] += (row.recipient_id,)
    return told
