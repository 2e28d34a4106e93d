"""Rates and labour costs of the record."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.store.batches import in_batches
from gnomon.store.schema import rates
from gnomon.units.dates import day_number, day_of_number

IDS_PER_QUERY = 500


def add_rates(connection: Connection, workspace_id: int, new: Sequence[Rate]) -> None:
    """Insert rates; ids come from `new_ids`."""
    if new:
        connection.execute(insert(rates), [_row_of(workspace_id, rate) for rate in new])


def load_rates(connection: Connection, workspace_id: int) -> list[Rate]:
    """All rates by ascending id: of two of one level, keys and start day the later is in force."""
    rows = connection.execute(
        select(rates).where(rates.c.workspace_id == workspace_id).order_by(rates.c.rate_id)
    )
    return [
        Rate(
            rate_id=row.rate_id,
            kind=RateKind(row.kind),
            level=RateLevel(row.level),
            hourly_rate_cents=row.hourly_rate_cents,
            task_id=row.task_id,
            project_id=row.project_id,
            user_id=row.user_id,
            start_day=None if row.start_day is None else day_of_number(row.start_day),
            creator_id=row.creator_id,
            created_at=row.created_at,
        )
        for row in rows
    ]


def _row_of(workspace_id: int, rate: Rate) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "rate_id": rate.rate_id,
        "kind": str(rate.kind),
        "level": str(rate.level),
        "hourly_rate_cents": rate.hourly_rate_cents,
        "task_id": rate.task_id,
        "project_id": rate.project_id,
        "user_id": rate.user_id,
        "start_day": None if rate.start_day is None else day_number(rate.start_day),
        "creator_id": rate.creator_id,
        "created_at": rate.created_at,
    }


def remove_rates(connection: Connection, workspace_id: int, rate_ids: Sequence[int]) -> None:
    for batch in in_batches(rate_ids, IDS_PER_QUERY):
        connection.execute(
            delete(rates).where(rates.c.workspace_id == workspace_id, rates.c.rate_id.in_(batch))
        )
