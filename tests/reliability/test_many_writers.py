"""Many write at once through HTTP, on one server with SQLite and on two with one PostgreSQL: nothing is lost, no change
number is skipped, and whoever asks a report next sees what was acknowledged before he asked.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from gnomon.store.checking import problems
from gnomon.store.schema import changes, entries
from gnomon.web.services import Services
from tests.postgres import PostgresServer
from tests.wire.agency import agency_services
from tests.wire.saving import ask, client_of

WRITERS, WRITES = 6, 12
V9 = "/api/v9/workspaces/10"
SUMMARY = "/reports/api/v3/workspace/10/summary/time_entries"
NEW = {"created_with": "many", "start": "2027-03-01T08:00:00Z", "duration": 60}


@pytest.fixture(params=["one server on SQLite", "two servers on PostgreSQL"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Services]]:
    with ExitStack() as stack:
        if "SQLite" in request.param:
            yield [stack.enter_context(agency_services(tmp_path / "one"))]
            return
        postgres: PostgresServer = request.getfixturevalue("postgres")
        url = postgres.new_database()
        one = stack.enter_context(agency_services(tmp_path / "one", url))
        two = stack.enter_context(agency_services(tmp_path / "two", url, is_new=False))
        yield [one, replace(two, box=one.box)]


def at_once(servers: list[Services], work: Callable[[TestClient, int], Any]) -> list[Any]:
    """The writers take turns on the servers; each has a connection of its own."""
    clients = [client_of(servers[number % len(servers)]) for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        jobs = [pool.submit(work, client, number) for number, client in enumerate(clients)]
        return [job.result() for job in jobs]


def seconds_in_march(client: TestClient) -> int:
    answer = ask(
        client,
        "POST",
        SUMMARY,
        json={"start_date": "2027-03-01", "end_date": "2027-03-01", "grouping": "users"},
    )
    groups = answer.json()["groups"]
    return sum(sub["seconds"] for group in groups for sub in group["sub_groups"])


def sound(services: Services) -> None:
    """Everything holds together, and every change has its number."""
    with services.database.read() as connection:
        assert list(problems(connection)) == []
        numbers = list(
            connection.scalars(
                select(changes.c.change_number)
                .where(changes.c.workspace_id == 10)
                .order_by(changes.c.change_number)
            )
        )
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_entry_is_lost_and_every_report_is_up_to_date(servers: list[Services]) -> None:
    """A writer who has heard of his n-th entry sees n of his own, wherever he asks."""

    def write(client: TestClient, number: int) -> list[int]:
        other = client_of(servers[(number + 1) % len(servers)])
        made = []
        for turn in range(WRITES):
            given = {**NEW, "description": f"{number}-{turn}", "tags": [f"tag {number % 3}"]}
            answer = ask(client, "POST", f"{V9}/time_entries", json=given)
            assert answer.status_code == 200, answer.text
            made.append(answer.json()["id"])
            if turn % 4 == 0:
                assert seconds_in_march(other) >= 60 * len(made)
        return made

    made = [entry_id for mine in at_once(servers, write) for entry_id in mine]
    assert len(set(made)) == WRITERS * WRITES
    for services in servers:
        client = client_of(services)
        assert seconds_in_march(client) == 60 * len(made)
        tags = [tag["name"] for tag in ask(client, "GET", f"{V9}/tags").json()]
        assert sorted(name for name in tags if name.startswith("tag ")) == [
            "tag 0",
            "tag 1",
            "tag 2",
        ]
    sound(servers[0])


def test_changes_of_one_entry_add_up(servers: list[Services]) -> None:
    """Each writer adds tags of his own to the same entry; all of them are there in the end."""
    client = client_of(servers[0])
    entry = ask(client, "POST", f"{V9}/time_entries", json=NEW).json()
    path = f"{V9}/time_entries/{entry['id']}"

    def write(mine: TestClient, number: int) -> None:
        for turn in range(4):
            given = {"tags": [f"{number}/{turn}"], "tag_action": "add"}
            assert ask(mine, "PUT", path, json=given).status_code == 200

    at_once(servers, write)
    told = ask(client, "GET", path).json()
    assert set(told["tags"]) == {
        f"{number}/{turn}" for number in range(WRITERS) for turn in range(4)
    }
    sound(servers[0])


def test_a_person_has_one_timer_whoever_starts_them(servers: list[Services]) -> None:
    def start(client: TestClient, number: int) -> None:
        for turn in range(4):
            given = {**NEW, "duration": -1, "description": f"{number}-{turn}"}
            assert ask(client, "POST", f"{V9}/time_entries", json=given).status_code == 200

    at_once(servers, start)
    with servers[0].database.read() as connection:
        running = connection.scalars(
            select(entries.c.entry_id).where(
                entries.c.user_id == 1,
                entries.c.stopped_at.is_(None),
                entries.c.deleted_at.is_(None),
            )
        ).all()
    assert len(running) == 1
    sound(servers[0])


def test_what_is_deleted_meanwhile_stays_deleted(servers: list[Services]) -> None:
    """Half of the writers change entries while the others delete them."""
    client = client_of(servers[0])
    ids = [ask(client, "POST", f"{V9}/time_entries", json=NEW).json()["id"] for _ in range(12)]

    def write(mine: TestClient, number: int) -> set[int]:
        gone = set()
        for entry_id in ids:
            path = f"{V9}/time_entries/{entry_id}"
            if number % 2:
                ask(mine, "PUT", path, json={"description": f"by {number}"})
            elif ask(mine, "DELETE", path).status_code == 200:
                gone.add(entry_id)
        return gone

    deleted = at_once(servers, write)
    assert sorted(entry_id for gone in deleted for entry_id in gone) == sorted(ids)
    assert seconds_in_march(client) == 0
    sound(servers[0])


def test_projects_and_rates_of_many_hold(servers: list[Services]) -> None:
    """Names stay unique, and the last rate of one day is the one in force."""

    def write(client: TestClient, number: int) -> int:
        made = 0
        for turn in range(4):
            given = {"name": f"Project {turn}", "active": True}
            made += ask(client, "POST", f"{V9}/projects", json=given).status_code == 200
            rate = {
                "level": "project",
                "level_id": 30,
                "amount": 10 * number + turn + 1,
                "start": "2026-01-10",
                "type": "billable_rates",
            }
            assert ask(client, "POST", f"{V9}/rates", json=rate).status_code == 201
        return made

    assert sum(at_once(servers, write)) == 4
    client = client_of(servers[0])
    told = ask(client, "GET", f"{V9}/rates/project/30").json()
    assert [one["start"] for one in told] == [None, "2026-01-08T00:00:00Z", "2026-01-10T00:00:00Z"]
    sound(servers[0])
