"""What the tests of clients, projects, tasks and tags share: paths, refusals, looks at everything."""

import re
from datetime import UTC, datetime
from typing import Any

from tests.track.asking import ADA, AGENCY, CLEO, FREE, GONE, OTHER, UNKNOWN, Asker, refusal

WORKSPACE = f"/workspaces/{AGENCY}"
ELSEWHERE = f"/workspaces/{OTHER}"
FREE_WORKSPACE = f"/workspaces/{FREE}"
CLIENTS, PROJECTS = f"{WORKSPACE}/clients", f"{WORKSPACE}/projects"
PEOPLE, GROUPS = f"{WORKSPACE}/project_users", f"{WORKSPACE}/project_groups"
TASKS, TAGS = f"{WORKSPACE}/tasks", f"{WORKSPACE}/tags"
FORBIDDEN = (403, "Forbidden")
NO_ACCESS = (403, "User does not have access to this resource.")
NO_WORKSPACE = (403, "Workspace not found/accessible")
NO_PROJECT = (404, "Resource can not be found")
NO_TASK = (404, "Task not found/accessible")
NO_TAG = (404, "Tag was not found")
TAKEN = (400, "Name has already been taken")
NOT_JSON = (400, "JSON is not valid")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+00:00|\.\d{6}Z)")
LATER = datetime(2028, 2, 1, 12, tzinfo=UTC)  # behind every stamp of the agency's own things
LATER_SECONDS = int(LATER.timestamp())
BAD_IDS = ("abc", "0", "-1", "1.5", "9223372036854775808")


def no_client(client_id: int) -> tuple[int, str]:
    return 404, f"No client with ID {client_id} was found"


def absent_client(client_id: int) -> tuple[int, str]:
    return 400, f"Client with the ID {client_id} isn't present in workspace {AGENCY}"


def everything(agency: Asker) -> list[Any]:
    """All that a refused change of the catalog could have touched, as an admin sees it."""
    return [
        agency.get(CLIENTS, status="both"),
        agency.get(PROJECTS, active="both"),
        agency.get(PEOPLE),
        agency.get(GROUPS),
        agency.get(TASKS, active="both"),
        agency.get(TAGS),
        agency.summary(),
        agency.summary(grouping="tags", sub_grouping="tasks"),
    ]


def refused(
    agency: Asker, method: str, path: str, body: Any = None, by: int = ADA, **more: Any
) -> tuple[int, str]:
    """How a change is refused, having seen that it changed nothing at all."""
    before = everything(agency)
    sent = more if body is None else {"json": body, **more}
    told_so = refusal(agency.ask(method, path, by, **sent))
    assert everything(agency) == before
    return told_so


def refuses_strangers(agency: Asker, method: str, path: str, body: Any) -> None:
    """`path` (with `{w}`) is shut to those who send nothing, belong elsewhere or belong no more."""
    sent = {} if body is None else {"json": body}
    nobody = agency.ask(method, path.format(w=AGENCY), None, **sent)
    assert (nobody.status_code, nobody.content) == (401, b"")
    assert nobody.headers["x-authorization-missing"] == "true"
    before = everything(agency)
    answers = [
        agency.ask(method, path.format(w=AGENCY), CLEO, **sent),
        agency.ask(method, path.format(w=AGENCY), GONE, **sent),
        agency.ask(method, path.format(w=UNKNOWN), ADA, **sent),
    ]
    assert {refusal(answer) for answer in answers} == {NO_WORKSPACE}
    assert len({answer.content for answer in answers}) == 1
    nameless = agency.ask(method, path.format(w="abc"), ADA, **sent)
    assert refusal(nameless) == (400, "Invalid workspace id")
    assert everything(agency) == before


def ids(things: Any) -> list[int]:
    return [thing["id"] for thing in things]


def seconds(agency: Asker, by: int = ADA, **body: Any) -> dict[Any, int]:
    """The seconds of a summary report by its groups' ids (for tags: by their names)."""
    groups = agency.summary(by, **body)["groups"]
    return {
        tuple(group["names"]) if "ids" in group else group["id"]: sum(
            sub["seconds"] for sub in group["sub_groups"]
        )
        for group in groups
    }


def titles(agency: Asker, grouping: str, by: int = ADA) -> dict[Any, str]:
    """The name that a report gives each of its groups."""
    sub_grouping = "users"
    groups = agency.summary(by, grouping=grouping, sub_grouping=sub_grouping)["groups"]
    return {group["id"]: "".join(group["names"]) for group in groups}


def make_client(agency: Asker, name: str, by: int = ADA, **more: Any) -> int:
    return agency.post(CLIENTS, {"name": name, **more}, by)["id"]


def make_project(agency: Asker, name: str, by: int = ADA, **more: Any) -> int:
    """The id of a new active project."""
    return agency.post(PROJECTS, {"name": name, "active": True, **more}, by)["id"]


def make_task(agency: Asker, project_id: int, name: str, by: int = ADA, **more: Any) -> int:
    return agency.post(f"{PROJECTS}/{project_id}/tasks", {"name": name, **more}, by)["id"]


def put_on(agency: Asker, project_id: int, user_id: int, *, manager: bool = False) -> int:
    """The id of the project user that is made."""
    body = {"project_id": project_id, "user_id": user_id, "manager": manager}
    return agency.post(PEOPLE, body)["id"]
