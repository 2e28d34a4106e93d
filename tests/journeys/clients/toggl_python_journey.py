"""What test_toggl_python.py runs in the client's own environment; prints that it arrived."""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from toggl_python import (  # type: ignore[import-not-found]
    BadRequest,
    BasicAuth,
    CurrentUser,
    ReportTimeEntry,
    TokenAuth,
    Workspace,
)
from toggl_python.entities import report_time_entry  # type: ignore[import-not-found]
from toggl_python.schemas.base import BulkEditOperation  # type: ignore[import-not-found]

HOME = json.loads(sys.argv[1])
BASE = HOME["address"] + "/api/v9"
ID = HOME["workspace_id"]


def yesterday(hour: int) -> datetime:
    return datetime.fromisoformat(HOME["yesterday"]).replace(hour=hour, tzinfo=UTC)


def refused(ask: Any, *words: Any, **more: Any) -> str:
    try:
        ask(*words, **more)
    except BadRequest as refusal:
        return str(refusal)
    raise AssertionError("not refused")


def looks_around(user: Any, workspaces: Any) -> None:
    assert user.logged()
    assert CurrentUser(BasicAuth(HOME["email"], HOME["password"]), base_url=BASE).logged()
    stranger = CurrentUser(TokenAuth("0" * 32), base_url=BASE)
    assert refused(stranger.me) == '"Incorrect username and/or password"'

    me = user.me()
    assert (me.id, me.email, me.fullname) == (HOME["user_id"], HOME["email"], "Ada")
    assert (me.api_token, me.default_workspace_id) == (HOME["api_token"], ID)
    related = user.me(with_related_data=True)
    assert [workspace.id for workspace in related.workspaces] == [ID]
    changed = user.update_me(fullname="Ada Tamm", beginning_of_week=0)
    assert (changed.fullname, changed.beginning_of_week) == ("Ada Tamm", 0)
    assert user.me().fullname == "Ada Tamm"
    assert refused(user.update_me, default_workspace_id=1)
    [features] = user.features()
    assert features.workspace_id == ID

    assert user.preferences().pg_time_zone_name == me.timezone
    assert user.update_preferences(
        date_format="DD.MM.YYYY", duration_format="decimal", time_format="h:mm A"
    )
    preferences = user.preferences()
    assert preferences.date_format == "DD.MM.YYYY"
    assert preferences.duration_format == "decimal"
    assert preferences.timeofday_format == "h:mm A"

    for listed in (workspaces.list(), workspaces.list(since=int(yesterday(0).timestamp()))):
        assert [workspace.id for workspace in listed] == [ID]
    renamed = workspaces.update(ID, name="House", only_admins_may_create_tags=True)
    assert (renamed.name, renamed.only_admins_may_create_tags) == ("House", True)
    assert workspaces.get(ID).name == "House"


def sets_up_projects(user: Any, workspaces: Any) -> int:
    made = workspaces.create_project(
        ID,
        name="Website",
        client_name="Acme",
        active=True,
        is_private=False,
        start_date=HOME["first_day"],
        end_date=HOME["last_day"],
    )
    assert (made.name, made.active, made.is_private) == ("Website", True, False)
    assert made.start_date.date().isoformat() == HOME["first_day"]
    assert made.end_date.date().isoformat() == HOME["last_day"]
    other = workspaces.create_project(ID, name="Idle", client_id=made.client_id, active=True)
    assert other.client_id == made.client_id
    assert refused(workspaces.create_project, ID, name="Idle", client_id=made.client_id)

    ids = [made.id, other.id]
    operation = BulkEditOperation(operation="replace", field_name="is_private", field_value=True)
    edited = workspaces.bulk_edit_projects(ID, ids, [operation])
    assert (edited.success, edited.failure) == (ids, [])
    renamed = workspaces.update_project(ID, made.id, name="Web", is_private=False)
    assert (renamed.name, renamed.is_private) == ("Web", False)
    assert workspaces.get_project(ID, made.id).name == "Web"
    by_name = workspaces.get_projects(ID, name="Web", active=True, client_ids=[made.client_id])
    assert [project.id for project in by_name] == [made.id]
    assert sorted(project.id for project in user.get_projects(include_archived=True)) == ids
    paged = user.get_paginated_projects(start_project_id=other.id, per_page=10)
    assert [project.id for project in paged] == [other.id]
    assert workspaces.delete_project(ID, other.id)
    assert refused(workspaces.get_project, ID, other.id)
    return int(made.id)


def tracks_a_day(user: Any, workspaces: Any, project_id: int) -> list[int]:
    """The ids of the entries Plan, Review and Write."""
    assert user.get_current_time_entry() is None
    running = workspaces.create_time_entry(
        ID,
        start_datetime=datetime.now(UTC),
        created_with="journey",
        description="Draft",
        duration=-1,
        project_id=project_id,
        tags=["deep work"],
    )
    assert (running.stop, running.tags, running.project_id) == (None, ["deep work"], project_id)
    assert running.duration < 0
    current = user.get_current_time_entry()
    assert (current.id, current.start) == (running.id, running.start)
    edited = workspaces.update_time_entry(ID, running.id, description="Write", billable=True)
    assert (edited.description, edited.billable, edited.stop) == ("Write", True, None)
    stopped = workspaces.stop_time_entry(ID, running.id)
    assert stopped.stop - stopped.start == timedelta(seconds=stopped.duration)
    assert "already stopped" in refused(workspaces.stop_time_entry, ID, running.id)
    assert user.get_current_time_entry() is None
    moved = workspaces.update_time_entry(ID, running.id, start=yesterday(13), duration=1_800)
    assert (moved.start, moved.duration) == (yesterday(13), 1_800)
    assert moved.stop == yesterday(13) + timedelta(minutes=30)

    plan = workspaces.create_time_entry(
        ID,
        start_datetime=yesterday(8),
        created_with="journey",
        description="Plan",
        duration=5_400,
        stop=yesterday(8) + timedelta(seconds=5_400),
        project_id=project_id,
        tag_ids=moved.tag_ids,
    )
    assert (plan.duration, plan.tags, plan.tag_ids) == (5_400, ["deep work"], moved.tag_ids)
    review = workspaces.create_time_entry(
        ID,
        start_datetime=yesterday(10).isoformat(),
        created_with="journey",
        description="Review",
        stop=yesterday(11).isoformat(),
    )
    assert (review.duration, review.project_id, review.tag_ids) == (3_600, None, None)
    return [plan.id, review.id, running.id]


def reads_them(user: Any, ids: list[int]) -> None:
    newest_first = [ids[2], ids[1], ids[0]]
    for listed in (
        user.get_time_entries(),
        user.get_time_entries(meta=True),
        user.get_time_entries(since=int(yesterday(0).timestamp())),
        user.get_time_entries(start_date=HOME["first_day"] + "T00:00Z", end_date=HOME["last_day"] + "T00:00Z"),
    ):  # fmt: skip
        assert [entry.id for entry in listed] == newest_first
    assert user.get_time_entries(before=yesterday(0)) == []
    one = user.get_time_entry(ids[0], meta=True)
    assert (one.description, one.user_name, one.duration) == ("Plan", "Ada Tamm", 5_400)
    assert user.get_time_entry(ids[0]).stop == one.stop
    related = user.me(with_related_data=True)
    assert sorted(entry.id for entry in related.time_entries) == sorted(ids)
    assert [project.name for project in related.projects] == ["Web"]


def asks_for_the_report(reports: Any, project_id: int, ids: list[int]) -> None:
    period = {"start_date": HOME["first_day"], "end_date": HOME["last_day"]}
    rows = reports.search(ID, **period)
    assert sorted(row.time_entries[0].id for row in rows) == sorted(ids)
    assert sum(entry.seconds for row in rows for entry in row.time_entries) == 10_800
    assert {row.username for row in rows} == {"Ada Tamm"}
    [first] = reports.search(ID, **period, page_size=1)
    assert first.row_number == 1
    mine = reports.search(ID, **period, user_ids=[HOME["user_id"]], project_ids=[project_id])
    assert sum(entry.seconds for row in mine for entry in row.time_entries) == 7_200


def edits_and_deletes(user: Any, workspaces: Any, project_id: int, ids: list[int]) -> None:
    plan, review, write = ids
    operations = [
        BulkEditOperation(operation="replace", field_name="description", field_value="Talk"),
        BulkEditOperation(operation="add", field_name="tags", field_value=["client"]),
        BulkEditOperation(operation="replace", field_name="project_id", field_value=project_id),
    ]
    edited = workspaces.bulk_edit_time_entries(ID, [plan, review, 1], operations)
    assert edited.success == [plan, review]
    assert [failure.id for failure in edited.failure] == [1]
    talk = user.get_time_entry(review)
    assert (talk.description, talk.tags, talk.project_id) == ("Talk", ["client"], project_id)

    assert workspaces.delete_time_entry(ID, review)
    assert refused(workspaces.delete_time_entry, ID, review)
    assert refused(user.get_time_entry, review)
    changed = user.get_time_entries(since=int(yesterday(0).timestamp()))
    assert [entry.id for entry in changed if entry.server_deleted_at] == [review]
    assert workspaces.delete_project(ID, project_id)
    assert user.get_time_entry(write).project_id is None


def main() -> None:
    auth = TokenAuth(HOME["api_token"])
    user = CurrentUser(auth, base_url=BASE)
    workspaces = Workspace(auth, base_url=BASE)
    report_time_entry.REPORT_ROOT_URL = HOME["address"] + "/reports/api/v3/workspace"
    looks_around(user, workspaces)
    project_id = sets_up_projects(user, workspaces)
    ids = tracks_a_day(user, workspaces, project_id)
    reads_them(user, ids)
    asks_for_the_report(ReportTimeEntry(auth), project_id, ids)
    edits_and_deletes(user, workspaces, project_id, ids)
    assert user.change_password(HOME["password"], "Battery staple")
    assert CurrentUser(BasicAuth(HOME["email"], "Battery staple"), base_url=BASE).logged()
    assert refused(CurrentUser(BasicAuth(HOME["email"], HOME["password"]), base_url=BASE).logged)
    sys.stdout.write(json.dumps({"arrived": True}))


main()
