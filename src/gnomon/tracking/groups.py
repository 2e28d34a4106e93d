"""Groups of users. One of an organization stands in each of its workspaces that it is assigned to, under one number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gnomon.errors import GnomonError
from gnomon.model.catalog import UserGroup
from gnomon.store.catalog import find_nouns, load_nouns, put_nouns, remove_group
from gnomon.store.changes import Touched
from gnomon.store.ids import new_id
from gnomon.store.organizations import workspaces_of
from gnomon.store.workspaces import load_members
from gnomon.tracking.actor import Actor
from gnomon.tracking.names import clean_name
from gnomon.tracking.organizations import House, writing
from gnomon.tracking.refusals import Absent, BadChange, Forbidden, NameTaken

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """A group of an organization, with the workspaces that it is in and everybody who is in it in any of them."""

    user_group_id: int
    name: str
    updated_at: int
    workspace_ids: tuple[int, ...]
    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """Users or workspaces, added or removed."""

    op: str
    path: str
    values: tuple[int, ...]


class GroupAbsent(Absent):
    """Of an organization."""

    def __init__(self) -> None:
        super().__init__("Invalid group ID.")


def shared_groups(house: House) -> list[SharedGroup]:
    """Of the workspaces that the asker belongs to, by name."""
    found: dict[int, SharedGroup] = {}
    for actor in house.actors:
        for group in load_nouns(actor.connection, actor.workspace_id, UserGroup):
            present = found.get(group.user_group_id)
            found[group.user_group_id] = SharedGroup(
                group.user_group_id,
                group.name,
                max(group.updated_at, present.updated_at if present else 0),
                (*(present.workspace_ids if present else ()), actor.workspace_id),
                tuple(sorted({*group.user_ids, *(present.user_ids if present else ())})),
            )
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.user_group_id))


def shared_group(house: House, group_id: int) -> SharedGroup:
    for group in shared_groups(house):
        if group.user_group_id == group_id:
            return group
    raise GroupAbsent


def add_shared_group(house: House, given: Given) -> SharedGroup:
    """Without workspaces: in all where the asker is admin."""
    workspace_ids = given.get("workspaces")
    if workspace_ids is not None:
        _need_workspaces(house, workspace_ids)
    if workspace_ids == ():
        raise BadChange("A group needs a workspace")
    actors = house.admin_actors(None if workspace_ids is None else set(workspace_ids))
    if not actors:
        raise Forbidden("User does not have access to this resource")
    name = _clean(given.get("name"))
    _need_free_name(house, name, 0)
    user_ids = given.get("users") or ()
    _need_users(house, user_ids)
    group_id = new_id(house.connection, "user_group")
    _write(house, (group_id, name), set(user_ids), actors)
    return shared_group(house, group_id)


def change_shared_group(house: House, group_id: int, given: Given) -> SharedGroup:
    """Only what is given changes; the asker must be an admin wherever the group is or will be."""
    present = shared_group(house, group_id)
    _need_rights(house, group_id)
    wanted = given.get("workspaces")
    if wanted is not None:
        _need_workspaces(house, wanted)
    if wanted == ():
        raise BadChange("A group needs a workspace")
    here = set(present.workspace_ids if wanted is None else wanted)
    actors = house.admin_actors(here | set(present.workspace_ids))
    name = present.name if given.get("name") is None else _clean(given["name"])
    _need_free_name(house, name, group_id)
    user_ids = present.user_ids if given.get("users") is None else given["users"]
    _need_users(house, user_ids)
    _write(
        house,
        (group_id, name),
        set(user_ids),
        [actor for actor in actors if actor.workspace_id in here],
    )
    for actor in actors:
        if actor.workspace_id not in here:
            writer = writing(actor, Touched.CATALOG)
            remove_group(writer.connection, writer.workspace_id, group_id)
    return shared_group(house, group_id)


def patch_shared_group(
    house: House, group_id: int, patches: Sequence[Patch]
) -> list[tuple[Patch, str | None]]:
    """Each patch by itself, with why it failed."""
    shared_group(house, group_id)
    _need_rights(house, group_id)
    told: list[tuple[Patch, str | None]] = []
    for patch in patches:
        try:
            with house.connection.begin_nested():
                _patch(house, group_id, patch)
        except GnomonError as error:
            told.append((patch, str(error)))
        else:
            told.append((patch, None))
    return told


def _patch(house: House, group_id: int, patch: Patch) -> None:
    shared = shared_group(house, group_id)
    key = patch.path.removeprefix("/")
    (_need_users if key == "users" else _need_workspaces)(house, patch.values)
    present = set(shared.user_ids if key == "users" else shared.workspace_ids)
    values = present | set(patch.values) if patch.op == "add" else present - set(patch.values)
    change_shared_group(house, group_id, {key: tuple(sorted(values))})


def delete_shared_group(house: House, group_id: int) -> None:
    shared = shared_group(house, group_id)
    _need_rights(house, group_id)
    for actor in house.admin_actors(set(shared.workspace_ids)):
        writer = writing(actor, Touched.CATALOG)
        remove_group(writer.connection, writer.workspace_id, group_id)


def _need_rights(house: House, group_id: int) -> None:
    """The asker is an admin wherever the group is, also in workspaces that he does not see."""
    house.admin_actors(
        {
            one.workspace_id
            for one in house.workspaces
            if group_id in find_nouns(house.connection, one.workspace_id, UserGroup, [group_id])
        }
    )


def _write(
    house: House, named: tuple[int, str], user_ids: set[int], actors: Sequence[Actor]
) -> None:
    """In each workspace those of the people who are members of it."""
    group_id, name = named
    for actor in actors:
        writer = writing(actor, Touched.CATALOG)
        members = {one.user_id for one in load_members(house.connection, actor.workspace_id)}
        group = UserGroup(
            user_group_id=group_id,
            name=name,
            updated_at=house.now,
            user_ids=tuple(sorted(user_ids & members)),
        )
        put_nouns(house.connection, writer.workspace_id, [group])


def _clean(name: str | None) -> str:
    return clean_name(
        name or "",
        NAME_LENGTH_MAX,
        empty="Group name must be present",
        long="Group name too long, maximum length is {}",
    )


def _need_free_name(house: House, name: str, group_id: int) -> None:
    for actor in house.actors:  # what others have elsewhere is not told, not even by a refusal
        for one in load_nouns(house.connection, actor.workspace_id, UserGroup):
            if one.name.casefold() == name.casefold() and one.user_group_id != group_id:
                raise NameTaken


def _need_workspaces(house: House, workspace_ids: Sequence[int]) -> None:
    mine = {actor.workspace_id for actor in house.actors}
    for one in workspace_ids:
        if one not in mine:
            raise BadChange(
                f"Workspace {one} not exists in the organization {house.organization.organization_id}"
            )


def _need_users(house: House, user_ids: Sequence[int]) -> None:
    known = {
        member.user_id
        for actor in house.actors
        for member in load_members(house.connection, actor.workspace_id)
    }
    for one in user_ids:
        if one not in known:
            raise BadChange(
                f"User {one} not exists in the organization {house.organization.organization_id}"
            )


def seen_group(actor: Actor, group_id: int) -> UserGroup:
    """Of one workspace."""
    for group in load_nouns(actor.connection, actor.workspace_id, UserGroup):
        if group.user_group_id == group_id:
            return group
    raise Absent("Group was not found")


def add_group(actor: Actor, name: str | None) -> UserGroup:
    actor.needs_admin()
    group = UserGroup(
        user_group_id=new_id(actor.connection, "user_group"),
        name=_clean(name),
        updated_at=actor.now,
    )
    return _put(actor, group)


def _need_only_here(actor: Actor, group_id: int) -> None:
    """A group of several workspaces is changed through the organization, in all of them at once."""
    actor.needs_admin()
    for one in workspaces_of(actor.connection, actor.workspace.organization_id):
        if one.workspace_id != actor.workspace_id and find_nouns(
            actor.connection, one.workspace_id, UserGroup, [group_id]
        ):
            raise Forbidden("User does not have access to this resource")


def rename_group(actor: Actor, group_id: int, name: str | None) -> UserGroup:
    group = seen_group(actor, group_id)
    _need_only_here(actor, group_id)
    return _put(actor, replace(group, name=_clean(name), updated_at=actor.now))


def _put(actor: Actor, group: UserGroup) -> UserGroup:
    for one in load_nouns(actor.connection, actor.workspace_id, UserGroup):
        if one.name.casefold() == group.name.casefold() and (
            one.user_group_id != group.user_group_id
        ):
            raise NameTaken
    put_nouns(actor.connection, actor.workspace_id, [group])
    return group


def delete_group(actor: Actor, group_id: int) -> None:
    group = seen_group(actor, group_id)
    _need_only_here(actor, group_id)
    remove_group(actor.connection, actor.workspace_id, group.user_group_id)
