"""The rows of the detailed report and their order (D8.8)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.oracle.lines import Line
from tests.oracle.money import cents
from tests.oracle.summary import Asked, names_by_id, put_together
from tests.worlds.world import World


@dataclass(frozen=True)
class Row:
    """Its entries, by start, then id; all of one user, project, task, text, price or none, tags."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def start(self) -> int:
        return self.first.entry.start

    @property
    def stop(self) -> int:
        return max(line.entry.stop or 0 for line in self.lines)

    @property
    def seconds(self) -> int:
        return sum(line.seconds for line in self.lines)

    @property
    def entry_ids(self) -> list[int]:
        return [line.entry.entry_id for line in self.lines]

    @property
    def tag_ids(self) -> list[int]:
        return sorted(set(self.first.entry.tag_ids))

    @property
    def amount_cents(self) -> int | None:
        """Rounded once (D6.2); none where nothing is billable or seen."""
        if self.first.price is None:
            return None
        return cents(sum(line.microcents for line in self.lines))

    @property
    def hourly_rate_cents(self) -> int | None:
        """None where the entries have several."""
        rates = {line.price.hourly_rate_cents for line in self.lines if line.price}
        return rates.pop() if len(rates) == 1 else None


def ordered_rows(world: World, asked: Asked, lines: list[Line]) -> list[Row]:
    """Sorting is stable, also downwards: equal rows stay by their least entry id."""
    together = put_together(lines, likeness if asked["grouped"] else entry_id)
    rows = [Row(sorted(alike, key=begin)) for alike in together.values()]
    by_ties = sorted(rows, key=lambda row: min(row.entry_ids))
    return sorted(by_ties, key=key_of(world, asked), reverse=asked["order_dir"] == "DESC")


def entry_id(line: Line) -> int:
    return line.entry.entry_id


def likeness(line: Line) -> tuple[Any, ...]:
    """What entries of one row have in common when grouped."""
    entry = line.entry
    tag_ids = frozenset(entry.tag_ids)
    whose = (entry.user_id, entry.project_id, entry.task_id)
    return *whose, entry.description, entry.is_billable, tag_ids


def begin(line: Line) -> tuple[int, int]:
    return line.entry.start, line.entry.entry_id


def key_of(world: World, asked: Asked) -> Callable[[Row], Any]:
    """Instants, not wall clocks; rounded seconds; texts by code points."""
    names = names_by_id(world, "users")
    keys: dict[str, Callable[[Row], Any]] = {
        "date": lambda row: row.start,
        "user": lambda row: names[row.first.entry.user_id],
        "duration": lambda row: row.seconds,
        "description": lambda row: row.first.entry.description,
        "last_update": lambda row: max(line.entry.updated_at for line in row.lines),
    }
    return keys[asked["order_by"]]
