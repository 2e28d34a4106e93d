"""Schedules of the record, and the mails that they make due."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from gnomon.model.saved_report import Schedule
from gnomon.store.schema import deliveries, schedule_recipients, schedules

USER, GROUP = "user", "group"
LEASE_SECONDS = 300  # a mail that was begun this long ago is begun again
ATTEMPTS_MAX = 5


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


def make_due(
    connection: Connection, schedule: Schedule, user_ids: Iterable[int], next_at: int
) -> bool:
    """The mails of a due schedule, and its next day, in one transaction; False when another server was quicker."""
    moved = connection.execute(
        update(schedules)
        .where(
            schedules.c.workspace_id == schedule.workspace_id,
            schedules.c.schedule_id == schedule.schedule_id,
            schedules.c.next_at == schedule.next_at,
        )
        .values(next_at=next_at)
    )
    if moved.rowcount != 1:
        return False
    here = {"workspace_id": schedule.workspace_id, "schedule_id": schedule.schedule_id}
    due = {**here, "due_at": schedule.next_at, "attempts": 0, "try_at": schedule.next_at}
    rows = [{**due, "user_id": user_id} for user_id in sorted(set(user_ids))]
    if rows:
        connection.execute(insert(deliveries), rows)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One mail to one person; `attempts` counts those that were begun."""

    workspace_id: int
    schedule_id: int
    due_at: int
    user_id: int
    attempts: int
    try_at: int


def begin_delivery(connection: Connection, now: int) -> Delivery | None:
    """The next mail, taken so that nobody else sends it while we do; tried again later if we never come back."""
    question = select(
        deliveries.c.workspace_id,
        deliveries.c.schedule_id,
        deliveries.c.due_at,
        deliveries.c.user_id,
        deliveries.c.attempts,
        deliveries.c.try_at,
    ).where(deliveries.c.ended_at.is_(None), deliveries.c.try_at <= now)
    for row in connection.execute(question.order_by(deliveries.c.try_at).limit(100)).all():
        delivery = Delivery(**row._mapping)  # noqa: SLF001
        taken = connection.execute(
            update(deliveries)
            .where(_is(delivery), deliveries.c.try_at == delivery.try_at)
            .values(try_at=now + LEASE_SECONDS, attempts=delivery.attempts + 1)
        )
        if taken.rowcount == 1:
            return delivery
    return None


def end_delivery(connection: Connection, delivery: Delivery, at: int) -> None:
    """Sent, or given up."""
    connection.execute(update(deliveries).where(_is(delivery)).values(ended_at=at))


def _is(delivery: Delivery) -> Any:
    return (
        (deliveries.c.workspace_id == delivery.workspace_id)
        & (deliveries.c.schedule_id == delivery.schedule_id)
        & (deliveries.c.due_at == delivery.due_at)
        & (deliveries.c.user_id == delivery.user_id)
    )
