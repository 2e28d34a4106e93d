"""`clients` of a workspace."""

from typing import Any

from gnomon.model.catalog import Client
from gnomon.store.changes import Touched
from gnomon.tracking import clients as tracking
from gnomon.tracking.refusals import BadChange
from gnomon.tracking.seeing import seen_clients
from gnomon.web.track.calls import OK, Call, Row
from gnomon.web.track.paths import CLIENT, WORKSPACE
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import client_json
from gnomon.wire.track_v9.fields import IdList
from gnomon.wire.track_v9.queries import contains

STATUSES = ("active", "archived", "both")


def list_clients(call: Call) -> Any:
    status = call.query.get("status") or "active"
    if status not in STATUSES:
        raise BadChange("Client status is invalid")
    return [
        _told(call, one)
        for one in sorted(seen_clients(call.actor), key=lambda one: one.name.casefold())
        if status == "both" or one.is_archived == (status == "archived")
        if contains(one.name, call.query.get("name"))
    ]


def add_client(call: Call) -> Any:
    return _told(call, tracking.add_client(call.actor, call.given))


def read_client(call: Call) -> Any:
    return _told(call, tracking.seen_client(call.actor, call.number("client")))


def change_client(call: Call) -> Any:
    return _told(call, tracking.change_client(call.actor, call.number("client"), call.given))


def delete_client(call: Call) -> Any:
    client_id = call.number("client")
    tracking.delete_clients(call.actor, [client_id])
    return client_id


def archive_client(call: Call) -> Any:
    archived = tracking.archive_clients(call.actor, [call.number("client")])
    return list(archived.project_ids)


def restore_client(call: Call) -> Any:
    client = tracking.restore_client(
        call.actor,
        call.number("client"),
        call.given.get("projects"),
        restores_all=bool(call.given.get("restore_all_projects")),
    )
    return _told(call, client)


def archive_clients(call: Call) -> Any:
    archived = tracking.archive_clients(call.actor, call.given)
    return [{"client_ids": list(archived.client_ids), "project_ids": list(archived.project_ids)}]


def delete_clients(call: Call) -> Any:
    tracking.delete_clients(call.actor, call.given)
    return OK


def list_named_clients(call: Call) -> Any:
    wanted = set(call.given)
    return [_told(call, one) for one in seen_clients(call.actor) if one.client_id in wanted]


def _told(call: Call, client: Client) -> dict[str, Any]:
    return client_json(call.actor.workspace_id, client)


ROWS = (
    Row("GET", f"{WORKSPACE}/clients", list_clients, "Clients of a workspace"),
    Row(
        "POST", f"{WORKSPACE}/clients", add_client, "Add a client", payloads.CLIENT, Touched.CATALOG
    ),
    Row(
        "POST",
        f"{WORKSPACE}/clients/archive",
        archive_clients,
        "Archive clients",
        IdList(),
        Touched.CATALOG,
    ),
    Row(
        "POST",
        f"{WORKSPACE}/clients/delete",
        delete_clients,
        "Delete clients",
        IdList(),
        Touched.CATALOG,
    ),
    Row(
        "PATCH",
        f"{WORKSPACE}/clients/delete",
        delete_clients,
        "Delete clients, as of old",
        IdList(),
        Touched.CATALOG,
    ),
    Row(
        "POST",
        f"{WORKSPACE}/clients/data",
        list_named_clients,
        "Clients by number",
        IdList(),
    ),
    Row("GET", CLIENT, read_client, "A client"),
    Row("PUT", CLIENT, change_client, "Change a client", payloads.CLIENT, Touched.CATALOG),
    Row("DELETE", CLIENT, delete_client, "Delete a client", touched=Touched.CATALOG),
    Row(
        "POST",
        f"{CLIENT}/archive",
        archive_client,
        "Archive a client and its projects",
        touched=Touched.CATALOG,
    ),
    Row(
        "POST",
        f"{CLIENT}/restore",
        restore_client,
        "Restore a client",
        payloads.RESTORE,
        Touched.CATALOG,
    ),
)
