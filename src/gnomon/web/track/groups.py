"""`groups` of an organization and of a workspace."""

from typing import Any

from gnomon.model.catalog import UserGroup
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.workspaces import Member, load_members
from gnomon.tracking import groups as tracking
from gnomon.tracking.groups import Patch, SharedGroup
from gnomon.tracking.refusals import BadChange
from gnomon.web.track.calls import OK, Call, Row, Undone
from gnomon.web.track.paths import GROUP, ORGANIZATION, WORKSPACE
from gnomon.wire.errors import InvalidFormat
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.fields import Field, Kind, read_value
from gnomon.wire.track_v9.me import PICTURE
from gnomon.wire.track_v9.people import group_json, group_patches_json, shared_group_json
from gnomon.wire.track_v9.queries import contains, ids

PATCHES_MAX = VALUES_MAX = 100


def list_shared_groups(call: Call) -> Any:
    try:
        workspace_ids = ids(call.query, "workspace")
    except BadChange:
        raise BadChange("Invalid number in workspace") from None
    found = [
        one
        for one in tracking.shared_groups(call.house)
        if contains(one.name, call.query.get("name"))
        and (workspace_ids is None or not workspace_ids.isdisjoint(one.workspace_ids))
    ]
    return _told(call, found)


def list_shared_groups_of_workspace(call: Call) -> Any:
    here = call.actor.workspace_id
    return _told(
        call, [one for one in tracking.shared_groups(call.house) if here in one.workspace_ids]
    )


def add_shared_group(call: Call) -> Any:
    return _told(call, [tracking.add_shared_group(call.house, call.given)])[0]


def change_shared_group(call: Call) -> Any:
    number = call.number("group")
    given = {**call.given, "name": call.given.get("name") or ""}
    return _told(call, [tracking.change_shared_group(call.house, number, given)])[0]


def patch_shared_group(call: Call) -> Any:
    if len(call.given) > PATCHES_MAX:
        raise BadChange("Too many operations (more than 100 patches in request)")
    patches = [_patch(one) for one in call.given]
    done = tracking.patch_shared_group(call.house, call.number("group"), patches)
    told = group_patches_json(done)
    if not told["success"]:
        raise Undone(told)
    return told


def _patch(given: dict[str, Any]) -> Patch:
    op, path = given.get("op"), given.get("path")
    if op not in ("add", "remove") or path not in ("/users", "/workspaces"):
        raise BadChange(
            "Unsupported operation (invalid 'op' or 'path', or unsupported combination)"
        )
    try:
        values = read_value(Field("value", Kind.IDS), "value", given.get("value"))
    except InvalidFormat:
        values = None
    if not values or len(values) > VALUES_MAX:
        raise BadChange(
            "Value not present, or too many per patch operation"
            " (empty 'value' array or more than 100 values)"
        )
    return Patch(op, path, values)


def delete_shared_group(call: Call) -> Any:
    tracking.delete_shared_group(call.house, call.number("group"))
    return OK


def _told(call: Call, groups: list[SharedGroup]) -> list[dict[str, Any]]:
    people: dict[int, Member] = {}
    for actor in call.house.actors:
        for member in load_members(call.connection, actor.workspace_id):
            if member.user_id not in people or member.is_active:
                people[member.user_id] = member
    return [shared_group_json(one, people, call.base + PICTURE) for one in groups]


def list_groups(call: Call) -> Any:
    groups = load_nouns(call.connection, call.actor.workspace_id, UserGroup)
    ordered = sorted(groups, key=lambda one: (one.name.casefold(), one.user_group_id))
    return [group_json(call.actor.workspace_id, one) for one in ordered]


def add_group(call: Call) -> Any:
    group = tracking.add_group(call.actor, call.given.get("name"))
    return group_json(call.actor.workspace_id, group)


def rename_group(call: Call) -> Any:
    group = tracking.rename_group(call.actor, call.number("group"), call.given.get("name"))
    return group_json(call.actor.workspace_id, group)


def delete_group(call: Call) -> Any:
    tracking.delete_group(call.actor, call.number("group"))
    return OK


ROWS = (
    Row("GET", f"{WORKSPACE}/groups", list_groups, "Groups of a workspace"),
    Row("POST", f"{WORKSPACE}/groups", add_group, "Add a group", payloads.GROUP, Touched.CATALOG),
    Row(
        "PUT",
        f"{WORKSPACE}/groups/{{group_id}}",
        rename_group,
        "Rename a group",
        payloads.GROUP,
        Touched.CATALOG,
    ),
    Row(
        "DELETE",
        f"{WORKSPACE}/groups/{{group_id}}",
        delete_group,
        "Delete a group",
        touched=Touched.CATALOG,
    ),
    Row("GET", f"{ORGANIZATION}/groups", list_shared_groups, "Groups of an organization"),
    Row(
        "GET",
        f"{ORGANIZATION}/workspaces/{{workspace_id}}/groups",
        list_shared_groups_of_workspace,
        "Groups of one workspace of an organization",
    ),
    Row(
        "POST",
        f"{ORGANIZATION}/groups",
        add_shared_group,
        "Add a group to an organization",
        payloads.SHARED_GROUP,
        Touched.CATALOG,
    ),
    Row(
        "PUT", GROUP, change_shared_group, "Change a group", payloads.SHARED_GROUP, Touched.CATALOG
    ),
    Row(
        "PATCH",
        GROUP,
        patch_shared_group,
        "Add or remove people and workspaces of a group",
        payloads.GROUP_PATCHES,
        Touched.CATALOG,
    ),
    Row("DELETE", GROUP, delete_shared_group, "Delete a group", touched=Touched.CATALOG),
)
