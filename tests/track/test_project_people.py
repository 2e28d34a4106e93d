"""Who is on a project, by himself or through a group, and what he then sees."""

from typing import Any

import pytest

from tests.track.asking import ADA, BO, CLEO, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    ELSEWHERE,
    GROUPS,
    NO_ACCESS,
    PEOPLE,
    PROJECTS,
    STAMP,
    ids,
    make_project,
    put_on,
    refused,
    refuses_strangers,
    seconds,
)

NO_PLACE = (400, "Project user not found/accessible")
MANAGING = [{"op": "replace", "path": "/manager", "value": True}]
KEYS = {
    "id",
    "project_id",
    "user_id",
    "workspace_id",
    "manager",
    "rate",
    "rate_last_updated",
    "labor_cost",
    "labor_cost_last_updated",
    "at",
    "group_id",
    "gid",
}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "project_users", None),
        ("POST", "project_users", {"project_id": 31, "user_id": 2}),
        ("PUT", "project_users/1", {"manager": True}),
        ("DELETE", "project_users/1", None),
        ("PATCH", "project_users/1,2", MANAGING),
        ("GET", "project_groups", None),
        ("POST", "project_groups", {"project_id": 31, "group_id": 70}),
        ("DELETE", "project_groups/1", None),
    ],
)
def test_project_people_are_shut_to_strangers(
    agency: Asker, method: str, path: str, body: Any
) -> None:
    refuses_strangers(agency, method, f"/workspaces/{{w}}/{path}", body)


def test_somebody_put_on_a_project_sees_it_at_once(agency: Asker) -> None:
    assert 31 not in seconds(agency, BO)
    place = agency.post(PEOPLE, {"project_id": 31, "user_id": BO})
    assert set(place) == KEYS
    assert (place["project_id"], place["user_id"], place["workspace_id"]) == (31, BO, 10)
    assert (place["manager"], place["rate"], place["labor_cost"]) == (False, None, None)
    assert (place["group_id"], place["gid"]) == (None, None)
    assert STAMP.fullmatch(place["at"])
    assert agency.get(f"{PROJECTS}/31", BO)["name"] == "App"
    assert seconds(agency, BO)[31] == 420


def test_somebody_taken_off_a_project_sees_it_no_more(agency: Asker) -> None:
    place = put_on(agency, 31, BO)
    assert agency.delete(f"{PEOPLE}/{place}") == place
    assert refusal(agency.ask("GET", f"{PROJECTS}/31", BO))[0] == 404
    assert 31 not in seconds(agency, BO)
    assert place not in ids(agency.get(PEOPLE))
    assert refused(agency, "DELETE", f"{PEOPLE}/{place}") == NO_PLACE
    put_on(agency, 31, BO)


def test_the_list_is_filtered(agency: Asker) -> None:
    first, second, third = put_on(agency, 31, BO), put_on(agency, 32, BO), put_on(agency, 32, ADA)
    assert set(ids(agency.get(PEOPLE))) == {first, second, third}
    assert ids(agency.get(PEOPLE, project_ids="31")) == [first]
    assert set(ids(agency.get(PEOPLE, project_ids="31,32"))) == {first, second, third}
    assert agency.get(PEOPLE, project_ids="30,60") == []


def test_group_members_are_listed_when_asked(agency: Asker) -> None:
    assert agency.get(PEOPLE, project_ids="33") == []
    [place] = agency.get(PEOPLE, project_ids="33", with_group_members="true")
    assert (place["user_id"], place["group_id"], place["gid"]) == (BO, 70, 70)


@pytest.mark.parametrize(
    "query",
    [
        {"project_ids": "30,x"},
        {"user_id": "x"},
        {"project_ids": ",".join(str(one) for one in range(1, 202))},
    ],
)
def test_a_bad_query_is_refused(agency: Asker, query: dict[str, str]) -> None:
    assert refusal(agency.ask("GET", PEOPLE, params=query))[0] == 400


def test_a_member_sees_who_is_on_the_projects_he_sees(agency: Asker) -> None:
    hidden, seen = put_on(agency, 31, ADA), put_on(agency, 30, ADA)
    agency.put(f"{PEOPLE}/{seen}", {"rate": 80, "labor_cost": 40})
    [place] = agency.get(PEOPLE, BO)
    assert (place["id"], place["rate"], place["labor_cost"]) == (seen, None, None)
    assert agency.get(PEOPLE, BO, project_ids="31") == []
    places = {one["id"]: one for one in agency.get(PEOPLE)}
    assert set(places) == {hidden, seen}
    assert (places[seen]["rate"], places[seen]["labor_cost"]) == (80, 40)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"project_id": UNKNOWN, "user_id": 2}, "Invalid project_id"),
        ({"project_id": 60, "user_id": 2}, "Invalid project_id"),
        ({"user_id": 2}, "Invalid project_id"),
        ({"project_id": 31, "user_id": UNKNOWN}, "Invalid user_id"),
        ({"project_id": 31, "user_id": 3}, "Invalid user_id"),
        ({"project_id": 31}, "Invalid user_id"),
        ({"project_id": 31, "user_id": 2, "manager": "yes"}, "Invalid manager format"),
        ({"project_id": 31, "user_id": 2, "rate": "9"}, "Invalid rate format"),
        ([], "JSON is not valid"),
    ],
)
def test_a_bad_place_is_refused(agency: Asker, body: Any, text: str) -> None:
    assert refused(agency, "POST", PEOPLE, body) == (400, text)


def test_nobody_is_on_a_project_twice(agency: Asker) -> None:
    put_on(agency, 31, BO)
    body = {"project_id": 31, "user_id": BO, "manager": True}
    assert refused(agency, "POST", PEOPLE, body) == (400, "Project user already exists")


def test_a_place_is_changed(agency: Asker) -> None:
    place = put_on(agency, 31, BO)
    changed = agency.put(f"{PEOPLE}/{place}", {"manager": True, "rate": 80.5, "labor_cost": 40})
    assert set(changed) == KEYS
    assert (changed["manager"], changed["rate"], changed["labor_cost"]) == (True, 80.5, 40)
    again = agency.put(f"{PEOPLE}/{place}", {"rate": None})
    assert (again["manager"], again["rate"], again["labor_cost"]) == (True, None, 40)


def test_the_rate_of_a_place_is_in_the_next_report(agency: Asker) -> None:
    place = put_on(agency, 31, ADA)
    agency.put(f"{PEOPLE}/{place}", {"rate": 90, "rate_change_mode": "override-all"})
    [group] = agency.summary(project_ids=[31])["groups"]
    [rate] = group["sub_groups"][0]["rates"]
    assert rate["hourly_rate_in_cents"] == 9_000


def test_a_change_of_nothing_is_refused(agency: Asker) -> None:
    place = put_on(agency, 31, BO)
    assert refused(agency, "PUT", f"{PEOPLE}/{place}", {}) == (400, "Missing data")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_unknown_foreign_and_hidden_places_are_one(agency: Asker, method: str) -> None:
    foreign = agency.post(f"{ELSEWHERE}/project_users", {"project_id": 60, "user_id": 3}, CLEO)
    hidden = put_on(agency, 31, ADA)
    body = {"manager": True} if method == "PUT" else None
    for place, by in [(UNKNOWN, ADA), (foreign["id"], ADA), (hidden, BO), ("abc", ADA)]:
        assert refused(agency, method, f"{PEOPLE}/{place}", body, by) == NO_PLACE
    assert agency.get(f"{ELSEWHERE}/project_users", CLEO) == [foreign]


def test_a_member_puts_nobody_on_a_project(agency: Asker) -> None:
    place = put_on(agency, 30, BO)
    assert refused(agency, "POST", PEOPLE, {"project_id": 32, "user_id": BO}, BO) == NO_ACCESS
    assert refused(agency, "PUT", f"{PEOPLE}/{place}", {"manager": True}, BO) == NO_ACCESS
    assert refused(agency, "DELETE", f"{PEOPLE}/{place}", by=BO) == NO_ACCESS
    hidden = {"project_id": 31, "user_id": BO}
    assert refused(agency, "POST", PEOPLE, hidden, BO) == (400, "Invalid project_id")
    assert refused(agency, "POST", GROUPS, {"project_id": 30, "group_id": 70}, BO) == NO_ACCESS


def test_a_manager_puts_people_on_his_project_but_sets_no_money(agency: Asker) -> None:
    project_id = make_project(agency, "Bo's", BO)
    body = {"project_id": project_id, "user_id": ADA}
    for key in ("rate", "labor_cost"):
        assert refused(agency, "POST", PEOPLE, {**body, key: 9}, BO) == NO_ACCESS
    place = agency.post(PEOPLE, body, BO)["id"]
    for key in ("rate", "labor_cost"):
        assert refused(agency, "PUT", f"{PEOPLE}/{place}", {key: 9}, BO) == NO_ACCESS
    assert agency.put(f"{PEOPLE}/{place}", {"manager": True}, BO)["manager"] is True
    assert agency.delete(f"{PEOPLE}/{place}", BO) == place


def test_many_places_are_patched(agency: Asker) -> None:
    first, second = put_on(agency, 31, BO), put_on(agency, 32, BO)
    answer = agency.patch(f"{PEOPLE}/{second},{first},{UNKNOWN}", MANAGING)
    assert answer["success"] == [second, first]
    assert ids(answer["failure"]) == [UNKNOWN]
    assert [place["manager"] for place in agency.get(PEOPLE)] == [True, True]
    money = [{"op": "replace", "path": f"/{key}", "value": 9} for key in ("rate", "labor_cost")]
    agency.patch(f"{PEOPLE}/{first}", money)
    [place] = agency.get(PEOPLE, project_ids=31)
    assert (place["rate"], place["labor_cost"]) == (9, 9)


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        (("add", "/manager", True), "Operation not supported (add /manager)"),
        (("add", "/rate", 1), "Operation not supported (add /rate)"),
        (("add", "/labor_cost", 1), "Operation not supported (add /labor_cost)"),
        (("replace", "/manager", 1), "/manager expects a boolean"),
        (("replace", "/rate", "1"), "/rate expects an float64 or null"),
        (("replace", "/labor_cost", []), "/labor_cost expects an float64 or null"),
        (("replace", "/user_id", 1), None),
        (("move", "/manager", True), None),
    ],
)
def test_a_bad_patch_is_refused(agency: Asker, operation: tuple, text: str | None) -> None:
    place = put_on(agency, 31, BO)
    body = [dict(zip(("op", "path", "value"), operation, strict=True))]
    status, told = refused(agency, "PATCH", f"{PEOPLE}/{place}", body)
    assert (status, told) == (400, text or told)


def test_a_groups_place_is_told(agency: Asker) -> None:
    [place] = agency.get(GROUPS, project_ids="33")
    assert (place["pid"], place["wid"], place["group_id"]) == (33, 10, 70)
    assert set(place) == {"id", "pid", "wid", "group_id"}
    assert agency.get(GROUPS) == [place]
    assert agency.get(GROUPS, project_ids="30") == []


def test_a_group_on_a_project_lets_its_people_in_and_out(agency: Asker) -> None:
    made = agency.post(GROUPS, {"project_id": 31, "group_id": 70})
    assert (made["pid"], made["wid"], made["group_id"]) == (31, 10, 70)
    assert seconds(agency, BO)[31] == 420
    agency.delete(f"{GROUPS}/{made['id']}")
    assert 31 not in seconds(agency, BO)
    assert 31 not in ids(agency.get(PROJECTS, BO))


def test_ones_own_time_stays_when_the_group_leaves(agency: Asker) -> None:
    [place] = agency.get(GROUPS, project_ids="33")
    before = sum(seconds(agency, BO).values())
    agency.delete(f"{GROUPS}/{place['id']}")
    assert 33 not in ids(agency.get(PROJECTS, BO))
    assert sum(seconds(agency, BO).values()) == before


@pytest.mark.parametrize(
    "body",
    [
        {"project_id": 31, "group_id": UNKNOWN},
        {"project_id": UNKNOWN, "group_id": 70},
        {"project_id": 60, "group_id": 70},
        {"project_id": 33, "group_id": 70},
        {"project_id": 31},
        {"project_id": "31", "group_id": 70},
    ],
)
def test_a_bad_groups_place_is_refused(agency: Asker, body: dict[str, Any]) -> None:
    assert refused(agency, "POST", GROUPS, body)[0] == 400


def test_an_unknown_groups_place_is_refused(agency: Asker) -> None:
    expected = (404, "Project group not found/accessible")
    assert refused(agency, "DELETE", f"{GROUPS}/{UNKNOWN}") == expected
    [place] = agency.get(GROUPS)
    agency.delete(f"{GROUPS}/{place['id']}")
    assert refused(agency, "DELETE", f"{GROUPS}/{place['id']}") == expected
