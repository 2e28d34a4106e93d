"""Two servers on one PostgreSQL that change the same saved report at once undo nothing of each other (D10.1)."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

from starlette.testclient import TestClient

from tests.postgres import PostgresServer
from tests.wire.agency import agency_services
from tests.wire.saving import ask, change, client_of, managed, params, save

ROUNDS = 15


def test_changes_of_two_servers_add_up(tmp_path: Path, postgres: PostgresServer) -> None:
    """Each changes another key; a deleted report stays deleted."""
    url = postgres.new_database()
    with ExitStack() as stack:
        one = stack.enter_context(agency_services(tmp_path / "one", url))
        two = stack.enter_context(agency_services(tmp_path / "two", url, is_new=False))
        clients = [client_of(one), client_of(replace(two, box=one.box))]
        for number in range(ROUNDS):
            report = save(clients[0], public=True)
            both(
                clients,
                lambda client, r=report, n=number: change(client, r, name=f"Name {n}"),
                lambda client, r=report: change(client, r, public=False),
            )
            path = managed(report["id"])
            told = ask(clients[0], "GET", path).json()
            assert (told["name"], told["public"]) == (f"Name {number}", False)
            both(
                clients,
                lambda client, r=report: change(client, r, params=params("detailed")),
                lambda client, p=path: ask(client, "DELETE", p),
            )
            assert ask(clients[0], "GET", path).status_code == 404


def both(clients: list[TestClient], *acts: Callable[[TestClient], object]) -> None:
    """At the same moment, as nearly as threads can."""
    barrier = Barrier(len(acts))

    def act(client: TestClient, work: Callable[[TestClient], object]) -> None:
        barrier.wait()
        work(client)

    threads = [
        Thread(target=act, args=(client, work)) for client, work in zip(clients, acts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
