"""Names for the ids in the answer of a saved report, so that a stranger can read it (D10.6; SR14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.query.selection import IdsIn, Selection
from gnomon.reports.known import known_names
from gnomon.reports.results import SummaryReport, WeeklyReport
from gnomon.units.dates import day_number

Dictionary = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Named:
    """Ids by what they are ids of."""

    clients: set[int] = field(default_factory=set)
    projects: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    tasks: set[int] = field(default_factory=set)
    user_groups: set[int] = field(default_factory=set)
    users: set[int] = field(default_factory=set)


def named_by_summary(report: SummaryReport) -> Named:
    named = Named()
    levels = (
        (report.query.grouping.value, report.group_things, report.groups),
        (report.query.sub_grouping.value, report.sub_things, report.sub_groups),
    )
    for kind, things, rows in levels:
        codes = rows["code"].unique()
        if kind == "tags":
            named.tags.update(things["tag_ids"].gather(codes).explode(empty_as_null=False))
        elif kind != "time_entries":
            getattr(named, kind).update(things["id"].gather(codes).drop_nulls())
    return named


def named_by_weekly(report: WeeklyReport) -> Named:
    dimensions = report.table.dimensions
    columns = (("users", "user_code"), ("projects", "project_code"), ("tasks", "task_code"))
    named = Named()
    for kind, code in columns:
        ids = getattr(dimensions, kind)["id"].gather(report.rows[code].unique())
        getattr(named, kind).update(ids.drop_nulls())
    return named


def named_by_rows(rows: Iterable[Mapping[str, Any]]) -> Named:
    """By the rows of a detailed report."""
    named = Named()
    for row in rows:
        named.users.add(row["user_id"])
        named.projects.add(row["project_id"])
        named.tasks.add(row["task_id"])
        named.tags.update(row["tag_ids"])
    named.projects.discard(None)
    named.tasks.discard(None)
    return named


@dataclass(frozen=True, slots=True)
class Directory:
    """The things of a workspace, as far as they are told: addresses, groups and costs of users never to strangers."""

    table: EntryTable
    sight: Sight
    today: date

    def dictionaries(self, named: Named, filters: Iterable[Selection]) -> dict[str, Any]:
        """Exactly what is named, with the projects of tasks, the clients of projects and the groups of users.

        `filters` has what the filters name besides, as far as the owner may know it.
        """
        self._complete(named)
        told: dict[str, Any] = self._told(named)
        for selection in filters:
            self._add_filters(named, selection)
        self._complete(named)
        return told | {"filters": self._told(named)}

    def _complete(self, named: Named) -> None:
        catalog = self.table.around.catalog
        named.projects |= {one.project_id for one in catalog.tasks if one.task_id in named.tasks}
        named.clients |= {
            one.client_id
            for one in catalog.projects
            if one.project_id in named.projects and one.client_id is not None
        }
        if self.sight.sees_emails:
            named.user_groups |= {
                group.user_group_id
                for group in catalog.user_groups
                if named.users.intersection(group.user_ids)
            }

    def _add_filters(self, named: Named, selection: Selection) -> None:
        """Ids that nobody has, or that the owner may not know, name nothing."""
        names = known_names(self.table, self.sight)
        named.users |= _ids(selection.user_ids) & names.users.keys()
        named.user_groups |= _ids(selection.user_group_ids) & names.user_groups.keys()
        named.clients |= _ids(selection.client_ids) & names.clients.keys()
        named.projects |= _ids(selection.project_ids) & names.projects.keys()
        named.tasks |= _ids(selection.task_ids) & names.tasks.keys()
        named.tags |= _ids(selection.tag_ids) & names.tags.keys()

    def _told(self, named: Named) -> dict[str, Dictionary]:
        """What we do not keep is null: the vendor's keys are all there."""
        catalog = self.table.around.catalog
        return {
            "clients": {
                str(one.client_id): {
                    "id": one.client_id,
                    "name": one.name,
                    "external_reference": None,
                }
                for one in catalog.clients
                if one.client_id in named.clients
            },
            "projects": self._projects(named.projects),
            "tags": {
                str(one.tag_id): {"id": one.tag_id, "name": one.name}
                for one in catalog.tags
                if one.tag_id in named.tags
            },
            "tasks": {
                str(one.task_id): {
                    "id": one.task_id,
                    "name": one.name,
                    "project_id": one.project_id,
                    "estimated_seconds": None,
                    "tracked_seconds": None,
                }
                for one in catalog.tasks
                if one.task_id in named.tasks
            },
            "user_groups": {
                str(one.user_group_id): {"id": one.user_group_id, "name": one.name}
                for one in catalog.user_groups
                if one.user_group_id in named.user_groups
            },
            "users": self._users(named.users),
        }

    def _projects(self, wanted: set[int]) -> Dictionary:
        default_currency = self.table.around.workspace.default_currency
        unknown = ("estimated_hours", "estimated_seconds", "actual_hours", "actual_seconds")
        plans = ("fixed_fee", "start_date", "end_date", "external_reference")
        return {
            str(one.project_id): {
                "id": one.project_id,
                "name": one.name,
                "client_id": one.client_id,
                "color": one.color,
                "currency": one.currency or default_currency,
                **dict.fromkeys((*unknown, *plans)),
            }
            for one in self.table.around.catalog.projects
            if one.project_id in wanted
        }

    def _users(self, wanted: set[int]) -> Dictionary:
        groups = self.table.around.catalog.user_groups
        return {
            str(user.user_id): {
                "id": user.user_id,
                "name": user.name,
                "email": user.email if self.sight.sees_emails else None,
                "avatar_url": None,
                "group_ids": (
                    [one.user_group_id for one in groups if user.user_id in one.user_ids]
                    if self.sight.sees_emails
                    else None
                ),
                "labour_cost": self._labour_cost(user.user_id),
            }
            for member in self.table.around.members
            for user in [member.account]
            if user.user_id in wanted
        }

    def _labour_cost(self, user_id: int) -> int | None:
        """Cents an hour today, where nothing more special applies (D6.4)."""
        if not self.sight.sees_costs:
            return None
        costs = self.table.around.price_list.labour
        return costs.cents_on({"user_id": user_id, "project_id": None}, day_number(self.today))


def _ids(wanted: IdsIn | None) -> frozenset[int]:
    return wanted.ids if wanted is not None else frozenset()
