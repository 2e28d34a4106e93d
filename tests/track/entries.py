"""What the tests of time entries share: making one, reading it back, and what the report makes of it."""

from datetime import UTC, datetime
from typing import Any

from tests.track.asking import ADA, AGENCY, REPORTS, Asker, refusal

ENTRIES = f"/workspaces/{AGENCY}/time_entries"
MINE = "/me/time_entries"
START = "2026-01-15T08:00:00Z"
STARTED_AT = "2026-01-15T08:00:00+00:00"
KEYS = [
    "id",
    "workspace_id",
    "project_id",
    "task_id",
    "billable",
    "start",
    "stop",
    "duration",
    "description",
    "tags",
    "tag_ids",
    "duronly",
    "at",
    "server_deleted_at",
    "user_id",
    "uid",
    "wid",
    "pid",
    "tid",
    "permissions",
]
OWN = [107, 102, 101, 100]  # Ada's of the agency, newest start first; 107 is running
ALL_SECONDS = 15_720  # every stopped entry of the agency
NOT_FOUND = (404, "Time entry not found")
NO_RESOURCE = (404, "Resource can not be found")
NO_PROJECT = (400, "Project not found/accessible")
NO_TASK = (400, "Task not found/accessible")
NO_TAG = (400, "Tag not found/accessible")
NO_USER = (400, "User not found/accessible")
NO_WORKSPACE = (403, "Workspace not found/accessible")


def payload(**more: Any) -> dict[str, Any]:
    """The body that makes an entry of one hour, unless told otherwise; None leaves a key out."""
    body = {"created_with": "tests", "start": START, "duration": 3600, **more}
    return {key: value for key, value in body.items() if value is not None}


def new(agency: Asker, by: int = ADA, workspace: int = AGENCY, **more: Any) -> dict[str, Any]:
    return agency.post(f"/workspaces/{workspace}/time_entries", payload(**more), by)


def run(agency: Asker, start: str, by: int = ADA, workspace: int = AGENCY) -> dict[str, Any]:
    """Starts the clock."""
    return new(agency, by, workspace, start=start, duration=-1)


def read(agency: Asker, entry_id: int, by: int = ADA) -> dict[str, Any]:
    return agency.get(f"{MINE}/{entry_id}", by)


def refused(
    agency: Asker, method: str, path: str, body: Any = None, by: int = ADA
) -> tuple[int, Any]:
    return refusal(agency.ask(method, path, by, json=body))


def listed(agency: Asker, by: int = ADA, **query: Any) -> list[int]:
    """The ids of the entries that the list tells, in its order."""
    return [one["id"] for one in agency.get(MINE, by, **query)]


def seconds(agency: Asker, by: int = ADA, **asked: Any) -> int:
    """All seconds of the summary report."""
    groups = agency.summary(by, **asked)["groups"]
    return sum(sub["seconds"] for group in groups for sub in group["sub_groups"])


def titles(agency: Asker, project_id: int | None) -> list[str]:
    """What the summary report calls the entries of a project."""
    groups = agency.summary()["groups"]
    found = [group for group in groups if group["id"] == project_id]
    return [sub["title"] for group in found for sub in group["sub_groups"]]


def times(entry: dict[str, Any]) -> tuple[str, str | None, int]:
    return entry["start"], entry["stop"], entry["duration"]


def second_workspace(agency: Asker) -> int:
    """Another workspace of Ada's, in an organization of its own."""
    made = agency.post("/organizations", {"name": "Side House", "workspace_name": "Side"})
    return made["workspace_id"]


def everything(agency: Asker) -> Any:
    """What a refused write could have changed: all of Ada's and Bo's entries, the tags, the report."""
    people = [agency.get(MINE, by, since=0) for by in (1, 2)]
    report = agency.post(
        f"{REPORTS}/summary/time_entries", {"start_date": "2025-12-01", "end_date": "2026-12-31"}
    )
    return people, agency.get(f"/workspaces/{AGENCY}/tags"), report


def unix(text: str) -> int:
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp())
