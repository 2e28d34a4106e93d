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
    client_id: int
    name: str
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`currency` None: the workspace's default (D6.5). `user_ids`, `user_group_ids`: who is on it (D9.3)."""

    project_id: int
    name: str
    client_id: int | None = None
    color: str = PROJECT_COLORS[0]
    currency: str | None = None
    is_private: bool = False
    is_active: bool = True
    user_ids: tuple[int, ...] = ()
    user_group_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    task_id: int
    project_id: int
    name: str
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    tag_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    user_group_id: int
    name: str
    user_ids: tuple[int, ...] = ()
