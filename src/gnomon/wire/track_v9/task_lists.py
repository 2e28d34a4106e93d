"""Which tasks of a workspace a list is asked for, in which order and on which page (track-api-v9.md, rule 11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from gnomon.model.catalog import Task
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import SECONDS_PER_DAY, day_number
from gnomon.wire.track_v9.catalog import TaskView
from gnomon.wire.track_v9.fields import day_of
from gnomon.wire.track_v9.queries import choice, contains, ids, integer, maybe_flag

PER_PAGE, PER_PAGE_MAX = 50, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTasks:
    """None: not asked for. Days bound when a task was last changed."""

    since: int | None
    is_active: bool | None
    project_ids: frozenset[int] | None
    task_ids: frozenset[int] | None
    client_ids: frozenset[int] | None
    first_day: int | None
    last_day: int | None
    search: str | None
    only_mine: bool
    sort_field: str
    sort_order: str
    page: int
    per_page: int

    def found(self, tasks: Iterable[Task], view: TaskView) -> list[Task]:
        found = [one for one in tasks if self._wants(one, view)]
        found.sort(key=lambda one: one.task_id)
        found.sort(key=self._rank, reverse=self.sort_order.lower() == "desc")
        return found

    def _rank(self, task: Task) -> Any:
        return task.task_id if self.sort_field == "created_at" else task.name.casefold()

    def _wants(self, one: Task, view: TaskView) -> bool:
        project = view.projects.get(one.project_id)
        client_id = project.client_id if project else None
        day = one.updated_at // SECONDS_PER_DAY
        return (
            (self.since is None or one.updated_at >= self.since)
            and (self.is_active is None or one.is_active == self.is_active)
            and (self.project_ids is None or one.project_id in self.project_ids)
            and (self.task_ids is None or one.task_id in self.task_ids)
            and (self.client_ids is None or client_id in self.client_ids)
            and (self.first_day is None or day >= self.first_day)
            and (self.last_day is None or day <= self.last_day)
            and contains(one.name, self.search)
        )

    def page_of(self, found: Sequence[Task]) -> Sequence[Task]:
        first = (self.page - 1) * self.per_page
        return found[first : first + self.per_page]


def asked_tasks(query: QueryParams, *, is_basic: bool) -> AskedTasks:
    """The basic list is by default of what is to be done, and of projects that the asker is on."""
    project_ids = ids(query, "pid") or ids(query, "project_id") or ids(query, "project_ids")
    only_mine = maybe_flag(query, "only_me")
    return AskedTasks(
        since=integer(query, "since"),
        is_active=_activity(query, is_basic=is_basic),
        project_ids=project_ids,
        task_ids=ids(query, "task_ids"),
        client_ids=ids(query, "client_ids"),
        first_day=_day(query, "start_date"),
        last_day=_day(query, "end_date"),
        search=query.get("search"),
        only_mine=is_basic if only_mine is None else only_mine,
        sort_field=choice(query, "sort_field", ("name", "created_at"), "name"),
        sort_order=choice(query, "sort_order", ("asc", "desc"), "asc").upper(),
        page=integer(query, "page", 1) or 1,
        per_page=integer(query, "per_page", 1, PER_PAGE_MAX) or PER_PAGE,
    )


def _activity(query: QueryParams, *, is_basic: bool) -> bool | None:
    if query.get("active", "").lower() == "both":
        return None
    active = maybe_flag(query, "active")
    return True if active is None and is_basic else active


def _day(query: QueryParams, name: str) -> int | None:
    text = query.get(name)
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise BadChange(f"Invalid {name}")
    return day_number(day)
