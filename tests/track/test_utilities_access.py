"""Who may ask the utilities of the reports, and what they say to bodies that are no good."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.track.asking import BO, CLEO, GONE, OTHER, UNKNOWN, Asker, refusal
from tests.track.utilities import (
    ALL,
    BODIES,
    MEMBERS,
    NOTHING_SET,
    SEARCHES,
    ask,
    base,
    listed,
    still_agency,
)

NO_WORKSPACE = (403, "Workspace not found/accessible")


@pytest.fixture(name="agency", scope="module")
def fixture_agency(
    agency_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asker]:
    """Nobody changes it, so one does for all."""
    with still_agency(agency_template, tmp_path_factory.mktemp("still") / "agency") as asker:
        yield asker


@pytest.mark.parametrize("name", ALL)
def test_a_stranger_is_asked_for_credentials(agency: Asker, name: str) -> None:
    answer = ask(agency, name, BODIES.get(name), by=None)
    assert refusal(answer) == (401, "Unable to extract authentication data")


@pytest.mark.parametrize("name", ALL)
def test_other_workspaces_are_not_told_from_unknown_ones(agency: Asker, name: str) -> None:
    body = BODIES.get(name)
    assert refusal(ask(agency, name, body, workspace_id=OTHER)) == NO_WORKSPACE
    assert refusal(ask(agency, name, body, workspace_id=UNKNOWN)) == NO_WORKSPACE
    assert refusal(ask(agency, name, body, by=CLEO)) == NO_WORKSPACE
    assert refusal(ask(agency, name, body, by=GONE)) == NO_WORKSPACE


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("workspace_id", ["0", "-10", "ten", str(2**63)])
def test_a_workspace_is_a_positive_number(agency: Asker, name: str, workspace_id: str) -> None:
    answer = ask(agency, name, BODIES.get(name), workspace_id=workspace_id)
    assert refusal(answer) == (400, "Invalid workspace id")


@pytest.mark.parametrize("name", ALL)
def test_every_member_may_ask(agency: Asker, name: str) -> None:
    assert isinstance(listed(agency, name, BODIES.get(name), by=BO), list)


@pytest.mark.parametrize("name", ALL)
def test_nothing_of_another_workspace_is_ever_found(agency: Asker, name: str) -> None:
    body = {"ids": [60, 200, 3], "project_ids": [60]}
    if name == "filters/projects/status":
        body = {"ids": [60]}
    assert listed(agency, name, body) == []


@pytest.mark.parametrize("name", SEARCHES)
@pytest.mark.parametrize("content", [b"", b"{}", b"null", b'{"ids": []}', b'{"ids": null}'])
def test_a_search_for_nothing_is_refused(agency: Asker, name: str, content: bytes) -> None:
    answer = agency.ask("POST", f"{base()}/{name}", content=content)
    assert refusal(answer) == NOTHING_SET


@pytest.mark.parametrize("name", ["clients", "projects", "users", "projects/status", "tasks"])
@pytest.mark.parametrize("content", [b"", b"{}", b"null", b'{"ids": []}', b'{"unknown": 1}'])
def test_a_filter_for_nothing_lists_all(agency: Asker, name: str, content: bytes) -> None:
    answer = agency.ask("POST", f"{base()}/filters/{name}", content=content)
    assert answer.status_code == 200
    assert answer.json()


@pytest.mark.parametrize("name", [*MEMBERS, "filters/tasks/status"])
@pytest.mark.parametrize("body", [None, {}, {"start_id": 1}, {"ids": []}, {"project_ids": []}])
def test_some_filters_need_to_know_of_what(
    agency: Asker, name: str, body: dict[str, object] | None
) -> None:
    assert refusal(ask(agency, name, body)) == NOTHING_SET


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("content", [b"{", b"[1]", b"5", b'{"ids": NaN}', b'{"name": "\\ud800"}'])
def test_what_is_no_object_of_json_is_refused(agency: Asker, name: str, content: bytes) -> None:
    answer = agency.ask("POST", f"{base()}/{name}", content=content)
    assert refusal(answer) == (400, "JSON is not valid")


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("filters/clients", "ids", "20"),
        ("filters/clients", "ids", [1.5]),
        ("filters/clients", "ids", [True]),
        ("filters/clients", "ids", [2**64]),
        ("filters/clients", "name", 5),
        ("filters/clients", "start", "1"),
        ("search/clients", "start", 1.5),
        ("filters/projects", "client_ids", {}),
        ("filters/projects", "is_active", "true"),
        ("filters/projects", "is_billable", 1),
        ("filters/projects", "is_private", "no"),
        ("filters/projects", "currency", 978),
        ("filters/projects", "page_size", "10"),
        ("search/projects", "ids", 30),
        ("filters/users", "active", 1),
        ("search/users", "ids", "all"),
        ("filters/projects/status", "active", "yes"),
        ("filters/projects/status", "ids", [[30]]),
        ("filters/tasks/status", "ids", ["40"]),
        ("filters/project_users", "project_ids", "30"),
        ("filters/project_users", "client_ids", [""]),
        ("filters/project_groups", "group_ids", 70),
        ("search/tasks", "project_active", "x"),
        ("filters/tasks", "project_ids", [{}]),
        ("filters/tasks", "user_ids", 1),
        ("filters/tasks", "page_size", 1.5),
    ],
)
def test_a_key_of_the_wrong_type_is_named(
    agency: Asker, name: str, key: str, value: object
) -> None:
    body = {**BODIES.get(name, {}), key: value}
    assert refusal(ask(agency, name, body)) == (400, f"Invalid {key} format")


@pytest.mark.parametrize("name", ALL)
def test_unknown_keys_are_passed_over(agency: Asker, name: str) -> None:
    body = BODIES.get(name, {})
    known = listed(agency, name, body)
    assert listed(agency, name, {**body, "user_agent": "x", "workspace_id": 99}) == known


@pytest.mark.parametrize(
    ("name", "key", "most"),
    [
        ("filters/clients", "ids", 2_000),
        ("search/clients", "ids", 2_000),
        ("filters/projects", "ids", 2_000),
        ("filters/projects", "client_ids", 2_000),
        ("search/projects", "ids", 2_000),
        ("search/projects", "client_ids", 2_000),
        ("filters/users", "ids", 100),
        ("search/users", "ids", 100),
        ("filters/project_users", "project_ids", 2_000),
        ("filters/project_users", "client_ids", 2_000),
        ("filters/project_groups", "project_ids", 2_000),
        ("filters/project_groups", "group_ids", 2_000),
        ("filters/projects/status", "ids", 2_000),
        ("filters/tasks/status", "ids", 2_000),
        ("filters/tasks", "ids", 2_000),
        ("search/tasks", "ids", 2_000),
        ("search/tasks", "project_ids", 2_000),
    ],
)
def test_lists_of_ids_have_a_limit(agency: Asker, name: str, key: str, most: int) -> None:
    nobody = range(500_000, 500_000 + most)
    assert listed(agency, name, {key: list(nobody)}) == []
    too_many = refusal(ask(agency, name, {key: [*nobody, 1]}))
    assert too_many == (400, f"Maximum count of posted IDs is {most}")


@pytest.mark.parametrize("name", ["filters/projects", "search/projects", "filters/tasks"])
@pytest.mark.parametrize("size", [0, -1, 10_001])
def test_a_page_is_neither_empty_nor_endless(agency: Asker, name: str, size: int) -> None:
    assert refusal(ask(agency, name, {"page_size": size}))[0] == 400


@pytest.mark.parametrize(
    "name", ["filters/nothing", "search/project_users", "filters", "find/tasks", "tasks"]
)
def test_other_utilities_are_not_found(agency: Asker, name: str) -> None:
    assert refusal(ask(agency, name, {"ids": [1]})) == (404, "Not found")


@pytest.mark.parametrize("name", ALL)
def test_they_are_asked_by_post_only(agency: Asker, name: str) -> None:
    assert agency.ask("GET", f"{base()}/{name}").status_code == 405


def test_a_body_beyond_a_mebibyte_is_too_large(agency: Asker) -> None:
    content = b'{"name": "' + b"x" * 1_048_577 + b'"}'
    assert agency.ask("POST", f"{base()}/filters/clients", content=content).status_code == 413
