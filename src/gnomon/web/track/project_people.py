"""`project_users` and `project_groups` of a workspace."""

from collections.abc import Iterable
from typing import Any

from gnomon.model.catalog import ProjectGroup, ProjectUser, UserGroup
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.tracking import project_people as tracking
from gnomon.tracking.refusals import BadChange
from gnomon.tracking.seeing import seen_projects
from gnomon.web.track.calls import OK, Call, Row, told_outcome
from gnomon.web.track.paths import WORKSPACE
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import (
    Prices,
    prices_for,
    project_group_json,
    project_user_json,
)
from gnomon.wire.track_v9.patches import PatchBody, ids_of_path, project_user_patches
from gnomon.wire.track_v9.queries import flag, ids

PROJECTS_MAX = 200


def list_project_users(call: Call) -> Any:
    project_ids = _project_ids(call)
    try:
        user_ids = ids(call.query, "user_id")
    except BadChange:
        raise BadChange("Invalid user_id") from None
    prices = prices_for(call.actor)
    direct = [
        _told(call, one, prices)
        for one in tracking.seen_project_users(call.actor)
        if (project_ids is None or one.project_id in project_ids)
        and (user_ids is None or one.user_id in user_ids)
    ]
    if not flag(call.query, "with_group_members"):
        return direct
    known = {(one["project_id"], one["user_id"]) for one in direct}
    through = [
        one
        for one in _through_groups(call, project_ids)
        if (one["project_id"], one["user_id"]) not in known
        and (user_ids is None or one["user_id"] in user_ids)
    ]
    return [*direct, *through]


def _project_ids(call: Call) -> frozenset[int] | None:
    project_ids = ids(call.query, "project_ids")
    if project_ids is not None and len(project_ids) > PROJECTS_MAX:
        raise BadChange("project_ids cannot exceed 200 elements.")
    return project_ids


def _through_groups(call: Call, project_ids: frozenset[int] | None) -> Iterable[dict[str, Any]]:
    """Who is on a project because his group is."""
    groups = {
        one.user_group_id: one
        for one in load_nouns(call.connection, call.actor.workspace_id, UserGroup)
    }
    prices = prices_for(call.actor)
    for place in tracking.seen_project_groups(call.actor):
        if project_ids is not None and place.project_id not in project_ids:
            continue
        for user_id in groups[place.user_group_id].user_ids:
            one = ProjectUser(
                project_user_id=place.project_group_id,
                project_id=place.project_id,
                user_id=user_id,
            )
            group_id = place.user_group_id
            yield {**_told(call, one, prices), "group_id": group_id, "gid": group_id}


def add_project_user(call: Call) -> Any:
    made = tracking.include_user(call.actor, call.given)
    return _told(call, made, prices_for(call.actor))


def change_project_user(call: Call) -> Any:
    if not call.given:
        raise BadChange("Missing data")
    number = call.number("project_user")
    changed = tracking.change_project_user(call.actor, number, call.given)
    return _told(call, changed, prices_for(call.actor))


def patch_project_users(call: Call) -> Any:
    numbers = ids_of_path(
        call.path["project_user_ids"],
        "Invalid value as user IDs",
        "PATCH request is limited to 100 entries at once",
    )
    patches = project_user_patches(call.given)
    return told_outcome(tracking.patch_project_users(call.actor, numbers, patches))


def remove_project_user(call: Call) -> Any:
    number = call.number("project_user")
    tracking.exclude_user(call.actor, number)
    return number


def _told(call: Call, one: ProjectUser, prices: Prices) -> dict[str, Any]:
    return project_user_json(call.actor.workspace_id, one, prices)


def list_project_groups(call: Call) -> Any:
    project_ids = _project_ids(call)
    seen = {one.project_id for one in seen_projects(call.actor)}
    return [
        _group_told(call, one)
        for one in tracking.seen_project_groups(call.actor)
        if one.project_id in seen and (project_ids is None or one.project_id in project_ids)
    ]


def add_project_group(call: Call) -> Any:
    return _group_told(call, tracking.include_group(call.actor, call.given))


def remove_project_group(call: Call) -> Any:
    tracking.exclude_group(call.actor, call.number("project_group"))
    return OK


def _group_told(call: Call, one: ProjectGroup) -> dict[str, Any]:
    return project_group_json(call.actor.workspace_id, one)


ROWS = (
    Row("GET", f"{WORKSPACE}/project_users", list_project_users, "People on projects"),
    Row(
        "POST",
        f"{WORKSPACE}/project_users",
        add_project_user,
        "Put somebody on a project",
        payloads.NEW_PROJECT_USER,
        Touched.CATALOG,
    ),
    Row(
        "PUT",
        f"{WORKSPACE}/project_users/{{project_user_id}}",
        change_project_user,
        "Change somebody's place on a project",
        payloads.PROJECT_USER,
        Touched.CATALOG,
    ),
    Row(
        "PATCH",
        f"{WORKSPACE}/project_users/{{project_user_ids}}",
        patch_project_users,
        "Change many places on projects",
        PatchBody(),
        Touched.CATALOG,
    ),
    Row(
        "DELETE",
        f"{WORKSPACE}/project_users/{{project_user_id}}",
        remove_project_user,
        "Take somebody off a project",
        touched=Touched.CATALOG,
    ),
    Row(
        "GET",
        f"{WORKSPACE}/project_groups",
        list_project_groups,
        "Groups on projects",
    ),
    Row(
        "POST",
        f"{WORKSPACE}/project_groups",
        add_project_group,
        "Put a group on a project",
        payloads.PROJECT_GROUP,
        Touched.CATALOG,
    ),
    Row(
        "DELETE",
        f"{WORKSPACE}/project_groups/{{project_group_id}}",
        remove_project_group,
        "Take a group off a project",
        touched=Touched.CATALOG,
    ),
)
