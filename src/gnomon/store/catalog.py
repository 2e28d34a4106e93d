"""Clients, projects, tasks, tags and user groups of the record."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, delete, insert, select

from gnomon.model.catalog import Client, Project, Tag, Task, UserGroup
from gnomon.store.schema import (
    clients,
    project_groups,
    project_users,
    projects,
    tags,
    tasks,
    user_group_members,
    user_groups,
)

Noun = Client | Project | Tag | Task | UserGroup
N = TypeVar("N")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything that entries of one workspace can point to, each kind by ascending id."""

    clients: tuple[Client, ...]
    projects: tuple[Project, ...]
    tasks: tuple[Task, ...]
    tags: tuple[Tag, ...]
    user_groups: tuple[UserGroup, ...]


@dataclass(frozen=True, slots=True)
class _Links:
    """A table of pairs that hangs on a noun: which field of the noun, which column."""

    field: str
    table: Table
    column: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where a kind of noun is kept."""

    table: Table
    key: str
    links: tuple[_Links, ...] = ()


_SHELVES: dict[type, _Shelf] = {
    Client: _Shelf(clients, "client_id"),
    Project: _Shelf(
        projects,
        "project_id",
        (
            _Links("user_ids", project_users, "user_id"),
            _Links("user_group_ids", project_groups, "user_group_id"),
        ),
    ),
    Task: _Shelf(tasks, "task_id"),
    Tag: _Shelf(tags, "tag_id"),
    UserGroup: _Shelf(
        user_groups,
        "user_group_id",
        (_Links("user_ids", user_group_members, "user_id"),),
    ),
}


def put_nouns(connection: Connection, workspace_id: int, nouns: Sequence[Noun]) -> None:
    """Write things of one kind whole, new or changed; ids of new ones come from `new_ids`."""
    if not nouns:
        return
    shelf = _SHELVES[type(nouns[0])]
    linked = {links.field for links in shelf.links}
    for noun in nouns:
        row = {key: value for key, value in asdict(noun).items() if key not in linked}
        key_value = row[shelf.key]
        _delete_row(connection, shelf.table, workspace_id, shelf.key, key_value)
        connection.execute(insert(shelf.table).values(workspace_id=workspace_id, **row))
        for links in shelf.links:
            _delete_row(connection, links.table, workspace_id, shelf.key, key_value)
            pairs = [
                {
                    "workspace_id": workspace_id,
                    shelf.key: key_value,
                    links.column: other,
                }
                for other in sorted(set(getattr(noun, links.field)))
            ]
            if pairs:
                connection.execute(insert(links.table), pairs)


def add_nouns(
    connection: Connection, workspace_id: int, nouns: Sequence[Client | Task | Tag]
) -> None:
    """Insert many new things of one kind that have no links, in one statement."""
    if nouns:
        shelf = _SHELVES[type(nouns[0])]
        connection.execute(
            insert(shelf.table),
            [{"workspace_id": workspace_id, **asdict(noun)} for noun in nouns],
        )


def _delete_row(
    connection: Connection, table: Table, workspace_id: int, key: str, value: int
) -> None:
    connection.execute(
        delete(table).where(table.c.workspace_id == workspace_id, table.c[key] == value)
    )


def load_catalog(connection: Connection, workspace_id: int) -> Catalog:
    return Catalog(
        clients=tuple(_load(connection, workspace_id, Client)),
        projects=tuple(_load(connection, workspace_id, Project)),
        tasks=tuple(_load(connection, workspace_id, Task)),
        tags=tuple(_load(connection, workspace_id, Tag)),
        user_groups=tuple(_load(connection, workspace_id, UserGroup)),
    )


def load_projects(connection: Connection, workspace_id: int) -> list[Project]:
    return _load(connection, workspace_id, Project)


def _load(connection: Connection, workspace_id: int, kind: Callable[..., N]) -> list[N]:
    shelf = _SHELVES[kind]  # type: ignore[index]  # the classes are the callables
    linked = {
        links.field: _links(connection, workspace_id, links.table, (shelf.key, links.column))
        for links in shelf.links
    }
    names = [column.name for column in shelf.table.columns if column.name != "workspace_id"]
    key_place = names.index(shelf.key)
    rows = connection.execute(_of_workspace(shelf.table, workspace_id, names).order_by(shelf.key))
    return [
        kind(
            **dict(zip(names, row, strict=True)),
            **{field: tuple(by_key[row[key_place]]) for field, by_key in linked.items()},
        )
        for row in rows.all()
    ]


def _of_workspace(table: Table, workspace_id: int, names: Sequence[str]) -> Select[Any]:
    return select(*(table.c[name] for name in names)).where(table.c.workspace_id == workspace_id)


def _links(
    connection: Connection, workspace_id: int, table: Table, names: tuple[str, str]
) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for key, other in connection.execute(_of_workspace(table, workspace_id, names)):
        found[key].append(other)
    return found
