"""The filters of a report in words, as far as the viewer may know the names in them (D8.7, D4.7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.query.queries import SummaryQuery
from gnomon.query.selection import IdsIn, Selection
from gnomon.units.dates import SECONDS_PER_DAY
from gnomon.units.durations import Rounding, RoundingMode, clock_text

NAMES_MAX = 5
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
    return [*_selection_words(query.selection, table, sight), *_rounding(query.rounding)]


def _selection_words(selection: Selection, table: EntryTable, sight: Sight) -> Iterator[Word]:
    """A stranger who narrows a saved report is told no name that the report's own filters do not name: he could try
    every number.
    """
    told: dict[str, frozenset[int]] | None = None
    if selection.within is not None:
        yield from _selection_words(selection.within, table, sight)
        stored = _id_filters(selection.within, table, sight)
        told = {label: wanted.ids if wanted else frozenset() for label, wanted, *_ in stored}
    for label, wanted, names, without in _id_filters(selection, table, sight):
        if wanted is not None:
            known = {key: names[key] for key in names if told is None or key in told[label]}
            yield Word(label, _listed(wanted, known, without))
    yield from _plain_filters(selection)


def _id_filters(
    selection: Selection, table: EntryTable, sight: Sight
) -> Iterator[tuple[str, IdsIn | None, Mapping[int, str], str]]:
    catalog = table.around.catalog
    projects = {
        one.project_id: one
        for one in catalog.projects
        if sight.project_ids is None or one.project_id in sight.project_ids
    }
    people = {
        member.account.user_id: member.account.name
        for member in table.around.members
        if sight.sees_team or member.account.user_id == sight.user_id
    }
    groups = {one.user_group_id: one.name for one in catalog.user_groups}
    clients = {one.client_id: one.name for one in catalog.clients}
    tasks = {one.task_id: one.name for one in catalog.tasks if one.project_id in projects}
    tags = {one.tag_id: one.name for one in catalog.tags}
    yield "People", selection.user_ids, people, "nobody"
    yield "Groups", selection.user_group_ids, groups, "in no group"
    yield "Clients", selection.client_ids, clients, "without client"
    names = {key: project.name for key, project in projects.items()}
    yield "Projects", selection.project_ids, names, "without project"
    yield "Tasks", selection.task_ids, tasks, "without task"
    yield "Tags", selection.tag_ids, tags, "without tags"


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
