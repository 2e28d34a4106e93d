"""Which entries a report is about (D2, D4)."""

from dataclasses import dataclass

from gnomon.units.dates import SECONDS_PER_DAY, DayRange


@dataclass(frozen=True, slots=True)
class IdsIn:
    """Any of these ids, or, with `or_none`, no value at all (D4.1)."""

    ids: frozenset[int]
    or_none: bool = False

    def __repr__(self) -> str:
        """In order, so that the same question is written the same everywhere."""
        return f"IdsIn({sorted(self.ids)}, or_none={self.or_none})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """All clauses must hold; None is "no such clause" (D4).

    `first_second` and `end_second` narrow the first and the last day by local time of day, the end excluded (D2.5).
    `user_ids` and `user_group_ids` together name people: their union (D4.3).
    `description` is the text to find, to be taken literally and case-folded (D4.4).
    Durations are unrounded seconds, both bounds included (D4.5).
    `within`: the entries must be in that selection, too (D10.5).
    """

    days: DayRange
    first_second: int = 0
    end_second: int = SECONDS_PER_DAY
    user_ids: IdsIn | None = None
    user_group_ids: IdsIn | None = None
    client_ids: IdsIn | None = None
    project_ids: IdsIn | None = None
    task_ids: IdsIn | None = None
    tag_ids: IdsIn | None = None
    entry_ids: IdsIn | None = None
    description: str = ""
    is_billable: bool | None = None
    duration_seconds_min: int | None = None
    duration_seconds_max: int | None = None
    within: "Selection | None" = None
