"""The small dimensions: names of clients, projects, tasks, users and tag sets, with their JSON made beforehand."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from gnomon.columns.texts import json_text
from gnomon.model.catalog import Client, Project, Tag, Task
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
    "color": pl.String(),
    "currency": pl.String(),
}
TAG_SET_SCHEMA: dict[str, pl.DataType] = {
    "tag_ids": pl.List(pl.Int64()),
    "names": pl.List(pl.String()),
    "ids_json": pl.String(),
    "names_json": pl.String(),
    "rank": pl.UInt32(),
}


def client_names(clients: Iterable[Client]) -> pl.DataFrame:
    return _named((client.client_id, client.name, not client.is_archived) for client in clients)


def task_names(tasks: Iterable[Task]) -> pl.DataFrame:
    return _named((task.task_id, task.name, task.is_active) for task in tasks)


def user_names(members: Iterable[Member]) -> pl.DataFrame:
    return _named(
        (member.account.user_id, member.account.name, member.is_active) for member in members
    )


def _named(things: Iterable[tuple[int, str, bool]]) -> pl.DataFrame:
    rows = [(thing_id, name, json_text(name), is_active) for thing_id, name, is_active in things]
    return pl.DataFrame(rows, schema=NAME_SCHEMA, orient="row")


def project_names(projects: Iterable[Project], default_currency: str) -> pl.DataFrame:
    rows = [
        (
            project.project_id,
            project.name,
            json_text(project.name),
            project.is_active,
            project.client_id,
            project.color,
            project.currency or default_currency,
        )
        for project in projects
    ]
    return pl.DataFrame(rows, schema=PROJECT_SCHEMA, orient="row")


def tag_set_codes(known: pl.DataFrame, ids: Sequence[int]) -> pl.DataFrame:
    """`tag_set_id` by code, new ids behind the old ones; code 0 is the record's null, no tags."""
    fresh = pl.DataFrame({"tag_set_id": ids}, schema={"tag_set_id": pl.Int64})
    return pl.concat([known, fresh])


def no_tag_set_codes() -> pl.DataFrame:
    return pl.DataFrame({"tag_set_id": [0]}, schema={"tag_set_id": pl.Int64})


def tag_sets(id_texts: Sequence[str], tags: Iterable[Tag]) -> pl.DataFrame:
    """The dimension by code from the sets' ids as text; the first is the empty set."""
    names: Mapping[int, str] = {tag.tag_id: tag.name for tag in tags}
    sets = [tag_ids_of(text) for text in id_texts]
    places = {
        code: place
        for place, code in enumerate(sorted(range(len(sets)), key=lambda code: sets[code]))
    }
    rows = [
        (
            list(ids),
            [names.get(tag_id, "") for tag_id in ids],
            f"[{','.join(map(str, ids))}]",
            f"[{','.join(json_text(names.get(tag_id, '')) for tag_id in ids)}]",
            places[code],
        )
        for code, ids in enumerate(sets)
    ]
    return pl.DataFrame(rows, schema=TAG_SET_SCHEMA, orient="row")
