"""Mails that schedules have made due: each is there until it is sent or given up, and one courier's at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from gnomon.model.saved_report import SavedReport, Schedule
from gnomon.store.saved_reports import find_reports
from gnomon.store.schema import deliveries, schedules

LEASE_SECONDS = 300  # a mail that was begun this long ago is begun again
PAUSE_SECONDS = (300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800)  # about a day in all
ATTEMPTS_MAX = len(PAUSE_SECONDS)


def make_due(
    connection: Connection, schedule: Schedule, user_ids: Iterable[int], next_at: int
) -> None:
    """The mails of a due schedule, and its next day, in one transaction; nothing when another server was quicker."""
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
        return
    here = {"workspace_id": schedule.workspace_id, "schedule_id": schedule.schedule_id}
    due = {**here, "due_at": schedule.next_at, "attempts": 0, "try_at": schedule.next_at}
    rows = [{**due, "user_id": user_id} for user_id in sorted(set(user_ids))]
    if rows:
        connection.execute(insert(deliveries), rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One mail to one person; `attempts` counts those that were begun, `try_at` is until when it is ours."""

    workspace_id: int
    schedule_id: int
    due_at: int
    user_id: int
    attempts: int
    try_at: int


_DELIVERY = [deliveries.c[field.name] for field in fields(Delivery)]


def has_deliveries(connection: Connection, now: int) -> bool:
    return (
        connection.scalar(select(deliveries.c.try_at).where(deliveries.c.try_at <= now).limit(1))
        is not None
    )


def begin_delivery(connection: Connection, now: int) -> Delivery | None:
    """The next mail, taken so that nobody else sends it while we do; tried again if we never come back, but not for ever."""
    question = select(*_DELIVERY).where(deliveries.c.try_at <= now).order_by(deliveries.c.try_at)
    for row in connection.execute(question.limit(100)).all():
        found = Delivery(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name for it
        if found.attempts >= ATTEMPTS_MAX:
            end_delivery(connection, found)
            continue
        begun = replace(found, attempts=found.attempts + 1, try_at=now + LEASE_SECONDS)
        if _moved(connection, found, begun):
            return begun
    return None


def take_again(connection: Connection, delivery: Delivery, now: int) -> bool:
    """For as long as handing over may take; False when it is ours no more."""
    return now < delivery.try_at and _moved(
        connection, delivery, replace(delivery, try_at=max(now + LEASE_SECONDS, delivery.try_at))
    )


def postpone_delivery(connection: Connection, delivery: Delivery, at: int) -> None:
    connection.execute(update(deliveries).where(_is(delivery)).values(try_at=at))


def end_delivery(connection: Connection, delivery: Delivery) -> None:
    """Sent, or given up; nobody asks for it again."""
    connection.execute(delete(deliveries).where(_is(delivery)))


def report_of_delivery(connection: Connection, delivery: Delivery) -> SavedReport | None:
    """None when the schedule or the report is gone."""
    report_id = connection.scalar(
        select(schedules.c.report_id).where(
            schedules.c.workspace_id == delivery.workspace_id,
            schedules.c.schedule_id == delivery.schedule_id,
            schedules.c.deleted_at.is_(None),
        )
    )
    found = (
        [] if report_id is None else find_reports(connection, delivery.workspace_id, [report_id])
    )
    return found[0] if found else None


def _moved(connection: Connection, old: Delivery, new: Delivery) -> bool:
    """False when somebody else was quicker."""
    moved = connection.execute(
        update(deliveries)
        .where(_is(old), deliveries.c.try_at == old.try_at, deliveries.c.attempts == old.attempts)
        .values(try_at=new.try_at, attempts=new.attempts)
    )
    return moved.rowcount == 1


def _is(delivery: Delivery) -> Any:
    return (
        (deliveries.c.workspace_id == delivery.workspace_id)
        & (deliveries.c.schedule_id == delivery.schedule_id)
        & (deliveries.c.due_at == delivery.due_at)
        & (deliveries.c.user_id == delivery.user_id)
    )
