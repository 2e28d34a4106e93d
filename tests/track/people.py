"""What the tests of people ask for again and again: members, newcomers, and a look at everything."""

from typing import Any

import httpx2 as httpx

from tests.track.asking import ADA, AGENCY, ORGANIZATIONS, V9, Asker, told

ORGANIZATION = ORGANIZATIONS[AGENCY]
INVITATIONS = f"/organizations/{ORGANIZATION}/invitations"
WORKSPACE = f"/workspaces/{AGENCY}"
NO_ACCESS = (403, "User does not have access to this resource.")
NO_WORKSPACE = (403, "Workspace not found/accessible")
NO_ORGANIZATION = (404, "Organization not found/accessible")
NO_INVITATION = (404, "Invitation not found")
SECRET = "a fine password"


def members(agency: Asker, workspace_id: int = AGENCY, by: int = ADA) -> dict[int, dict[str, Any]]:
    """The workspace users of a workspace by the id of the person."""
    rows = agency.get(f"/workspaces/{workspace_id}/workspace_users", by)
    return {row["user_id"]: row for row in rows}


def membership(agency: Asker, user_id: int) -> str:
    """The path of somebody's place in the agency."""
    return f"{WORKSPACE}/workspace_users/{members(agency)[user_id]['id']}"


def snapshot(agency: Asker) -> dict[str, Any]:
    """All that a refused write of this part could have changed."""
    paths = [
        WORKSPACE,
        f"{WORKSPACE}/workspace_users",
        f"{WORKSPACE}/project_users",
        f"{WORKSPACE}/projects/30",
        f"{WORKSPACE}/rates/workspace/{AGENCY}",
        f"{WORKSPACE}/rates/project/30",
        f"{WORKSPACE}/logo",
        "/me/organizations",
        "/me/workspaces",
        f"/organizations/{ORGANIZATION}/groups",
        f"/organizations/{ORGANIZATION}/users",
    ]
    return {path: agency.get(path) for path in paths}


def invitation(*emails: str, **more: Any) -> dict[str, Any]:
    """The body that invites people to the agency as members."""
    workspaces = [{"workspace_id": AGENCY, "admin": False}]
    return {"emails": list(emails), "workspaces": workspaces, "skip_email": True, **more}


def code_of(info: dict[str, Any]) -> str:
    return info["invite_url"].rsplit("/", 1)[1]


def invite(agency: Asker, email: str, **more: Any) -> str:
    """The code of a new invitation."""
    [info] = agency.post(INVITATIONS, invitation(email, **more))["data"]
    return code_of(info)


def look(agency: Asker, code: str) -> httpx.Response:
    return agency.ask("GET", f"/organizations/invitations/{code}", by=None)


def accept(agency: Asker, code: str, by: int | None = None, **body: Any) -> httpx.Response:
    return agency.ask("POST", f"/organizations/invitations/{code}/accept", by, json=body)


def newcomer(agency: Asker, email: str = "dan@example.com", **more: Any) -> dict[str, Any]:
    """Somebody who was invited and came: what `/me` says of him."""
    code = invite(agency, email, **more)
    return told(accept(agency, code, fullname="Dan", password=SECRET))


def as_newcomer(
    agency: Asker, person: dict[str, Any], method: str, path: str, **more: Any
) -> httpx.Response:
    """A request with the token of somebody the agency did not know before."""
    whole = path if path.startswith("/reports") else f"{V9}{path}"
    return agency.http.request(method, whole, auth=(person["api_token"], "api_token"), **more)
