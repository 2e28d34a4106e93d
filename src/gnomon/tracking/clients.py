"""Clients: made, changed, archived with their projects, restored and deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gnomon.model.catalog import Client, Project
from gnomon.store.catalog import load_nouns, load_projects, put_nouns
from gnomon.store.ids import new_id
from gnomon.tracking.actor import Actor
from gnomon.tracking.names import clean_name
from gnomon.tracking.refusals import BadChange, ClientAbsent, ClientUnknown, Forbidden, NameTaken
from gnomon.tracking.seeing import seen_clients

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 255
MANY_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Archived:
    """Clients, and the projects that went with them."""

    client_ids: tuple[int, ...]
    project_ids: tuple[int, ...]


def seen_client(actor: Actor, client_id: int) -> Client:
    """The client of a path."""
    for client in seen_clients(actor):
        if client.client_id == client_id:
            return client
    raise ClientAbsent(client_id)


def named_client(actor: Actor, client_id: int) -> Client:
    """The client that a body names."""
    for client in seen_clients(actor):
        if client.client_id == client_id:
            return client
    raise ClientUnknown(client_id, actor.workspace_id)


def needs_project_rights(actor: Actor) -> None:
    if actor.workspace.only_admins_may_create_projects and not actor.is_admin:
        raise Forbidden("Only admins may create projects in this workspace")


def add_client(actor: Actor, given: Given) -> Client:
    if actor.workspace.only_admins_may_create_projects and not actor.is_admin:
        raise Forbidden("Forbidden")
    name = _clean(given.get("name") or "")
    _needs_free_name(actor, name, 0)
    client = Client(
        client_id=new_id(actor.connection, "client"),
        name=name,
        notes=given.get("notes") or "",
        external_reference=given.get("external_reference"),
        creator_id=actor.user_id,
        updated_at=actor.now,
    )
    put_nouns(actor.connection, actor.workspace_id, [client])
    return client


def client_of_name(actor: Actor, name: str) -> Client:
    """The client of that name, made where there is none."""
    wanted = _clean(name)
    for client in seen_clients(actor):
        if client.name == wanted:
            return client
    return add_client(actor, {"name": wanted})


def change_client(actor: Actor, client_id: int, given: Given) -> Client:
    client = _changeable(actor, client_id)
    if given.get("name") is not None:
        client = replace(client, name=_clean(given["name"]))
        _needs_free_name(actor, client.name, client_id)
    if "notes" in given:
        client = replace(client, notes=given["notes"] or "")
    if "external_reference" in given:
        client = replace(client, external_reference=given["external_reference"])
    return _put(actor, client)


def archive_clients(actor: Actor, client_ids: Sequence[int]) -> Archived:
    """With their active projects; all or nothing."""
    clients = _changeable_ones(actor, client_ids)
    for client in clients:
        _put(actor, replace(client, is_archived=True))
    ids = tuple(client.client_id for client in clients)
    projects = [one for one in _projects_of(actor, ids) if one.is_active]
    _put_active(actor, projects, is_active=False)
    return Archived(ids, tuple(one.project_id for one in projects))


def restore_client(
    actor: Actor, client_id: int, project_ids: Sequence[int] | None, *, restores_all: bool
) -> Client:
    """With all its archived projects, or with the named ones."""
    client = _put(actor, replace(_changeable(actor, client_id), is_archived=False))
    projects = _projects_of(actor, (client_id,))
    named = set(project_ids or ())
    if named - {one.project_id for one in projects}:
        raise BadChange("Project not found/accessible")
    chosen = [one for one in projects if restores_all or one.project_id in named]
    _put_active(actor, chosen, is_active=True)
    return client


def delete_clients(actor: Actor, client_ids: Sequence[int]) -> None:
    """Their projects stay, without a client; all or nothing."""
    clients = _changeable_ones(actor, client_ids)
    ids = tuple(client.client_id for client in clients)
    orphans = [
        replace(one, client_id=None, updated_at=actor.now) for one in _projects_of(actor, ids)
    ]
    put_nouns(actor.connection, actor.workspace_id, orphans)
    for client in clients:
        _put(actor, replace(client, deleted_at=actor.now))


def _changeable(actor: Actor, client_id: int) -> Client:
    return _changeable_ones(actor, [client_id])[0]


def _changeable_ones(actor: Actor, client_ids: Sequence[int]) -> list[Client]:
    """All of them, each once, or a refusal."""
    if len(client_ids) > MANY_MAX:
        raise BadChange(f"Maximum count of posted IDs is {MANY_MAX}")
    seen = {client.client_id: client for client in seen_clients(actor)}
    for client_id in client_ids:
        if client_id not in seen:
            raise ClientAbsent(client_id)
    if not actor.is_admin:
        raise Forbidden("Forbidden")
    return [seen[client_id] for client_id in dict.fromkeys(client_ids)]


def _put(actor: Actor, client: Client) -> Client:
    changed = replace(client, updated_at=actor.now)
    put_nouns(actor.connection, actor.workspace_id, [changed])
    return changed


def _projects_of(actor: Actor, client_ids: Sequence[int]) -> list[Project]:
    projects = load_projects(actor.connection, actor.workspace_id)
    return [one for one in projects if one.client_id in client_ids]


def _put_active(actor: Actor, projects: Sequence[Project], *, is_active: bool) -> None:
    changed = [replace(one, is_active=is_active, updated_at=actor.now) for one in projects]
    put_nouns(actor.connection, actor.workspace_id, changed)


def _clean(name: str) -> str:
    return clean_name(
        name,
        NAME_LENGTH_MAX,
        empty="Client name cannot be empty",
        long="Client name maximum length is {}",
    )


def _needs_free_name(actor: Actor, name: str, client_id: int) -> None:
    clients = load_nouns(actor.connection, actor.workspace_id, Client)
    if any(one.name == name and one.client_id != client_id for one in clients):
        raise NameTaken
