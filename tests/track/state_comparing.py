"""The server's lists and reports against the model's."""

from datetime import UTC, datetime
from typing import Any

from tests.track.asking import ADA, AGENCY, BO, REPORTS, Asker
from tests.track.state_model import Model, ModelEntry, Seconds

HOME = f"/workspaces/{AGENCY}"
EVER = {"start_date": "2006-01-01", "end_date": "2029-12-31"}


def zulu(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unix(told: str | None) -> int | None:
    return None if told is None else int(datetime.fromisoformat(told).timestamp())


def is_there(model: Model, user_id: int) -> bool:
    return user_id not in model.inactive


def assert_lists_agree(agency: Asker, model: Model, viewer: int) -> None:
    """Catalog and people as this viewer sees them; nothing at all for who was deactivated."""
    if not is_there(model, viewer):
        assert agency.ask("GET", f"{HOME}/projects", viewer).status_code == 403
        return
    projects = agency.get(f"{HOME}/projects", viewer, active="both", per_page=200)
    assert {
        one["id"]: (one["name"], one["client_id"], one["is_private"], one["active"])
        for one in projects
    } == model.seen_projects(viewer)
    clients = agency.get(f"{HOME}/clients", viewer, status="both") or []
    told = {one["id"]: (one["name"], one["archived"]) for one in clients}
    assert told == model.seen_clients(viewer)
    tasks = agency.get(f"{HOME}/tasks", viewer, active="both", per_page=200)["data"] or []
    assert {
        one["id"]: (one["name"], one["project_id"], one["active"]) for one in tasks
    } == model.seen_tasks(viewer)
    tags = agency.get(f"{HOME}/tags", viewer, per_page=200) or []
    assert {one["id"]: one["name"] for one in tags} == model.tags
    people = agency.get(f"{HOME}/users", viewer)
    told = {one["id"]: (one["fullname"], one["inactive"]) for one in people}
    assert told == {key: (name, key in model.inactive) for key, name in model.names.items()}


def assert_entries_agree(agency: Asker, model: Model, user_id: int) -> None:
    """His own entries and the one that runs."""
    if not is_there(model, user_id):
        assert agency.get("/me/time_entries", user_id) in ([], None)
        return
    own = model.own_entries(user_id)
    told = agency.get("/me/time_entries", user_id) or []
    assert {one["id"]: entry_told(model, user_id, one) for one in told} == {
        key: entry_meant(model, one) for key, one in own.items()
    }
    current = agency.get("/me/time_entries/current", user_id)
    assert (current and current["id"]) == model.running(user_id)


def entry_told(model: Model, user_id: int, told: dict[str, Any]) -> tuple[Any, ...]:
    """On a project that he no longer sees, only the rest is compared (readings are silent)."""
    start, stop = unix(told["start"]), unix(told["stop"])
    duration = -(start or 0) if stop is None else stop - (start or 0)
    assert told["duration"] == duration
    number = model.entries[told["id"]].project_id if told["id"] in model.entries else None
    is_seen = number is None or model.sees_project(user_id, number)
    return (
        start,
        stop,
        told["description"] or "",
        told["project_id"] if is_seen else number,
        told["task_id"] if is_seen else model.entries[told["id"]].task_id,
        told["billable"],
        sorted(told["tag_ids"] or []),
        sorted(told["tags"] or []),
    )


def entry_meant(model: Model, entry: ModelEntry) -> tuple[Any, ...]:
    return (
        entry.start,
        entry.stop,
        entry.description,
        entry.project_id,
        entry.task_id,
        entry.is_billable,
        sorted(entry.tag_ids),
        sorted(model.tags[tag] for tag in entry.tag_ids),
    )


def assert_reports_agree(agency: Asker, model: Model, viewer: int) -> None:
    """Seconds by project and user; amounts only for the admin (D6.7, D9.3)."""
    asked = {**EVER, "grouping": "projects", "sub_grouping": "users"}
    if not is_there(model, viewer):
        path = f"{REPORTS}/summary/time_entries"
        assert agency.ask("POST", path, viewer, json=asked).status_code == 403
        return
    groups = agency.summary(viewer, grouping="projects", sub_grouping="users")["groups"]
    told: Seconds = {
        group["id"]: {sub["id"]: sub["seconds"] for sub in group["sub_groups"]} for group in groups
    }
    assert told == model.seconds(viewer)
    totals = agency.post(f"{REPORTS}/search/time_entries/totals", EVER, viewer)
    assert totals["seconds"] == sum(sum(one.values()) for one in told.values())
    if viewer == BO:
        assert (totals["billable_amount_in_cents"], totals["rates"]) == (None, None)
    if viewer == ADA:
        assert (totals["billable_amount_in_cents"] or 0) == model.amount_cents()
        assert totals["rates"] == model.rate_lines()
