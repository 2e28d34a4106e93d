"""A whole workspace as plain data: what the oracle reads row by row and what the loader puts into a record.

Nothing here comes from `gnomon`: the oracle must not share a line with the code it judges.
Instants are whole Unix seconds; days are `datetime.date`; money is whole cents.
"""

from dataclasses import dataclass, field
from datetime import date

WRITTEN = 1_700_000_000  # when what does not say it was last changed


@dataclass(frozen=True)
class User:
    """A person with a profile; `role` is "admin" or "member" of the world's workspace."""

    user_id: int
    name: str
    email: str
    timezone: str = "UTC"
    role: str = "admin"
    is_active: bool = True
    report_rounding: bool = False  # the preference reportRounding
    report_rounding_direction: int = 0
    report_rounding_minutes: int = 0


@dataclass(frozen=True)
class UserGroup:
    user_group_id: int
    name: str
    user_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Client:
    client_id: int
    name: str
    is_archived: bool = False


@dataclass(frozen=True)
class Project:
    """`currency` None means the workspace's; `user_ids` and `user_group_ids` are who is on it."""

    project_id: int
    name: str
    client_id: int | None = None
    color: str = "#0b83d9"
    currency: str | None = None
    is_private: bool = False
    is_active: bool = True
    user_ids: tuple[int, ...] = ()
    user_group_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Task:
    task_id: int
    project_id: int
    name: str


@dataclass(frozen=True)
class Tag:
    tag_id: int
    name: str


@dataclass(frozen=True)
class Rate:
    """`level` is task, project_user, project, workspace_user or workspace; `start_day` None is the beginning of time."""

    level: str
    cents: int
    task_id: int | None = None
    project_id: int | None = None
    user_id: int | None = None
    start_day: date | None = None


@dataclass(frozen=True)
class Entry:
    """`stop` None is a running entry."""

    entry_id: int
    user_id: int
    start: int
    stop: int | None
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    is_billable: bool = False
    is_deleted: bool = False
    updated_at: int = WRITTEN


@dataclass(frozen=True)
class World:
    """`plan` is "free", "starter", "premium" or "enterprise" (D9.5)."""

    workspace_id: int = 1
    currency: str = "USD"
    rounding_minutes: int = 0
    only_admins_see_billable_rates: bool = True
    only_admins_see_team_dashboard: bool = False
    plan: str = "enterprise"
    users: tuple[User, ...] = ()
    user_groups: tuple[UserGroup, ...] = ()
    clients: tuple[Client, ...] = ()
    projects: tuple[Project, ...] = ()
    tasks: tuple[Task, ...] = ()
    tags: tuple[Tag, ...] = ()
    rates: tuple[Rate, ...] = field(default=())
    costs: tuple[Rate, ...] = field(default=())  # of the levels project_user and workspace_user
    entries: tuple[Entry, ...] = field(default=())
