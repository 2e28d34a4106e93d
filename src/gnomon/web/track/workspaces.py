"""`workspaces`: settings, figures, currencies, logo."""

from typing import Any

from starlette.responses import Response

from gnomon.model.account import Role
from gnomon.model.catalog import UserGroup
from gnomon.model.logo import logo_media_type
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.logos import put_logo, read_logo
from gnomon.store.workspaces import load_members
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Absent
from gnomon.tracking.seeing import seen_projects
from gnomon.tracking.workspaces import change_workspace as change
from gnomon.web.respond import SAFE_HEADERS
from gnomon.web.track.calls import Call, Reply, Row
from gnomon.web.track.paths import WORKSPACE
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.fields import Upload
from gnomon.wire.track_v9.me import LOGO, workspace_json


def logo_url(call: Call, workspace_id: int) -> str:
    """Of the workspace's own picture, else of ours."""
    if read_logo(call.connection, workspace_id) is None:
        return call.base + LOGO
    return f"{call.base}/api/v9/workspaces/{workspace_id}/logo/image"


def told(call: Call, actor: Actor) -> dict[str, Any]:
    return workspace_json(actor, logo_url(call, actor.workspace_id))


def read_workspace(call: Call) -> Any:
    return told(call, call.actor)


def change_workspace(call: Call) -> Any:
    workspace = change(call.actor, call.given)
    actor = Actor(
        connection=call.connection,
        account=call.account,
        workspace=workspace,
        role=call.actor.role,
        now=call.now,
    )
    return told(call, actor)


def read_statistics(call: Call) -> Any:
    members = [
        one for one in load_members(call.connection, call.actor.workspace_id) if one.is_active
    ]
    groups = load_nouns(call.connection, call.actor.workspace_id, UserGroup)
    return {
        "admins": [
            {"user_id": one.user_id, "name": one.account.name}
            for one in members
            if one.role is Role.ADMIN
        ],
        "groups_count": len(groups),
        "members_count": len(members),
    }


def list_currencies(call: Call) -> Any:
    """The workspace's own first, then those of the projects that the asker sees."""
    found = {one.currency for one in seen_projects(call.actor) if one.currency}
    default = call.actor.workspace.default_currency
    return [default, *sorted(found - {default})]


def read_constraints(call: Call) -> Any:  # noqa: ARG001
    """Nothing that an entry must have here."""
    return {
        "description_present": False,
        "project_present": False,
        "tag_present": False,
        "task_present": False,
        "time_entry_constraints_enabled": False,
    }


def read_logo_url(call: Call) -> Any:
    return {"logo": logo_url(call, call.actor.workspace_id)}


def read_logo_image(call: Call) -> Any:
    image = read_logo(call.connection, call.actor.workspace_id)
    if image is None:
        raise Absent("Not found")
    return Reply(Response(image, media_type=logo_media_type(image), headers=SAFE_HEADERS))


def change_logo(call: Call) -> Any:
    """A form with the picture in the field `file`."""
    call.actor.needs_admin()
    put_logo(call.connection, call.actor.workspace_id, call.given, call.now)
    return read_logo_url(call)


def remove_logo(call: Call) -> Any:
    call.actor.needs_admin()
    put_logo(call.connection, call.actor.workspace_id, None, call.now)
    return read_logo_url(call)


ROWS = (
    Row("GET", WORKSPACE, read_workspace, "A workspace"),
    Row(
        "PUT",
        WORKSPACE,
        change_workspace,
        "Change a workspace",
        payloads.WORKSPACE,
        Touched.WORKSPACE,
    ),
    Row("GET", f"{WORKSPACE}/statistics", read_statistics, "How many people and groups"),
    Row("GET", f"{WORKSPACE}/currencies", list_currencies, "Currencies in use"),
    Row(
        "GET",
        f"{WORKSPACE}/time_entry_constraints",
        read_constraints,
        "What a time entry must have",
    ),
    Row("GET", f"{WORKSPACE}/logo", read_logo_url, "Where the logo is"),
    Row("GET", f"{WORKSPACE}/logo/image", read_logo_image, "The logo itself"),
    Row("POST", f"{WORKSPACE}/logo", change_logo, "Set the logo", Upload(), Touched.NO_COLUMN),
    Row("DELETE", f"{WORKSPACE}/logo", remove_logo, "Remove the logo", touched=Touched.NO_COLUMN),
)
