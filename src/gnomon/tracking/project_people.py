"""Who is on which project, by himself or through a group, and what his hour is worth there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gnomon.model.catalog import Project, ProjectGroup, ProjectUser, UserGroup
from gnomon.model.rate import RateLevel
from gnomon.store.catalog import find_noun
from gnomon.store.project_people import (
    add_project_group,
    add_project_user,
    load_project_groups,
    load_project_users,
    put_project_user,
    remove_project_group,
    remove_project_user,
)
from gnomon.tracking.actor import Actor
from gnomon.tracking.many import Outcome, each, merged
from gnomon.tracking.rates import AMOUNTS, RateKey, RateMode, set_given_rate
from gnomon.tracking.refusals import Absent, BadChange
from gnomon.tracking.seeing import (
    active_member,
    find_seen_project,
    needs_manager,
    seen_project,
    seen_projects,
)

Given = Mapping[str, Any]


def seen_project_users(actor: Actor) -> list[ProjectUser]:
    """Of the projects that the actor sees."""
    projects = {one.project_id for one in seen_projects(actor)}
    everybody = load_project_users(actor.connection, actor.workspace_id)
    return [one for one in everybody if one.project_id in projects]


def include_user(actor: Actor, given: Given) -> ProjectUser:
    project = _managed(actor, given.get("project_id"))
    user_id = given.get("user_id")
    try:
        member = active_member(actor, user_id or 0)
    except BadChange:
        raise BadChange("Invalid user_id") from None
    if member.user_id in project.user_ids:
        raise BadChange("Project user already exists")
    made = add_project_user(
        actor.connection,
        actor.workspace_id,
        (project.project_id, member.user_id),
        actor.now,
        is_manager=bool(given.get("manager")),
    )
    _set_amounts(actor, made, given, None)
    return made


def change_project_user(actor: Actor, project_user_id: int, given: Given) -> ProjectUser:
    """Only what is given changes."""
    present = _changeable(actor, project_user_id)
    manager = given.get("manager")
    changed = replace(
        present,
        is_manager=present.is_manager if manager is None else manager,
        updated_at=actor.now,
    )
    put_project_user(actor.connection, actor.workspace_id, changed)
    _set_amounts(actor, changed, given, RateMode.START_TODAY)
    return changed


def patch_project_users(
    actor: Actor, project_user_ids: Iterable[int], patches: Sequence[Given]
) -> Outcome:
    """Each by himself."""
    given = merged(patches)

    def change(project_user_id: int) -> None:
        change_project_user(actor, project_user_id, given)

    return each(actor, project_user_ids, change)


def exclude_user(actor: Actor, project_user_id: int) -> None:
    """His time on the project stays."""
    _changeable(actor, project_user_id)
    remove_project_user(actor.connection, actor.workspace_id, project_user_id)


def _managed(actor: Actor, project_id: int | None) -> Project:
    """The project that a body names, for one who may change it."""
    project = find_seen_project(actor, project_id or 0)
    if project is None:
        raise BadChange("Invalid project_id")
    needs_manager(actor, project)
    return project


def _changeable(actor: Actor, project_user_id: int) -> ProjectUser:
    for one in seen_project_users(actor):
        if one.project_user_id == project_user_id:
            needs_manager(actor, seen_project(actor, one.project_id))
            return one
    raise BadChange("Project user not found/accessible")


def _set_amounts(actor: Actor, one: ProjectUser, given: Given, usual: RateMode | None) -> None:
    """Rate and labour cost of the person on the project; only admins may."""
    for name, kind in AMOUNTS.items():
        if name not in given or (usual is None and given[name] is None):
            continue
        actor.needs_admin()
        key = RateKey(
            kind=kind,
            level=RateLevel.PROJECT_USER,
            project_id=one.project_id,
            user_id=one.user_id,
        )
        set_given_rate(actor, key, (name, given), usual)


def seen_project_groups(actor: Actor) -> list[ProjectGroup]:
    """Of the projects that the actor sees."""
    projects = {one.project_id for one in seen_projects(actor)}
    everybody = load_project_groups(actor.connection, actor.workspace_id)
    return [one for one in everybody if one.project_id in projects]


def include_group(actor: Actor, given: Given) -> ProjectGroup:
    project = _managed(actor, given.get("project_id"))
    group_id = given.get("group_id") or 0
    group = find_noun(actor.connection, actor.workspace_id, UserGroup, group_id)
    if group is None:
        raise BadChange("Invalid group_id")
    if group.user_group_id in project.user_group_ids:
        raise BadChange("Project group already exists")
    return add_project_group(
        actor.connection, actor.workspace_id, project.project_id, group.user_group_id
    )


def exclude_group(actor: Actor, project_group_id: int) -> None:
    for one in seen_project_groups(actor):
        if one.project_group_id == project_group_id:
            needs_manager(actor, seen_project(actor, one.project_id))
            remove_project_group(actor.connection, actor.workspace_id, project_group_id)
            return
    raise Absent("Project group not found/accessible")
