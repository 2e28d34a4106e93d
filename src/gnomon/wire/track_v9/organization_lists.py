"""Which people of an organization a list is asked for (track-api-v9.md, A.3), each refusal in the vendor's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from gnomon.tracking.refusals import BadChange
from gnomon.wire.body import INTEGER_MAX
from gnomon.wire.track_v9.people import Place
from gnomon.wire.track_v9.queries import contains, ids

PER_PAGE = 50
STATUSES = ("active", "inactive", "invited")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUsers:
    """None: not asked for."""

    text: str | None
    statuses: frozenset[str]
    only_admins: bool
    group_ids: frozenset[int] | None
    workspace_ids: frozenset[int] | None
    page: int
    per_page: int
    is_descending: bool

    def places_of(self, places: Sequence[Place]) -> list[Place]:
        return [
            one
            for one in places
            if self.workspace_ids is None or one.actor.workspace_id in self.workspace_ids
        ]

    def wants_places(self, places: Sequence[Place]) -> bool:
        mine = self.places_of(places)
        groups = {group.user_group_id for one in mine for group in one.groups}
        return bool(mine) and (self.group_ids is None or not groups.isdisjoint(self.group_ids))

    def found(self, people: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        wanted = [
            one
            for one in people
            if (contains(one["name"] or "", self.text) or contains(one["email"] or "", self.text))
            and (one["admin"] or not self.only_admins)
            and _status(one) in self.statuses
        ]
        return sorted(
            wanted, key=lambda one: (one["name"] or "").casefold(), reverse=self.is_descending
        )

    def page_of(self, found: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        first = (self.page - 1) * self.per_page
        return found[first : first + self.per_page]


def _status(person: dict[str, Any]) -> str:
    if not person["joined"]:
        return "invited"
    return "inactive" if person["inactive"] else "active"


def asked_users(query: QueryParams) -> AskedUsers:
    statuses = [one for one in query.get("active_status", "").split(",") if one]
    if set(statuses) - set(STATUSES):
        raise BadChange(
            "active_status parameter can contain only 'active', 'inactive' or 'invited'."
        )
    only_admins = query.get("only_admins", "") or "false"
    if only_admins not in ("true", "false"):
        raise BadChange("only_admins parameter can contain only 'true' or 'false'.")
    direction = query.get("sort_dir", "") or "asc"
    if direction not in ("asc", "desc"):
        raise BadChange("sort_dir parameter can contain only 'asc' or 'desc'.")
    return AskedUsers(
        text=query.get("filter"),
        statuses=frozenset(statuses or STATUSES),
        only_admins=only_admins == "true",
        group_ids=_ids(query, "groups"),
        workspace_ids=_ids(query, "workspaces"),
        page=_positive(query, "page", 1),
        per_page=_positive(query, "per_page", PER_PAGE),
        is_descending=direction == "desc",
    )


def _ids(query: QueryParams, name: str) -> frozenset[int] | None:
    try:
        return ids(query, name)
    except BadChange:
        raise BadChange(f"Invalid value sent for '{name}'.") from None


def _positive(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name) or str(default)
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(INTEGER_MAX)):
        raise BadChange(f"Invalid value sent for '{name}'.")
    if int(text) < 1:
        raise BadChange(f"{name} parameter must contain values > 0.")
    return min(int(text), 10**9)
