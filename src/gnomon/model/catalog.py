"""What entries point to: clients, projects, tasks, tags and groups of users."""

import re
from dataclasses import dataclass

PROJECT_COLORS = (
    "#0b83d9", "#9e5bd9", "#d94182", "#e36a00", "#bf7000", "#2da608", "#06a893",
    "#c9806b", "#465bb3", "#990099", "#c7af14", "#566614", "#d92b2b", "#525266",
)  # fmt: skip
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def is_color(text: str) -> bool:
    """`#rrggbb`."""
    return _COLOR.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """`deleted_at` not None: a tombstone, here and below, so that who keeps a copy can be told."""

    client_id: int
    name: str
    is_archived: bool = False
    notes: str = ""
    external_reference: str | None = None
    creator_id: int | None = None
    updated_at: int = 0
    deleted_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`currency` None: the workspace's default (D6.5). `user_ids`, `user_group_ids`: who is on it (D9.3).

    `start_day`, `end_day`: day numbers, both included. `fixed_fee_cents` is in the project's currency.
    """

    project_id: int
    name: str
    client_id: int | None = None
    color: str = PROJECT_COLORS[0]
    currency: str | None = None
    is_private: bool = False
    is_active: bool = True
    is_billable: bool = False
    is_template: bool = False
    start_day: int | None = None
    end_day: int | None = None
    estimated_seconds: int | None = None
    fixed_fee_cents: int | None = None
    external_reference: str | None = None
    created_at: int = 0
    updated_at: int = 0
    deleted_at: int | None = None
    user_ids: tuple[int, ...] = ()
    user_group_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectUser:
    """Somebody on a project; a manager may change it and say who else is on it."""

    project_user_id: int
    project_id: int
    user_id: int
    is_manager: bool = False
    updated_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGroup:
    """A group of users on a project."""

    project_group_id: int
    project_id: int
    user_group_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`user_id`: whose it is; None: anybody's."""

    task_id: int
    project_id: int
    name: str
    is_active: bool = True
    user_id: int | None = None
    estimated_seconds: int | None = None
    external_reference: str | None = None
    updated_at: int = 0
    deleted_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    tag_id: int
    name: str
    creator_id: int | None = None
    updated_at: int = 0
    deleted_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """Members of the workspace; the same id in several workspaces of one organization is the same group."""

    user_group_id: int
    name: str
    updated_at: int = 0
    user_ids: tuple[int, ...] = ()
