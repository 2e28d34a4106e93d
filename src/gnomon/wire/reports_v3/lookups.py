"""`filters/*` and `search/*` of the Reports API: what is asked, and the short objects that answer (reports-api-v3.md,
3.13-3.19, 3.23, 3.24, 3.29, 3.36 and section 14).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gnomon.model.catalog import Client, Project, ProjectGroup, ProjectUser
from gnomon.model.rate import RateKind, RateLevel
from gnomon.query.selection import IdsIn
from gnomon.reports.tracked import Tracked
from gnomon.store.workspaces import Member
from gnomon.tracking.rates import RateKey
from gnomon.wire.body import Body
from gnomon.wire.errors import InvalidValue, NothingAsked, TooManyIds
from gnomon.wire.track_v9.catalog import Prices

T = TypeVar("T")
IDS_MAX, USER_IDS_MAX = 2_000, 100
PAGE_SIZE, PAGE_SIZE_MAX = 201, 10_000
LIST_MAX = 1_000


KNOWN = (
    "ids",
    "name",
    "start",
    "start_id",
    "page_size",
    "client_ids",
    "project_ids",
    "group_ids",
    "user_ids",
    "currency",
    "active",
    "is_active",
    "is_billable",
    "is_private",
    "project_active",
)


class Asked(Body):
    """A body that asks for things of a kind."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self._keys = [key for key in KNOWN if values.get(key) not in (None, [])]

    def needs(self, *keys: str) -> None:
        """Something must be asked, and where keys are named one of them (U1)."""
        if not self._keys or (keys and not set(keys) & set(self._keys)):
            raise NothingAsked

    def few_ids(self, key: str, count_max: int = IDS_MAX) -> IdsIn | None:
        wanted = self._values.get(key)
        if isinstance(wanted, list) and len(wanted) > count_max:
            raise TooManyIds(count_max)
        return self.ids(key)

    def start(self, key: str = "start") -> int:
        """Things with this number or a higher one (U4)."""
        return self.integer(key) or 0

    def page_size(self) -> int:
        size = self.integer("page_size")
        if size is None:
            return PAGE_SIZE
        if not 1 <= size <= PAGE_SIZE_MAX:
            raise InvalidValue("page_size")
        return size


def is_in(wanted: IdsIn | None, number: int | None) -> bool:
    """No list wants everything; `null` in it wants what has none (D4.1)."""
    if wanted is None:
        return True
    return wanted.or_none if number is None else number in wanted.ids


def is_called(name: str, wanted: str | None) -> bool:
    return not wanted or wanted.casefold() in name.casefold()


def page(things: Iterable[T], number: Callable[[T], int], start: int, size: int) -> Sequence[T]:
    """By ascending number, from `start` on."""
    return sorted((one for one in things if number(one) >= start), key=number)[:size]


@dataclass(frozen=True, slots=True)
class AskedProjects:
    """Which projects; None is no such clause."""

    asked: Asked
    default_currency: str

    def found(self, projects: Iterable[Project]) -> Sequence[Project]:
        asked = self.asked
        ids, client_ids = asked.few_ids("ids"), asked.few_ids("client_ids")
        name, currency = asked.text("name"), asked.text("currency")
        flags = {key: asked.flag(key) for key in ("is_active", "is_billable", "is_private")}
        start, size = asked.start(), asked.page_size()
        found = (
            one
            for one in projects
            if is_in(ids, one.project_id)
            and is_in(client_ids, one.client_id)
            and is_called(one.name, name)
            and (not currency or (one.currency or self.default_currency) == currency)
            and all(want is None or getattr(one, key) == want for key, want in flags.items())
        )
        return page(found, lambda one: one.project_id, start, size)


def client_row(client: Client) -> dict[str, Any]:
    return {"id": client.client_id, "name": client.name}


def project_row(project: Project, *, has_plan: bool) -> dict[str, Any]:
    return {
        "id": project.project_id,
        "name": project.name,
        "client_id": project.client_id,
        "color": project.color,
        "active": project.is_active,
        "currency": project.currency if has_plan else None,
        "billable": project.is_billable if has_plan else None,
    }


def user_row(member: Member) -> dict[str, Any]:
    return {"id": member.user_id, "name": member.account.name, "deleted_at": None}


def full_user_row(member: Member) -> dict[str, Any]:
    return {
        "id": member.user_id,
        "fullname": member.account.name,
        "email": member.account.email,
        "active": member.is_active,
        "deactivated": not member.is_active,
        "deleted_at": None,
        "avatar": None,
        "workspace_user_id": member.workspace_user_id,
    }


def project_user_row(one: ProjectUser, prices: Prices) -> dict[str, Any]:
    keys = {"project_id": one.project_id, "user_id": one.user_id}
    level = RateLevel.PROJECT_USER
    rate, _ = prices.of(RateKey(kind=RateKind.BILLABLE, level=level, **keys))
    cost, _ = prices.of(RateKey(kind=RateKind.LABOUR_COST, level=level, **keys))
    return {
        "id": one.project_user_id,
        **keys,
        "group_id": None,
        "hourly_rate": rate,
        "labour_cost": cost,
    }


def project_group_row(one: ProjectGroup, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": one.project_group_id,
        "group_id": one.user_group_id,
        "name": names.get(one.user_group_id, ""),
        "project_id": one.project_id,
    }


def status_row(
    number: int, tracked: Tracked | None, estimated: int | None, currency: str
) -> dict[str, Any]:
    return {
        "id": number,
        "tracked_seconds": tracked.seconds if tracked else 0,
        "billable_seconds": tracked.billable_seconds if tracked else 0,
        "billable_amount": tracked.billable_cents if tracked else 0,
        "estimated_seconds": estimated,
        "currency": currency,
    }
