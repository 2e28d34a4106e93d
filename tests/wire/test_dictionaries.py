"""What a saved report tells besides its time: dictionaries of what it names, and no secret to the public (D10.6)."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from gnomon.web.services import Services
from tests.wire.agency import agency_services
from tests.wire.saving import (
    MONEY,
    REPORT_TYPES,
    change,
    client_of,
    give_labour_costs,
    params,
    ran,
    results_of,
    run,
    save,
    scan,
)

KINDS = ["clients", "projects", "tags", "tasks", "user_groups", "users"]
FIELDS = {
    "clients": "id name external_reference",
    "projects": (
        "id name client_id color currency estimated_hours estimated_seconds actual_hours"
        " actual_seconds fixed_fee start_date end_date external_reference"
    ),
    "tags": "id name",
    "tasks": "id name project_id estimated_seconds tracked_seconds",
    "user_groups": "id name",
    "users": "id name email avatar_url group_ids labour_cost",
}
GROUPED = [
    params("summary"),
    params("summary", sub_grouping="users"),
    params("summary", sub_grouping="tasks"),
    params("summary", grouping="clients", sub_grouping="projects"),
    params("summary", grouping="users", sub_grouping="clients"),
    params("summary", grouping="tasks", sub_grouping="users", include_time_entry_ids=True),
    params("summary", grouping="tags", sub_grouping="projects"),
]
REPORTS = [
    *GROUPED,
    params("detailed"),
    params("detailed", grouped=True, project_ids=[30]),
    params("detailed", page_size=1),
    params("detailed", description="nobody wrote this"),
    params("weekly"),
    params("weekly", group_by_task=True),
]
EVERY_ID: dict[str, Any] = {
    "user_ids": [1, 2, 3, 4, 5],
    "client_ids": [20, 21, 22, None],
    "project_ids": [30, 31, 32, 33, 60, None],
    "task_ids": [40, None],
    "tag_ids": [50, 51, None],
}


@pytest.fixture(name="services", scope="module")
def fixture_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with agency_services(tmp_path_factory.mktemp("dictionaries")) as services:
        give_labour_costs(services)
        yield services


@pytest.fixture(name="client", scope="module")
def fixture_client(services: Services) -> TestClient:
    return client_of(services)


def named_in_summary(answer: dict[str, Any], asked: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    outer, inner = asked.get("grouping", "projects"), asked.get("sub_grouping", "time_entries")
    for group in results_of(answer)["report"]["groups"]:
        for number in group["ids"] if outer == "tags" else [group["id"]]:
            yield outer, number
        for sub_group in group["sub_groups"]:
            if inner != "time_entries":
                yield inner, sub_group["id"]


def named_in_rows(answer: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Of detailed and weekly reports."""
    for row in results_of(answer)["report"]:
        yield "users", row["user_id"]
        yield "projects", row["project_id"]
        yield "tasks", row.get("task_id", row.get("planned_task_id"))
        for number in row.get("tag_ids", []):
            yield "tags", number


def named(answer: dict[str, Any], asked: dict[str, Any]) -> dict[str, set[str]]:
    """The ids that the results name, with the projects of tasks and then the clients of projects."""
    is_summary = asked["report_type"] == "summary"
    found = named_in_summary(answer, asked) if is_summary else named_in_rows(answer)
    ids: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for kind, number in found:
        if number is not None:
            ids[kind].add(str(number))
    told = answer["dictionaries"]
    for kind, owner, key in (
        ("tasks", "projects", "project_id"),
        ("projects", "clients", "client_id"),
    ):
        owners = {told[kind][number][key] for number in ids[kind]} - {None}
        ids[owner] |= {str(number) for number in owners}
    return ids


@pytest.mark.parametrize("user_id", [None, 1])
@pytest.mark.parametrize("asked", REPORTS, ids=str)
def test_dictionaries_hold_what_the_results_name_and_nothing_else(
    client: TestClient, asked: dict, user_id: int | None
) -> None:
    """D10.6; `filters` holds at least the same."""
    token = save(client, public=True, params=asked)["token"]
    answer = ran(client, token, user_id)
    told, ids = answer["dictionaries"], named(answer, asked)
    for kind in KINDS:
        if (kind, user_id) != ("user_groups", 1):  # the owner is also told whose group is whose
            assert set(told[kind]) == ids[kind], kind
        assert set(told[kind]) <= set(told["filters"][kind]), kind


@pytest.mark.parametrize("user_id", [None, 1])
def test_the_keys_of_dictionaries_stand_in_one_order(
    client: TestClient, user_id: int | None
) -> None:
    """Vendor page, dictionaries; dossier SR14."""
    asked = params("detailed", group_ids=[70], user_ids=[1, 4])
    told = ran(client, save(client, public=True, params=asked)["token"], user_id)["dictionaries"]
    assert list(told) == [*KINDS, "filters"]
    assert list(told["filters"]) == KINDS
    for kind, fields in FIELDS.items():
        for number, thing in {**told["filters"][kind], **told[kind]}.items():
            assert list(thing) == fields.split(), kind
            assert str(thing["id"]) == number


def test_the_owner_is_told_who_is_who(client: TestClient) -> None:
    """Dossier SR14."""
    told = ran(client, save(client, params=params("detailed"))["token"], 1)["dictionaries"]
    assert told["clients"]["21"]["name"] == "Beta <b>&"
    project = told["projects"]["30"]
    assert (project["name"], project["client_id"], project["color"]) == ("Website", 20, "#bf7000")
    assert told["projects"]["31"]["currency"] == "USD"
    assert (told["tags"]["51"]["name"], told["tasks"]["40"]["project_id"]) == ('say "hi"', 30)
    assert (told["users"]["1"]["email"], told["users"]["2"]["group_ids"]) == (
        "ada@example.com",
        [70],
    )


def test_filters_also_name_what_was_asked_for(client: TestClient) -> None:
    """Readings: what the stored filters name, as far as the owner may see it."""
    asked = params("detailed", project_ids=[32, 60, 987], user_ids=[2, 3], group_ids=[70])
    for user_id in (None, 1):
        answer = ran(client, save(client, public=True, params=asked)["token"], user_id)
        filters = answer["dictionaries"]["filters"]
        assert (set(filters["projects"]), set(filters["users"])) == ({"32"}, {"2"})
        assert filters["user_groups"] == {"70": {"id": 70, "name": "Studio"}}
        assert answer["dictionaries"]["projects"] == {}


def test_filters_also_name_what_the_owner_gives_with_the_run(client: TestClient) -> None:
    """Readings."""
    answer = ran(client, save(client)["token"], 1, {"project_ids": [32], "tag_ids": [51]})
    filters = answer["dictionaries"]["filters"]
    assert (filters["projects"]["32"]["name"], filters["tags"]["51"]["name"]) == (
        "Empty",
        'say "hi"',
    )


@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_a_viewer_learns_no_name_by_asking_for_its_number(client: TestClient, kind: str) -> None:
    """D10.5, D10.6: the report of one project does not become a directory of the workspace."""
    token = save(client, public=True, params=params(kind, project_ids=[33]))["token"]
    for user_id in (None, 3):
        answer = run(client, token, user_id, EVERY_ID)
        assert answer.status_code == 200
        for name in ("Ada", "Gone", "Website", "Empty", "Acme", "Beta", "Old", "Build", "urgent"):
            assert f'"{name}' not in answer.text, name


def test_what_the_owner_does_not_see_is_named_to_nobody(client: TestClient) -> None:
    """D9.3, D10.3: a member's public report, asked for a private project and another workspace's."""
    asked = params("detailed", user_ids=[1, 2, 3], project_ids=[30, 31, 33, 60])
    report = save(client, 2, params=asked)
    change(client, report, 1, public=True)
    for user_id in (None, 1, 2):
        text = run(client, report["token"], user_id, EVERY_ID).text
        assert not any(name in text for name in ('"App"', "CANARY", "Cleo"))


def secrets_in(answer: dict[str, Any]) -> list[Any]:
    """Everything of the answer that only the house may know."""
    kinds = ("labour_cost", "labour_cost_in_cents", "email", "group_ids")
    answer = {key: answer[key] for key in answer if key not in {"saved_params", "input_params"}}
    return [value for kind in kinds for value in scan(answer, kind) if value is not None]


@pytest.mark.parametrize("user_id", [None, 2, 3, 4])
@pytest.mark.parametrize("asked", REPORTS, ids=str)
def test_the_public_is_told_no_address_and_no_labour_cost(
    client: TestClient, asked: dict, user_id: int | None
) -> None:
    """D10.6; in JSON and in every cell of the files."""
    token = save(client, public=True, params=asked | {"user_ids": [1, 2, 4]})["token"]
    answer = run(client, token, user_id)
    assert answer.status_code == 200
    assert secrets_in(answer.json()) == []
    assert "@example.com" not in answer.text
    csv_file = run(client, token, user_id, ending=".csv")
    assert csv_file.status_code == 200
    assert "@example.com" not in csv_file.text
    workbook = zipfile.ZipFile(io.BytesIO(run(client, token, user_id, ending=".xlsx").content))
    assert not any(b"@example.com" in workbook.read(name) for name in workbook.namelist())


@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_the_owner_is_told_the_labour_cost(client: TestClient, kind: str) -> None:
    """D9.3: admins only, so a member's report has none even for an admin."""
    adas, bos = (save(client, user_id, params=params(kind))["token"] for user_id in (1, 2))
    assert results_of(ran(client, adas, 1))["totals"]["labour_cost_in_cents"] > 0
    for user_id in (1, 2):
        told = ran(client, bos, user_id)
        assert all(value is None for value in scan(told, "labour_cost_in_cents"))
        assert all(value is None for value in scan(told, "labour_cost"))


@pytest.mark.parametrize("asked", REPORTS, ids=str)
def test_hidden_amounts_are_nowhere(client: TestClient, asked: dict) -> None:
    """D10.5, D10.6: not as a number under another name either."""
    hidden = asked | {"hide_amounts": True, "distinguish_rates": True}
    token = save(client, public=True, params=hidden)["token"]
    answer = run(client, token, None, {"hide_amounts": False})
    assert all(value is None for key in MONEY for value in scan(answer.json(), key))
    assert not any(number in answer.text for number in ("12000", "18000", "29667", "7777"))
    text = run(client, token, None, {"hide_amounts": False}, ".csv").text
    assert not any(number in text for number in ("Amount", "Rate", "120.00", "180.00", "100.00"))


def test_the_labour_cost_of_a_person_is_todays(client: TestClient) -> None:
    """D6.4; everybody costs 77.77 here."""
    token = save(client, params=params("detailed"))["token"]
    told = ran(client, token, 1)["dictionaries"]["users"]
    assert {user["labour_cost"] for user in told.values()} == {7_777}
