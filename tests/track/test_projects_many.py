"""Projects many at a time, and the small reads and writes beside them."""

from typing import Any

import pytest

from tests.track.asking import ADA, BO, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    NOT_JSON,
    PROJECTS,
    WORKSPACE,
    everything,
    ids,
    make_project,
    put_on,
    refused,
    seconds,
)


def replacing(**values: Any) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": f"/{key}", "value": values[key]} for key in values]


def failures(answer: dict[str, Any]) -> dict[int, str]:
    assert set(answer) == {"success", "failure"}
    return {one["id"]: one["message"] for one in answer["failure"]}


def test_a_color_is_given_to_many(agency: Asker) -> None:
    answer = agency.patch(f"{PROJECTS}/33,30", replacing(color="#000000"))
    assert answer == {"success": [33, 30], "failure": []}
    assert agency.get(f"{PROJECTS}/30")["color"] == "#000000"
    groups = {group["id"]: group for group in agency.summary()["groups"]}
    assert groups[33]["project_hex_color"] == "#000000"
    assert groups[31]["project_hex_color"] == "#0b83d9"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "Patched"),
        ("active", False),
        ("is_private", True),
        ("client_id", 21),
        ("cid", 21),
        ("billable", True),
    ],
)
def test_a_path_is_patched(agency: Asker, key: str, value: Any) -> None:
    answer = agency.patch(f"{PROJECTS}/32", replacing(**{key: value}))
    assert answer == {"success": [32], "failure": []}
    assert agency.get(f"{PROJECTS}/32")[key] == value


def test_archiving_many_leaves_the_reports(agency: Asker) -> None:
    before = agency.summary()
    agency.patch(f"{PROJECTS}/30,31,32,33", replacing(active=False))
    assert agency.get(PROJECTS) == []
    assert agency.summary() == before


def test_each_id_is_told_once_in_the_order_asked(agency: Asker) -> None:
    answer = agency.patch(f"{PROJECTS}/32,{UNKNOWN},31,32", replacing(color="#000000"))
    assert answer["success"] == [32, 31]
    assert list(failures(answer)) == [UNKNOWN]


def test_unknown_foreign_and_hidden_fail_alike(agency: Asker) -> None:
    before = everything(agency)
    answer = agency.patch(f"{PROJECTS}/60,{UNKNOWN},31", replacing(name="Mine"), BO)
    assert answer["success"] == []
    told = failures(answer)
    assert set(told) == {60, UNKNOWN, 31}
    assert len(set(told.values())) == 1
    assert everything(agency) == before


def test_a_member_patches_what_he_manages(agency: Asker) -> None:
    put_on(agency, 31, BO, manager=True)
    answer = agency.patch(f"{PROJECTS}/30,31", replacing(color="#000000"), BO)
    assert answer["success"] == [31]
    assert failures(answer) == {30: "User does not have access to this resource."}
    assert agency.get(f"{PROJECTS}/30")["color"] == "#bf7000"


@pytest.mark.parametrize(
    ("operations", "text"),
    [
        (replacing(name=""), "Project name must be present"),
        (replacing(color="#000000", name=" "), "Project name must be present"),
        (replacing(client_id=UNKNOWN), None),
        (replacing(active="yes"), "Invalid active format"),
        (replacing(id=7), "Invalid patch operation"),
        ([{"op": "move", "path": "/name", "value": "A"}], "Invalid patch operation"),
        ([{"op": "replace", "path": "name", "value": "A"}], "Invalid patch operation"),
        ([{"op": "replace", "value": "A"}], "Invalid patch operation"),
    ],
)
def test_a_bad_operation_fails_whole(agency: Asker, operations: list, text: str | None) -> None:
    before = everything(agency)
    answer = agency.patch(f"{PROJECTS}/30,32", operations)
    assert answer["success"] == []
    told = failures(answer)
    assert list(told) == [30, 32]
    assert text is None or set(told.values()) == {text}
    assert everything(agency) == before


def test_one_name_serves_one_of_two(agency: Asker) -> None:
    answer = agency.patch(f"{PROJECTS}/32,33", replacing(name="Same"))
    assert answer["success"] == [32]
    assert failures(answer) == {33: "Name has already been taken"}


@pytest.mark.parametrize("body", [[], {}, {"op": "replace"}])
def test_what_is_no_list_of_operations_is_refused(agency: Asker, body: Any) -> None:
    assert refused(agency, "PATCH", f"{PROJECTS}/30,31", body) == NOT_JSON


@pytest.mark.parametrize("many", ["abc", "30,x", ",", "30,-1"])
def test_ids_that_are_none_are_refused(agency: Asker, many: str) -> None:
    assert refused(agency, "PATCH", f"{PROJECTS}/{many}", replacing(color="#000000"))[0] == 400


def test_a_hundred_are_the_most(agency: Asker) -> None:
    many = ",".join(str(one) for one in range(1_000, 1_101))
    expected = (400, "PATCH request is limited to 100 entries at once")
    assert refused(agency, "PATCH", f"{PROJECTS}/{many}", replacing(color="#000000")) == expected
    hundred = ",".join(str(one) for one in range(1_000, 1_100))
    assert len(agency.patch(f"{PROJECTS}/{hundred}", replacing(active=True))["failure"]) == 100


def test_statistics_tell_the_first_and_last_day(agency: Asker) -> None:
    assert agency.get(f"{PROJECTS}/30/statistics") == {
        "earliest_time_entry": "2026-01-05",
        "latest_time_entry": "2026-01-08",
    }
    empty = {"earliest_time_entry": None, "latest_time_entry": None}
    assert agency.get(f"{PROJECTS}/32/statistics") == empty
    agency.put(f"{WORKSPACE}/time_entries/107", {"project_id": 32})  # it runs
    assert agency.get(f"{PROJECTS}/32/statistics") == empty


def test_a_members_statistics_hold_what_he_may_see(agency: Asker) -> None:
    agency.put(WORKSPACE, {"only_admins_see_team_dashboard": True})
    assert agency.get(f"{PROJECTS}/30/statistics", BO) == {
        "earliest_time_entry": "2026-01-05",
        "latest_time_entry": "2026-01-05",
    }


def test_a_pin_is_ones_own(agency: Asker) -> None:
    assert agency.post(f"{PROJECTS}/30/pin", {"pin": True}, BO) == "OK"
    assert agency.get(f"{PROJECTS}/30", BO)["pinned"] is True
    assert agency.get(f"{PROJECTS}/30", ADA)["pinned"] is False
    assert agency.post(f"{PROJECTS}/30/pin", {"pin": False}, BO) == "OK"
    assert agency.get(f"{PROJECTS}/30", BO)["pinned"] is False


@pytest.mark.parametrize(("project_id", "by"), [(UNKNOWN, ADA), (60, ADA), (31, BO)])
def test_what_one_may_not_see_is_not_pinned(agency: Asker, project_id: int, by: int) -> None:
    path = f"{PROJECTS}/{project_id}/pin"
    assert agency.post(f"{PROJECTS}/30/pin", {"pin": True}, by) == "OK"
    unknown = agency.ask("POST", f"{PROJECTS}/{UNKNOWN}/pin", json={"pin": True})
    answer = agency.ask("POST", path, by, json={"pin": True})
    assert refusal(answer)[0] == 404
    assert answer.content == unknown.content


def test_a_bad_pin_is_refused(agency: Asker) -> None:
    answer = refused(agency, "POST", f"{PROJECTS}/30/pin", {"pin": "yes"})
    assert answer == (400, "Invalid pin format")


def test_there_are_no_periods_and_no_templates(agency: Asker) -> None:
    assert agency.get(f"{PROJECTS}/30/periods") in (None, [])
    assert agency.get(f"{PROJECTS}/templates") == []


def test_billable_amounts_are_those_of_the_reports(agency: Asker) -> None:
    path = f"{PROJECTS}/billable-amounts"
    told = agency.post(path, {"project_ids": [30, 31, 32]})
    amounts = {one["id"]: one["billable_amount_in_cents"] for one in told}
    assert amounts == {30: 29_667, 31: 700, 32: 0}
    body = {"project_ids": [30]}
    assert agency.post(path, body, BO)[0]["billable_amount_in_cents"] is None
    agency.put(WORKSPACE, {"only_admins_see_billable_rates": False})
    assert agency.post(path, body, BO)[0]["billable_amount_in_cents"] == 29_667


@pytest.mark.parametrize("body", [{"project_ids": "30"}, {"project_ids": ["30"]}, []])
def test_a_bad_question_for_amounts_is_refused(agency: Asker, body: Any) -> None:
    assert refused(agency, "POST", f"{PROJECTS}/billable-amounts", body)[0] == 400


def test_amounts_of_what_one_may_not_see_are_not_told(agency: Asker) -> None:
    path = f"{PROJECTS}/billable-amounts"
    assert ids(agency.post(path, {"project_ids": [30]}, BO)) == [30]
    unknown = agency.ask("POST", path, BO, json={"project_ids": [UNKNOWN]})
    for project_id in (31, 60):
        answer = agency.ask("POST", path, BO, json={"project_ids": [project_id]})
        assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)


def test_a_template_is_a_project_like_others(agency: Asker) -> None:
    project_id = make_project(agency, "Mould", template=True, is_private=True)
    assert ids(agency.get(f"{PROJECTS}/templates")) == [project_id]
    assert agency.get(f"{PROJECTS}/templates", BO) == []
    assert project_id not in seconds(agency)
