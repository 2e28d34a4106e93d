"""What the filter bar of a report offers: things by name, as far as the visitor may know them (D9.3, D9.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.reports.known import known_names
from gnomon.web.pages.reports.address import NONE, Address

CHOICES_MAX = 50
Found = tuple[str, str, str, str | None]  # value, name, note, colour


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    note: str
    color: str | None
    is_on: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """`more`: how many are not offered until somebody looks for them by name."""

    key: str
    label: str
    choices: Sequence[Choice]
    more: int
    chosen_count: int


def filters_of(address: Address, table: EntryTable, sight: Sight) -> list[Filter]:
    """People only for who may see others, no clients of whom only hidden projects tell; no empty lists."""
    catalog, names = table.around.catalog, known_names(table, sight)
    active_users = {one.user_id for one in table.around.members if one.is_active}
    projects = {one.project_id: one for one in catalog.projects}
    clients = {one.client_id: one for one in catalog.clients}
    shown = [projects[one] for one in names.projects]
    hidden = {one.client_id for one in catalog.projects} - {one.client_id for one in shown}
    found: list[tuple[str, str, str, Sequence[Found]]] = [
        ("user", "People", "", _plain(names.users.items(), active_users)),
        ("group", "Groups", "In no group", _plain(names.user_groups.items())),
        (
            "client",
            "Clients",
            "Without client",
            _plain(
                [(one, name) for one, name in names.clients.items() if one not in hidden],
                {one for one in clients if not clients[one].is_archived},
            ),
        ),
        (
            "project",
            "Projects",
            "Without project",
            [
                (
                    str(one.project_id),
                    one.name,
                    names.clients.get(one.client_id or 0, ""),
                    one.color,
                )
                for one in shown
                if one.is_active or str(one.project_id) in address.says("project")
            ],
        ),
        (
            "task",
            "Tasks",
            "Without task",
            [
                (str(one.task_id), one.name, projects[one.project_id].name, None)
                for one in catalog.tasks
                if one.task_id in names.tasks and one.project_id in projects
            ],
        ),
        ("tag", "Tags", "Without tags", _plain(names.tags.items())),
    ]
    told = [_filter(address, key, label, none, things) for key, label, none, things in found]
    return [one for one in told if one.choices]


def _plain(things: Iterable[tuple[int, str]], active: set[int] | None = None) -> list[Found]:
    return [
        (str(number), name, "" if active is None or number in active else "archived", None)
        for number, name in things
    ]


def _filter(address: Address, key: str, label: str, none: str, things: Sequence[Found]) -> Filter:
    """The chosen ones first, then by name; what is looked for (`find`) narrows the rest."""
    chosen = set(address.says(key))
    find = address.said("find").casefold()
    kept = [one for one in things if one[0] in chosen or find in f"{one[1]} {one[2]}".casefold()]
    kept.sort(
        key=lambda one: (one[0] not in chosen, one[2] == "archived", one[1].casefold(), one[0])
    )
    offered = kept[: max(CHOICES_MAX, len(chosen))]
    choices = [Choice(*one, one[0] in chosen) for one in offered]
    unknown = chosen - {one.value for one in choices} - {NONE}
    choices += [Choice(value, "Unknown", "", None, is_on=True) for value in sorted(unknown)]
    if none and things:
        choices.insert(0, Choice(NONE, none, "", None, NONE in chosen))
    return Filter(key, label, choices, len(things) - len(offered), len(chosen))
