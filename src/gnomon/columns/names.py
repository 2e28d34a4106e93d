"""The dimensions of clients, projects, tasks, users and tag sets."""

from collections.abc import Iterable, Sequence

import polars as pl

from gnomon.columns.dimension import json_text, with_ranks
from gnomon.model.catalog import PROJECT_COLORS, Client, Tag, is_color
from gnomon.store.catalog import Catalog
from gnomon.store.interning import tag_ids_of
from gnomon.store.workspaces import Member

NAME_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "name": pl.String(),
    "name_json": pl.String(),
    "is_active": pl.Boolean(),
}
PROJECT_SCHEMA: dict[str, pl.DataType] = {
    **NAME_SCHEMA,
    "client_id": pl.Int64(),
    "client_name": pl.String(),
    "color": pl.String(),
    "currency": pl.String(),
}
TASK_SCHEMA: dict[str, pl.DataType] = {
    **NAME_SCHEMA,
    "project_name": pl.String(),
    "client_name": pl.String(),
}
USER_SCHEMA: dict[str, pl.DataType] = {**NAME_SCHEMA, "email": pl.String()}
TAG_SET_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "tag_ids": pl.List(pl.Int64()),
    "names": pl.List(pl.String()),
    "ids_json": pl.String(),
    "names_json": pl.String(),
}
NOTHING = (None, None, None, False)


def client_rows(clients: Iterable[Client]) -> pl.DataFrame:
    return _rows(
        (_named(one.client_id, one.name, not one.is_archived) for one in clients), NAME_SCHEMA
    )


def task_rows(catalog: Catalog) -> pl.DataFrame:
    """With the names of the project and of its client, so that a renamed client is renamed here, too."""
    projects = {project.project_id: project for project in catalog.projects}
    clients = _client_names(catalog)
    return _rows(
        (
            (
                *_named(task.task_id, task.name, task.is_active),
                project.name if project else None,
                clients.get(project.client_id) if project else None,
            )
            for task in catalog.tasks
            for project in [projects.get(task.project_id)]
        ),
        TASK_SCHEMA,
    )


def user_rows(members: Iterable[Member]) -> pl.DataFrame:
    return _rows(
        (
            (
                *_named(member.account.user_id, member.account.name, member.is_active),
                member.account.email,
            )
            for member in members
        ),
        USER_SCHEMA,
    )


def project_rows(catalog: Catalog, default_currency: str) -> pl.DataFrame:
    """An entry without a project has the workspace's currency (D6.5); a colour is checked on reading, too."""
    clients = _client_names(catalog)
    rows = (
        (
            *_named(project.project_id, project.name, project.is_active),
            project.client_id,
            clients.get(project.client_id),
            project.color if is_color(project.color) else PROJECT_COLORS[0],
            project.currency or default_currency,
        )
        for project in catalog.projects
    )
    none = (*NOTHING, None, None, None, default_currency)
    return pl.DataFrame([none, *rows], schema=PROJECT_SCHEMA, orient="row")


def _client_names(catalog: Catalog) -> dict[int | None, str]:
    return {client.client_id: client.name for client in catalog.clients}


def _named(thing_id: int, name: str, is_active: bool) -> tuple[int, str, str, bool]:  # noqa: FBT001
    return thing_id, name, json_text(name), is_active


def _rows(rows: Iterable[tuple[object, ...]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    none = (*NOTHING, *(None for _ in range(len(schema) - len(NOTHING))))
    return pl.DataFrame([none, *rows], schema=schema, orient="row")


def tag_set_rows(ids: Sequence[int], id_texts: Sequence[str], tags: Iterable[Tag]) -> pl.DataFrame:
    """The dimension of tag sets, in the order given behind the empty set, ranked by their lists of ids."""
    names = {tag.tag_id: tag.name for tag in tags}
    sets = [(), *(tag_ids_of(text) for text in id_texts)]
    places = {
        code: place for place, code in enumerate(sorted(range(len(sets)), key=sets.__getitem__))
    }
    rows = [
        (
            set_id,
            list(tag_ids),
            [names.get(tag_id, "") for tag_id in tag_ids],
            f"[{','.join(map(str, tag_ids))}]",
            f"[{','.join(json_text(names.get(tag_id, '')) for tag_id in tag_ids)}]",
        )
        for set_id, tag_ids in zip((None, *ids), sets, strict=True)
    ]
    ranks = pl.Series([places[code] for code in range(len(sets))], dtype=pl.Int64)
    return with_ranks(pl.DataFrame(rows, schema=TAG_SET_SCHEMA, orient="row"), ranks)


def tag_set_texts(tag_sets: pl.DataFrame) -> list[str]:
    """What `tag_set_rows` was given as texts."""
    return [text.strip("[]") for text in tag_sets["ids_json"].slice(1)]
