"""The published toggl-api-wrapper against a running server: only its base addresses are told anew."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import httpx
import pytest
from httpx import BasicAuth
from toggl_api import (
    ClientBody,
    ClientEndpoint,
    OrganizationEndpoint,
    ProjectBody,
    ProjectEndpoint,
    TagEndpoint,
    TogglTracker,
    TrackerBody,
    TrackerEndpoint,
    UserEndpoint,
    WorkspaceBody,
    WorkspaceEndpoint,
)
from toggl_api.meta import TogglEndpoint
from toggl_api.reports import (
    DetailedReportEndpoint,
    PaginationOptions,
    ReportBody,
    ReportEndpoint,
    SummaryReportEndpoint,
    WeeklyReportEndpoint,
)

from tests.journeys.clients.homes import EMAIL, PASSWORD, Home

HALF_HOUR = timedelta(minutes=30)
HOUR = timedelta(hours=1)


@pytest.fixture
def way(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What every endpoint of the client is made with."""
    monkeypatch.setattr(TogglEndpoint, "BASE_ENDPOINT", f"{home.address}/api/v9/")
    monkeypatch.setattr(ReportEndpoint, "BASE_ENDPOINT", f"{home.address}/reports/api/v3/")
    with httpx.Client() as client:
        yield {"auth": BasicAuth(home.api_token, "api_token"), "client": client, "retries": 0}


def tags_of(tracker: TogglTracker) -> list[str]:
    return sorted(tag.name for tag in tracker.tags)


def period(home: Home, grouping: str | None = None) -> ReportBody:
    return ReportBody(start_date=home.first_day, end_date=home.last_day, grouping=grouping)


def test_signing_in_and_looking_around(
    home: Home, way: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, secret, known in (
        (home.api_token, "api_token", True),
        (EMAIL, PASSWORD, True),
        ("0" * 32, "api_token", False),
        (EMAIL, "wrong horse", False),
    ):
        sign_in = BasicAuth(name, secret)
        assert UserEndpoint.verify_authentication(sign_in, client=way["client"]) == known
    me = UserEndpoint(**way).get_details()
    assert (me["id"], me["email"], me["fullname"]) == (home.user_id, EMAIL, "Ada")
    assert me["default_workspace_id"] == home.workspace_id
    assert me["api_token"] == home.api_token

    organizations = OrganizationEndpoint(**way)
    [organization] = organizations.collect(refresh=True)
    assert organization.id == home.organization_id
    assert organizations.edit(organization, "Studio").name == "Studio"
    found = organizations.get(organization, refresh=True)
    assert found is not None
    assert found.name == "Studio"

    workspaces = WorkspaceEndpoint(home.organization_id, **way)
    [workspace] = workspaces.collect(refresh=True)
    assert (workspace.id, workspace.name) == (home.workspace_id, "Home")
    assert workspaces.edit(workspace, WorkspaceBody(name="House")).name == "House"
    read = workspaces.get(workspace, refresh=True)
    assert read is not None
    assert read.name == "House"
    statistics = workspaces.statistics(workspace)
    assert statistics["admins"] == [{"user_id": home.user_id, "name": "Ada"}]
    assert (statistics["members_count"], statistics["groups_count"]) == (1, 0)

    ask = httpx.get
    upstream = "https://api.track.toggl.com"
    monkeypatch.setattr(httpx, "get", lambda url: ask(url.replace(upstream, home.address)))
    assert TogglEndpoint.api_status()


def test_clients_projects_and_tags_come_and_go(home: Home, way: dict[str, Any]) -> None:
    clients = ClientEndpoint(home.workspace_id, **way)
    acme = clients.add(ClientBody("Acme", notes="By post"))
    assert (acme.name, acme.workspace) == ("Acme", home.workspace_id)
    assert clients.edit(acme, ClientBody("Acme & Co")).name == "Acme & Co"
    assert [client.name for client in clients.collect(refresh=True)] == ["Acme & Co"]
    assert clients.get(acme, refresh=True) is not None

    projects = ProjectEndpoint(home.workspace_id, **way)
    website = projects.add(
        ProjectBody(
            "Website",
            client_id=acme.id,
            is_private=False,
            color="green",
            start_date=home.first_day,
            end_date=home.last_day,
        )
    )
    assert (website.name, website.client, website.active) == ("Website", acme.id, True)
    assert website.color == ProjectEndpoint.BASIC_COLORS["green"]
    assert website.start_date == home.first_day
    assert projects.edit(website, ProjectBody("Web", is_private=False)).client == acme.id
    assert [project.name for project in projects.collect(refresh=True)] == ["Web"]
    archived = projects.edit(website, ProjectBody("Web", active=False))
    assert not archived.active

    tags = TagEndpoint(home.workspace_id, **way)
    deep = tags.add("deep")
    assert tags.edit(deep, "deep work").id == deep.id
    assert [(tag.id, tag.name) for tag in tags.collect(refresh=True)] == [(deep.id, "deep work")]
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        tags.add("deep work")

    for _ in range(2):  # the second time the client takes 404 for an answer
        tags.delete(deep)
        projects.delete(website)
        clients.delete(acme)
    assert tags.collect(refresh=True) == []
    assert projects.get(website, refresh=True) is None
    assert clients.get(acme, refresh=True) is None


def track_a_day(home: Home, trackers: TrackerEndpoint, project_id: int) -> list[TogglTracker]:
    """Writing for half an hour, planning for one and a half, a review of an hour: all yesterday."""
    assert trackers.current() is None
    running = trackers.add(TrackerBody("Write", project_id=project_id, tags=["deep work"]))
    assert running.running()
    assert (running.name, running.project, tags_of(running)) == ("Write", project_id, ["deep work"])
    current = trackers.current()
    assert current is not None
    assert (current.id, current.start) == (running.id, running.start)

    more = trackers.edit(running, TrackerBody(tags=["travel"]))
    assert (more.name, tags_of(more)) == ("Write", ["deep work", "travel"])
    assert more.running()
    less = TrackerBody("Write it down", tags=["travel"], tag_action="remove")
    assert tags_of(trackers.edit(running, less)) == ["deep work"]

    stopped = trackers.stop(running)
    assert stopped is not None
    assert stopped.stop is not None
    assert stopped.stop - stopped.start == stopped.duration
    assert trackers.stop(running) is None
    assert trackers.current() is None
    moved = TrackerBody("Write", start=home.yesterday(13), duration=HALF_HOUR)
    write = trackers.edit(running, moved)
    assert (write.start, write.stop) == (home.yesterday(13), home.yesterday(13) + HALF_HOUR)

    plan = trackers.add(TrackerBody("Plan", start=home.yesterday(8), duration=HOUR + HALF_HOUR))
    assert (plan.stop, plan.project) == (home.yesterday(9) + HALF_HOUR, None)
    assert trackers.edit(plan, TrackerBody("Plan", project_id=project_id)).project == project_id
    review = trackers.add(
        TrackerBody("Review", start=home.yesterday(10), stop=home.yesterday(11), tags=["travel"])
    )
    assert review.duration == HOUR
    return [write, review, plan]


def test_a_day_from_the_running_tracker_to_the_report(home: Home, way: dict[str, Any]) -> None:
    projects = ProjectEndpoint(home.workspace_id, **way)
    website = projects.add(ProjectBody("Website", client_name="Acme", is_private=False))
    trackers = TrackerEndpoint(home.workspace_id, **way)
    write, review, plan = track_a_day(home, trackers, website.id)

    newest_first = [write.id, review.id, plan.id]
    since = int(home.yesterday(0).timestamp())
    for listed in (
        trackers.collect(refresh=True),
        trackers.collect(since=since, refresh=True),
        trackers.collect(start_date=home.yesterday(8), end_date=home.yesterday(14), refresh=True),
    ):
        assert [tracker.id for tracker in listed] == newest_first
    one = trackers.get(write, refresh=True)
    assert one is not None
    assert (one.start, one.stop, one.duration) == (write.start, write.stop, HALF_HOUR)
    assert home.reported_seconds() == {"Write": [1_800], "Plan": [5_400], "Review": [3_600]}

    edits = trackers.bulk_edit(
        plan, review, body=TrackerBody("Talk", tags=["client"], tag_action="add")
    )
    assert (edits.successes, edits.failures) == ([plan.id, review.id], [])
    talk = trackers.get(review, refresh=True)
    assert talk is not None
    assert (talk.name, tags_of(talk)) == ("Talk", ["client", "travel"])
    for _ in range(2):
        trackers.delete(review)
    assert trackers.get(review, refresh=True) is None
    assert home.reported_seconds() == {"Write": [1_800], "Talk": [5_400]}
    projects.delete(website)
    assert home.reported_seconds() == {"Write": [1_800], "Talk": [5_400]}


def test_the_reports_of_a_day(home: Home, way: dict[str, Any]) -> None:
    projects = ProjectEndpoint(home.workspace_id, **way)
    website = projects.add(ProjectBody("Website", client_name="Acme", is_private=False))
    track_a_day(home, TrackerEndpoint(home.workspace_id, **way), website.id)

    summary = SummaryReportEndpoint(home.workspace_id, **way)
    told = summary.search_time_entries(period(home, grouping="projects"))
    assert isinstance(told, dict)  # whatever the client's annotation says
    by_project = {
        group["id"]: sum(part["seconds"] for part in group["sub_groups"])
        for group in told["groups"]
    }
    assert by_project == {website.id: 7_200, None: 3_600}
    rows = summary.project_summaries(home.first_day, home.last_day)
    assert {row["project_id"]: row["tracked_seconds"] for row in rows} == by_project
    assert summary.project_summary(website, home.first_day, home.last_day)["seconds"] == 7_200

    detailed = DetailedReportEndpoint(home.workspace_id, **way)
    pages = [detailed.search_time_entries(period(home), PaginationOptions(page_size=1))]
    while pages[-1].next_id is not None:
        more = pages[-1].next_options(page_size=1)
        pages.append(detailed.search_time_entries(period(home), more))
        assert len(pages) <= 3
    entries = [entry for page in pages for row in page.result for entry in row["time_entries"]]
    assert sorted(entry["seconds"] for entry in entries) == [1_800, 3_600, 5_400]
    assert detailed.totals_report(period(home))["seconds"] == 10_800

    weekly = WeeklyReportEndpoint(home.workspace_id, **way)
    weeks = weekly.search_time_entries(period(home))
    assert {row["project_id"]: row["seconds"] for row in weeks} == {
        website.id: [0, 0, 0, 0, 7_200, 0, 0],
        None: [0, 0, 0, 0, 3_600, 0, 0],
    }

    table = csv.DictReader(
        StringIO(detailed.export_report(period(home), "csv").result.decode("utf-8-sig"))
    )
    assert sorted((row["Description"], row["Duration"]) for row in table) == [
        ("Plan", "01:30:00"),
        ("Review", "01:00:00"),
        ("Write", "00:30:00"),
    ]
    assert b"Website" in summary.export_report(period(home), "csv")
    assert b"Website" in weekly.export_report(period(home), "csv")
    for file in (
        summary.export_report(period(home), "pdf"),
        detailed.export_report(period(home), "pdf").result,
        weekly.export_report(period(home), "pdf"),
    ):
        assert file.startswith(b"%PDF")
