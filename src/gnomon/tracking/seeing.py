"""Which projects, clients and people the actor may know of and change (D9.3), asked of few things at a time."""

from collections.abc import Iterable

from gnomon.model.catalog import Client, Project, UserGroup
from gnomon.query.access import groups_of, is_on
from gnomon.store.catalog import find_noun, load_nouns
from gnomon.store.project_people import load_project_users
from gnomon.store.workspaces import Member, load_members
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Forbidden, ProjectAbsent, ProjectUnknown, UserUnknown


def seen_projects(actor: Actor, *, with_deleted: bool = False) -> list[Project]:
    """By ascending id. Who was never allowed to see a project is not told that it is gone."""
    projects = load_nouns(actor.connection, actor.workspace_id, Project, with_deleted=with_deleted)
    return list(_seen(actor, projects))


def _seen(actor: Actor, projects: Iterable[Project]) -> Iterable[Project]:
    if actor.is_admin:
        return projects
    own = own_groups(actor)
    return (one for one in projects if not one.is_private or is_on(one, actor.user_id, own))


def own_groups(actor: Actor) -> set[int]:
    groups = load_nouns(actor.connection, actor.workspace_id, UserGroup)
    return groups_of(actor.user_id, groups)


def find_seen_project(actor: Actor, project_id: int) -> Project | None:
    project = find_noun(actor.connection, actor.workspace_id, Project, project_id)
    return None if project is None else next(iter(_seen(actor, [project])), None)


def seen_project(actor: Actor, project_id: int) -> Project:
    """The project of a path."""
    project = find_seen_project(actor, project_id)
    if project is None:
        raise ProjectAbsent
    return project


def named_project(actor: Actor, project_id: int) -> Project:
    """The project that a body names."""
    project = find_seen_project(actor, project_id)
    if project is None:
        raise ProjectUnknown
    return project


def managed_ids(actor: Actor) -> set[int]:
    """The projects that the actor manages by being on them as a manager."""
    mine = load_project_users(actor.connection, actor.workspace_id, actor.user_id)
    return {one.project_id for one in mine if one.is_manager}


def needs_manager(actor: Actor, project: Project) -> None:
    if not actor.is_admin and project.project_id not in managed_ids(actor):
        raise Forbidden


def managed_project(actor: Actor, project_id: int) -> Project:
    """The project of a path, for one who may change it."""
    project = seen_project(actor, project_id)
    needs_manager(actor, project)
    return project


def seen_clients(actor: Actor, *, with_deleted: bool = False) -> list[Client]:
    """A member knows clients without projects and those of projects that he sees; of deleted ones nobody can tell any
    more whether he did.
    """
    clients = load_nouns(actor.connection, actor.workspace_id, Client, with_deleted=with_deleted)
    if actor.is_admin:
        return clients
    projects = load_nouns(actor.connection, actor.workspace_id, Project)
    seen = {one.client_id for one in _seen(actor, projects)}
    hidden = {one.client_id for one in projects} - seen
    return [one for one in clients if one.client_id not in hidden and one.deleted_at is None]


def active_member(actor: Actor, user_id: int) -> Member:
    """Somebody whom a body names."""
    for member in load_members(actor.connection, actor.workspace_id):
        if member.user_id == user_id and member.is_active:
            return member
    raise UserUnknown
