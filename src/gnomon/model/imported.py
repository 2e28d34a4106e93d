"""A row of somebody else's file, in our words but with names where the record has ids."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """`stopped_at` None: running. `amount_cents` None: the file names no single amount for the row.

    `fields`: which fields of a time entry the file has columns for; of the others it says nothing.
    """

    line: int
    user_name: str
    email: str
    client: str
    project: str
    task: str
    description: str
    is_billable: bool
    started_at: int
    stopped_at: int | None
    tags: tuple[str, ...]
    amount_cents: int | None = None
    currency: str | None = None
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line that could not be taken, and why."""

    line: int
    reason: str
