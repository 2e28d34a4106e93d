"""The filters of a report in words, as far as the viewer may know the names in them (D8.7, D4.7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.query.queries import SummaryQuery
from gnomon.query.selection import IdsIn, Selection
from gnomon.reports.known import KnownNames, known_names
from gnomon.units.dates import SECONDS_PER_DAY
from gnomon.units.durations import Rounding, RoundingMode, clock_text

NAMES_MAX = 5
ID_FILTERS = {  # of a selection: how it is called, where its names are known, and what stands for none
    "user_ids": ("People", "users", "nobody"),
    "user_group_ids": ("Groups", "user_groups", "in no group"),
    "client_ids": ("Clients", "clients", "without client"),
    "project_ids": ("Projects", "projects", "without project"),
    "task_ids": ("Tasks", "tasks", "without task"),
    "tag_ids": ("Tags", "tags", "without tags"),
}
DIRECTIONS = {
    RoundingMode.DOWN: "down",
    RoundingMode.NEAREST: "to the nearest",
    RoundingMode.UP: "up",
}


@dataclass(frozen=True, slots=True)
class Word:
    """`Clients`: `Acme, Beta`."""

    label: str
    text: str


def filters_in_words(query: SummaryQuery, table: EntryTable, sight: Sight) -> list[Word]:
    """Empty where nothing narrows the report; ids that the viewer may not know are only counted."""
    names = known_names(table, sight)
    return [*_selection_words(query.selection, names), *_rounding(query.rounding)]


def _selection_words(selection: Selection, names: KnownNames) -> Iterator[Word]:
    """A stranger who narrows a saved report is told no name that the report's own filters do not name: he could try
    every number.
    """
    stored = selection.within
    if stored is not None:
        yield from _selection_words(stored, names)
    for key, (label, known, without) in ID_FILTERS.items():
        wanted: IdsIn | None = getattr(selection, key)
        if wanted is None:
            continue
        told: Mapping[int, str] = getattr(names, known)
        if stored is not None:
            named: IdsIn | None = getattr(stored, key)
            told = {one: told[one] for one in told if named is not None and one in named.ids}
        yield Word(label, _listed(wanted, told, without))
    yield from _plain_filters(selection)


def _listed(wanted: IdsIn, names: Mapping[int, str], without: str) -> str:
    known = sorted(names[one] for one in wanted.ids if one in names)
    told = [*([without] if wanted.or_none else []), *known[:NAMES_MAX]]
    rest = len(wanted.ids) - len(known[:NAMES_MAX])
    return " and ".join([*([", ".join(told)] if told else []), *([f"{rest} more"] if rest else [])])


def _plain_filters(selection: Selection) -> Iterator[Word]:
    if selection.description:
        yield Word("Description", f"“{selection.description}”")
    if selection.is_billable is not None:
        yield Word("Billable", "yes" if selection.is_billable else "no")
    if selection.entry_ids is not None:
        yield Word("Entries", f"{len(selection.entry_ids.ids)} chosen ones")
    least, most = selection.duration_seconds_min, selection.duration_seconds_max
    if least is not None:
        yield Word("At least", clock_text(least))
    if most is not None:
        yield Word("At most", clock_text(most))
    if selection.first_second:
        yield Word("From", f"{clock_text(selection.first_second)} on the first day")
    if selection.end_second != SECONDS_PER_DAY:
        yield Word("Until", f"{clock_text(selection.end_second)} on the last day")


def _rounding(rounding: Rounding) -> Iterable[Word]:
    if rounding.is_off:
        return []
    return [Word("Rounded", f"{DIRECTIONS[rounding.mode]} {rounding.step_minutes} min per entry")]
