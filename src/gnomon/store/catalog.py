"""Clients, projects, tasks, tags and user groups of the record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, delete, insert, select

from gnomon.model.catalog import Client, Project, Tag, Task, UserGroup
from gnomon.store.batches import in_batches
from gnomon.store.ids import new_ids
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
N = TypeVar("N", bound=Noun)
IDS_PER_QUERY = 500


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
    """A table of pairs that hangs on a noun: which field of the noun, which column; `kind` where a pair has a number."""

    field: str
    table: Table
    column: str
    kind: str | None = None


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
            _Links("user_ids", project_users, "user_id", "project_user"),
            _Links("user_group_ids", project_groups, "user_group_id", "project_group"),
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
            _put_links(connection, (workspace_id, key_value), links, getattr(noun, links.field))


def _put_links(
    connection: Connection, owner: tuple[int, int], links: _Links, wanted: Sequence[int]
) -> None:
    """Only what is missing is added and what is too much is taken away: who stays keeps his number and his rights."""
    table, (workspace_id, owner_id) = links.table, owner
    owner_key = next(
        name
        for name in (column.name for column in table.primary_key)
        if name not in ("workspace_id", links.column)
    )
    here = (table.c.workspace_id == workspace_id) & (table.c[owner_key] == owner_id)
    present = set(connection.scalars(select(table.c[links.column]).where(here)))
    gone, new = present - set(wanted), sorted(set(wanted) - present)
    if gone:
        connection.execute(delete(table).where(here, table.c[links.column].in_(sorted(gone))))
    if new:
        pairs = [
            {"workspace_id": workspace_id, owner_key: owner_id, links.column: other}
            for other in new
        ]
        if links.kind is not None:
            for pair, number in zip(pairs, new_ids(connection, links.kind, len(new)), strict=True):
                pair[f"{links.kind}_id"] = number
        connection.execute(insert(table), pairs)


def remove_group(connection: Connection, workspace_id: int, user_group_id: int) -> None:
    """With everything that hangs on it; who was on a project through it is not any more."""
    for table in (user_group_members, project_groups, user_groups):
        _delete_row(connection, table, workspace_id, "user_group_id", user_group_id)


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


def load_nouns(
    connection: Connection, workspace_id: int, kind: type[N], *, with_deleted: bool = False
) -> list[N]:
    """All things of one kind by ascending id."""
    return _load(connection, workspace_id, kind, with_deleted=with_deleted)


def find_nouns(
    connection: Connection, workspace_id: int, kind: type[N], ids: Sequence[int]
) -> dict[int, N]:
    """Those of the ids that are there and not deleted; foreign ones are not (R1)."""
    found: dict[int, N] = {}
    key = _SHELVES[kind].key
    for batch in in_batches(sorted(set(ids)), IDS_PER_QUERY):
        for noun in _load(connection, workspace_id, kind, batch):
            found[getattr(noun, key)] = noun
    return found


def find_noun(connection: Connection, workspace_id: int, kind: type[N], noun_id: int) -> N | None:
    return find_nouns(connection, workspace_id, kind, [noun_id]).get(noun_id)


def _load(
    connection: Connection,
    workspace_id: int,
    kind: type[N],
    ids: Sequence[int] | None = None,
    *,
    with_deleted: bool = False,
) -> list[N]:
    shelf = _SHELVES[kind]
    linked = {
        links.field: _links(connection, workspace_id, links.table, (shelf.key, links.column), ids)
        for links in shelf.links
    }
    names = [column.name for column in shelf.table.columns if column.name != "workspace_id"]
    key_place = names.index(shelf.key)
    question = _of_workspace(shelf.table, workspace_id, names).order_by(shelf.key)
    if ids is not None:
        question = question.where(shelf.table.c[shelf.key].in_(ids))
    if "deleted_at" in shelf.table.c and not with_deleted:
        question = question.where(shelf.table.c.deleted_at.is_(None))
    made: list[N] = []
    for row in connection.execute(question).all():
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        values |= {field: tuple(by_key[row[key_place]]) for field, by_key in linked.items()}
        made.append(kind(**values))
    return made


def _of_workspace(table: Table, workspace_id: int, names: Sequence[str]) -> Select[Any]:
    return select(*(table.c[name] for name in names)).where(table.c.workspace_id == workspace_id)


def _links(
    connection: Connection,
    workspace_id: int,
    table: Table,
    names: tuple[str, str],
    ids: Sequence[int] | None,
) -> defaultdict[int, list[int]]:
    """The other side of each pair by owner, ascending."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    question = _of_workspace(table, workspace_id, names).order_by(table.c[names[1]])
    if ids is not None:
        question = question.where(table.c[names[0]].in_(ids))
    for key, other in connection.execute(question):
        found[key].append(other)
    return found
