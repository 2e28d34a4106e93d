"""Saved reports that are sent by mail at intervals: who is asked, who is told, who may end it (dossier 10.2, SR26 to SR28)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.wire.saving import (
    HOSTILE,
    ask,
    change,
    mailing_agency,
    managed,
    own_agency,
    refusal,
    save,
    told,
)

KEYS = [
    "report_id",
    "bookmark_id",
    "workspace_id",
    "creator_id",
    "frequency",
    "user_ids",
    "group_ids",
    "created_at",
    "deleted_at",
]
NO_BOOKMARK = (400, '"Bookmark not found."')
NO_RECIPIENTS = (400, '"No usable recipients found."')
NOT_ALL = (400, '"Unable to use all requested recipients."')
BAD_FREQUENCY = (
    400,
    '"Invalid scheduled report frequency. Must be one of: 1 (daily), 7 (weekly) or 30 (monthly)."',
)
NO_MAIL = (400, '"Scheduled reports need mail: GNOMON_SMTP_URL is not set."')
NO_SCHEDULE = (404, '"Scheduled report not found."')
NO_WORKSPACE = (404, '"Workspace not found/accessible"')
FREQUENCIES: tuple[object, ...] = (None, 0, 2, 14, 31, -1, "7", 7.5, True, [], 2**70)
BOOKMARKS: tuple[object, ...] = (None, 0, -1, 987_654, 2**62, True, [], {})
WRONG: tuple[object, ...] = (0, True, "1", {}, ["1"], [None], [1.5], [2**70], [[1]])
ENDPOINTS = (("GET", ""), ("POST", ""), ("DELETE", 1))


@pytest.fixture(name="client")
def fixture_client(tmp_path: Path) -> Iterator[TestClient]:
    with mailing_agency(tmp_path) as client:
        yield client


def scheduled(number: object = "", workspace_id: object = 10) -> str:
    path = f"/api/v9/workspaces/{workspace_id}/scheduled_reports"
    return f"{path}/{number}" if number else path


def schedule(client: TestClient, report: dict[str, Any], user_id: int = 1, **more: Any):
    body = {"bookmark_id": report["id"], "frequency": 7, "user_ids": [1], "group_ids": []} | more
    return ask(client, "POST", scheduled(), user_id, json=body)


def made(client: TestClient, report: dict[str, Any], user_id: int = 1, **more: Any) -> dict:
    answer = schedule(client, report, user_id, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(client: TestClient, user_id: int = 1) -> list[dict]:
    answer = ask(client, "GET", scheduled(), user_id)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("frequency", [1, 7, 30])
def test_a_schedule_tells_what_it_does(client: TestClient, frequency: int) -> None:
    """Dossier 10.3, models.ScheduledReport."""
    report = save(client)
    one = made(client, report, frequency=frequency, user_ids=[2, 1], group_ids=[70])
    assert sorted(one) == sorted(KEYS)
    assert (one["bookmark_id"], one["workspace_id"], one["creator_id"]) == (report["id"], 10, 1)
    assert (one["frequency"], sorted(one["user_ids"]), one["group_ids"]) == (
        frequency,
        [1, 2],
        [70],
    )
    assert (one["created_at"], one["deleted_at"]) == ("2026-01-20T12:00:00+00:00", None)
    assert listed(client) == [one]


def test_recipients_may_be_people_or_groups_alone(client: TestClient) -> None:
    """Dossier SR26."""
    report = save(client)
    assert made(client, report, user_ids=[2], group_ids=None)["group_ids"] == []
    assert made(client, report, user_ids=[], group_ids=[70])["user_ids"] == []


def test_a_saved_report_tells_its_recipients(client: TestClient) -> None:
    """Dossier SR27; of all its schedules together, sorted."""
    report = save(client)
    made(client, report, user_ids=[2])
    made(client, report, user_ids=[1, 2], group_ids=[70], frequency=1)
    now = told(client, report)
    assert (now["scheduled_email_uids"], now["scheduled_email_gids"]) == ([1, 2], [70])


def test_saved_reports_are_listed_by_having_a_schedule(client: TestClient) -> None:
    """Dossier SR24, `scheduled`."""
    with_one, without = save(client, name="A"), save(client, name="B")
    number = made(client, with_one)["report_id"]
    for value, report in (("true", with_one), ("false", without)):
        found = ask(client, "GET", managed(), params={"scheduled": value}).json()
        assert [each["id"] for each in found] == [report["id"]]
    ask(client, "DELETE", scheduled(number))
    assert ask(client, "GET", managed(), params={"scheduled": "true"}).json() == []


def test_there_are_three_frequencies(client: TestClient) -> None:
    """Dossier SR26."""
    report = save(client)
    for frequency in FREQUENCIES:
        answer = schedule(client, report, frequency=frequency)
        assert refusal(answer) == BAD_FREQUENCY, frequency


def test_the_report_must_be_there(client: TestClient) -> None:
    """Dossier 10.2, POST."""
    report = save(client)
    for bookmark in (*BOOKMARKS, str(report["id"])):
        assert refusal(schedule(client, report, bookmark_id=bookmark)) == NO_BOOKMARK, bookmark


def test_the_report_must_be_seen(client: TestClient) -> None:
    """Readings: another's report, one of another workspace, a deleted one: as if there were none."""
    adas, gone = save(client, 1, public=True), save(client, 2)
    ask(client, "DELETE", managed(gone["id"]))
    assert refusal(schedule(client, adas, 2)) == NO_BOOKMARK
    assert refusal(schedule(client, gone, 2)) == NO_BOOKMARK
    body = {"bookmark_id": adas["id"], "frequency": 7, "user_ids": [3]}
    assert refusal(ask(client, "POST", scheduled("", 11), 3, json=body)) == NO_BOOKMARK
    assert made(client, save(client, 2), 1)["creator_id"] == 1


def test_somebody_must_get_it(client: TestClient) -> None:
    """Dossier 10.2, POST."""
    report = save(client)
    assert refusal(schedule(client, report, user_ids=[], group_ids=[])) == NO_RECIPIENTS
    assert refusal(schedule(client, report, user_ids=None, group_ids=None)) == NO_RECIPIENTS


@pytest.mark.parametrize(
    "recipients",
    [
        {"user_ids": [1, 987]},
        {"user_ids": [1, 3]},
        {"user_ids": [1, 4]},
        {"user_ids": [1], "group_ids": [987]},
        {"user_ids": [1], "group_ids": [70, 987]},
    ],
    ids=str,
)
def test_everybody_must_be_able_to_get_it(client: TestClient, recipients: dict) -> None:
    """Dossier 10.2, POST: unknown, of another workspace, deactivated; the same bytes for all."""
    assert refusal(schedule(client, save(client), **recipients)) == NOT_ALL
    assert listed(client) == []


def test_the_first_of_several_faults_is_told(client: TestClient) -> None:
    """Readings: report, frequency, recipients."""
    report = save(client)
    faults: dict[str, object] = {"bookmark_id": 987, "frequency": 2, "user_ids": []}
    told_of = []
    while faults:
        told_of.append(refusal(schedule(client, report, **faults)))
        del faults[next(iter(faults))]
    assert told_of == [NO_BOOKMARK, BAD_FREQUENCY, NO_RECIPIENTS]


def test_without_a_mail_server_nothing_is_scheduled(tmp_path: Path) -> None:
    """Readings: told after all other faults; reading the list needs no mail."""
    with own_agency(tmp_path) as client:
        report = save(client)
        assert refusal(schedule(client, report)) == NO_MAIL
        assert refusal(schedule(client, report, frequency=2)) == BAD_FREQUENCY
        assert refusal(schedule(client, report, user_ids=[1, 987])) == NOT_ALL
        assert listed(client) == []
        assert told(client, report)["scheduled_email_uids"] == []


def test_admins_list_all_and_members_their_own(client: TestClient) -> None:
    """Readings."""
    adas = made(client, save(client, 1), 1)
    bos = made(client, save(client, 2), 2, user_ids=[2])
    assert {one["report_id"] for one in listed(client, 1)} == {adas["report_id"], bos["report_id"]}
    assert [one["report_id"] for one in listed(client, 2)] == [bos["report_id"]]


def test_a_schedule_is_ended(client: TestClient) -> None:
    """Dossier 10.2, DELETE."""
    report = save(client)
    number = made(client, report)["report_id"]
    assert refusal(ask(client, "DELETE", scheduled(number))) == (200, '"OK"')
    assert refusal(ask(client, "DELETE", scheduled(number))) == NO_SCHEDULE
    assert listed(client) == []
    assert told(client, report)["scheduled_email_uids"] == []


def test_a_member_ends_his_own_and_an_admin_all(client: TestClient) -> None:
    """Readings."""
    report = save(client, 2)
    mine, other = (made(client, report, 2, user_ids=[2])["report_id"] for _ in range(2))
    assert ask(client, "DELETE", scheduled(mine), 2).status_code == 200
    assert ask(client, "DELETE", scheduled(other), 1).status_code == 200


def test_a_recipient_cannot_end_what_another_made(client: TestClient) -> None:
    """Dossier SR28; who does not even get it is told that there is none."""
    report = save(client)
    for recipients in ({"user_ids": [1, 2]}, {"group_ids": [70]}):
        number = made(client, report, **recipients)["report_id"]
        answer = ask(client, "DELETE", scheduled(number), 2)
        assert refusal(answer) == (403, '"Can\'t remove the schedule."')
    number = made(client, report, user_ids=[1])["report_id"]
    assert refusal(ask(client, "DELETE", scheduled(number), 2)) == NO_SCHEDULE
    assert refusal(ask(client, "DELETE", scheduled(number, 11), 3)) == NO_SCHEDULE
    assert len(listed(client)) == 3


def test_an_unknown_schedule_is_not_found(client: TestClient) -> None:
    """Dossier 10.2, DELETE."""
    for number in ("987654", "0", "-1", "x", "1.5", str(2**64), "1%00"):
        assert refusal(ask(client, "DELETE", scheduled(number))) == NO_SCHEDULE, number


def test_a_deleted_report_takes_its_schedules_along(client: TestClient) -> None:
    """Readings; one by one and in bulk."""
    reports = [save(client) for _ in range(3)]
    numbers = [made(client, report)["report_id"] for report in reports]
    ask(client, "DELETE", managed(reports[0]["id"]))
    ids = {"ids": [reports[1]["id"]]}
    assert ask(client, "PATCH", managed("bulk_delete"), json=ids).status_code == 200
    assert [one["report_id"] for one in listed(client)] == [numbers[2]]
    assert refusal(ask(client, "DELETE", scheduled(numbers[0]))) == NO_SCHEDULE


def test_a_changed_report_keeps_its_schedules(client: TestClient) -> None:
    """Dossier SR27."""
    report = save(client)
    made(client, report)
    changed = change(client, report, name="B", regenerate_token=True).json()
    assert changed["scheduled_email_uids"] == [1]
    assert len(listed(client)) == 1


def test_what_is_no_json_is_refused(client: TestClient) -> None:
    """D1.3."""
    for content in (*HOSTILE, b"[]", b'"x"', b"5"):
        answer = ask(client, "POST", scheduled(), content=content)
        assert refusal(answer) == (400, '"JSON is not valid"'), content[:20]


@pytest.mark.parametrize("key", ["user_ids", "group_ids"])
def test_recipients_of_the_wrong_type_are_refused(client: TestClient, key: str) -> None:
    """D1.5, D1.7."""
    report = save(client)
    for value in WRONG:
        assert schedule(client, report, **{key: value}).status_code == 400, value
    assert listed(client) == []


def test_a_body_over_a_mebibyte_is_refused(client: TestClient) -> None:
    """D1.6."""
    assert schedule(client, save(client), padding="x" * 2**20).status_code == 413


@pytest.mark.parametrize(("method", "number"), ENDPOINTS)
def test_who_may_ask_comes_first(client: TestClient, method: str, number: object) -> None:
    """D9.1, D9.5, dossier 10.2: credentials, workspace, plan, then the body."""
    answer = ask(client, method, scheduled(number), None, content=b"nope")
    assert refusal(answer) == (401, "")
    assert answer.headers["X-Authorization-Missing"] == "true"
    answer = client.request(method, scheduled(number), auth=("f" * 32, "api_token"))
    assert refusal(answer) == (403, '"Incorrect username and/or password"')
    for workspace_id, user_id in ((11, 1), (987, 1), ("x", 1), (10, 3), (10, 4)):
        path = scheduled(number, workspace_id)
        assert refusal(ask(client, method, path, user_id, content=b"nope")) == NO_WORKSPACE
    answer = ask(client, method, scheduled(number, 12), 5, content=b"nope")
    text = "Workspace needs to have the scheduled_reports feature enabled."
    assert (answer.status_code, answer.json()) == (402, text)
