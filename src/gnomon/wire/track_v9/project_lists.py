"""Which projects a list is asked for, in which order and on which page (track-api-v9.md, rule 10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from gnomon.model.catalog import Project
from gnomon.query.access import is_on
from gnomon.tracking.refusals import BadChange
from gnomon.wire.track_v9.catalog import status_of_project
from gnomon.wire.track_v9.queries import choice, contains, flag, ids, integer, maybe_flag

PER_PAGE, PER_PAGE_MAX = 151, 200
STATUSES = ("upcoming", "active", "ended", "archived", "deleted")
SORT_FIELDS = ("project_name", "name", "created_at", "client_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks: `managed_ids` None is all of them."""

    user_id: int
    group_ids: frozenset[int]
    managed_ids: frozenset[int] | None
    today: int
    pinned: frozenset[int]
    client_names: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProjects:
    """None: not asked for."""

    is_active: bool | None
    since: int | None
    is_billable: bool | None
    user_ids: frozenset[int] | None
    client_ids: frozenset[int] | None
    group_ids: frozenset[int] | None
    project_ids: frozenset[int] | None
    statuses: frozenset[str] | None
    texts: tuple[str | None, ...]
    only_templates: bool
    only_mine: bool
    only_editable: bool
    sort_field: str
    sort_order: str
    pinned_first: bool
    page: int
    per_page: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-Page": str(self.page),
            "X-Page-Size": str(self.per_page),
            "X-Sort-Field": self.sort_field,
            "X-Sort-Order": self.sort_order,
        }

    def page_of(self, projects: Iterable[Project], viewer: Viewer) -> Sequence[Project]:
        found = [one for one in projects if self._wants(one) and self._wants_of(one, viewer)]
        found.sort(key=lambda one: one.project_id)
        found.sort(key=lambda one: self._rank(one, viewer), reverse=self.sort_order == "desc")
        if self.pinned_first:
            found.sort(key=lambda one: one.project_id not in viewer.pinned)
        first = (self.page - 1) * self.per_page
        return found[first : first + self.per_page]

    def _rank(self, project: Project, viewer: Viewer) -> Any:
        if self.sort_field == "created_at":
            return (project.created_at, "")
        client = viewer.client_names.get(project.client_id or 0, "")
        name = client if self.sort_field == "client_name" else project.name
        return (0, name.casefold())

    def _wants(self, one: Project) -> bool:
        """By what the project is."""
        return (
            (self.is_active is None or one.is_active == self.is_active)
            and (self.since is None or one.updated_at >= self.since)
            and (self.is_billable is None or one.is_billable == self.is_billable)
            and (self.client_ids is None or one.client_id in self.client_ids)
            and (self.project_ids is None or one.project_id in self.project_ids)
            and (self.user_ids is None or not self.user_ids.isdisjoint(one.user_ids))
            and (self.group_ids is None or not self.group_ids.isdisjoint(one.user_group_ids))
            and all(contains(one.name, text) for text in self.texts)
            and (not self.only_templates or one.is_template)
        )

    def _wants_of(self, one: Project, viewer: Viewer) -> bool:
        """By what it is to who asks."""
        if self.statuses is not None and status_of_project(one, viewer.today) not in self.statuses:
            return False
        if self.only_mine and not is_on(one, viewer.user_id, viewer.group_ids):
            return False
        managed = viewer.managed_ids
        return not self.only_editable or managed is None or one.project_id in managed


def asked_projects(query: QueryParams) -> AskedProjects:
    statuses = [part for text in query.getlist("statuses") for part in text.split(",") if part]
    if set(statuses) - set(STATUSES):
        raise BadChange("Invalid statuses")
    return AskedProjects(
        is_active=_activity(query),
        since=integer(query, "since"),
        is_billable=maybe_flag(query, "billable"),
        user_ids=ids(query, "user_ids"),
        client_ids=ids(query, "client_ids"),
        group_ids=ids(query, "group_ids"),
        project_ids=ids(query, "project_ids"),
        statuses=frozenset(statuses) or None,
        texts=(query.get("name"), query.get("search")),
        only_templates=flag(query, "only_templates"),
        only_mine=flag(query, "only_me"),
        only_editable=flag(query, "only_editable"),
        sort_field=choice(query, "sort_field", SORT_FIELDS, "project_name"),
        sort_order=choice(query, "sort_order", ("asc", "desc"), "asc"),
        pinned_first=flag(query, "sort_pinned"),
        page=integer(query, "page", 1) or 1,
        per_page=integer(query, "per_page", 1, PER_PAGE_MAX) or PER_PAGE,
    )


def _activity(query: QueryParams) -> bool | None:
    """Active ones only, unless it is said otherwise, or a question is asked that archived ones can answer."""
    if query.get("active", "").lower() == "both":
        return None
    active = maybe_flag(query, "active")
    asks_more = any(query.get(name) for name in ("since", "statuses", "project_ids"))
    return True if active is None and not asks_more else active
