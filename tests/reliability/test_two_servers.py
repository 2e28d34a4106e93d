"""Two servers on one PostgreSQL: what both do at the same moment happens once, and undoes nothing (D10.1)."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, TypeVar

import httpx2 as httpx
import pytest
from sqlalchemy import Connection

from gnomon.errors import RecordBroken
from gnomon.store.accounts import has_accounts
from gnomon.store.backup import back_up, restore
from gnomon.store.database import Database, open_database
from gnomon.store.onboarding import NewPerson, found_workspace, hold_first_start
from gnomon.store.secrets import open_secret_box
from gnomon.store.workspaces import all_workspace_ids
from gnomon.web.services import Services
from tests.postgres import PostgresServer
from tests.track.asking import Asker
from tests.track.people import accept, invite
from tests.wire.agency import agency_services
from tests.wire.saving import ask, change, client_of, managed, params, save

ROUNDS = 15
T = TypeVar("T")


@contextmanager
def two_servers(folder: Path, postgres: PostgresServer) -> Iterator[list[Services]]:
    """With one record and one secret key."""
    url = postgres.new_database()
    with (
        agency_services(folder / "one", url) as one,
        agency_services(folder / "two", url, is_new=False) as two,
    ):
        yield [one, replace(two, box=one.box)]


def test_changes_of_two_servers_add_up(tmp_path: Path, postgres: PostgresServer) -> None:
    """Each changes another key; a deleted report stays deleted."""
    with two_servers(tmp_path, postgres) as servers:
        clients = [client_of(one) for one in servers]
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


def test_an_invitation_is_used_once(tmp_path: Path, postgres: PostgresServer) -> None:
    """By somebody new who presses the button twice, on two servers."""
    with two_servers(tmp_path, postgres) as servers:
        agencies = [Asker(one) for one in servers]
        for number in range(ROUNDS):
            code = invite(agencies[0], f"dan{number}@example.com")
            answers: list[httpx.Response] = []

            def act(agency: Asker, code: str = code, said: list[Any] = answers) -> None:
                said.append(accept(agency, code, fullname="Dan", password="a fine password"))

            both(agencies, act, act)
            assert sorted(answer.status_code for answer in answers) == [200, 404]


def test_a_house_is_founded_once(tmp_path: Path, postgres: PostgresServer) -> None:
    """By the first of two who are first at the same moment."""
    url = postgres.new_database()
    first = open_database(tmp_path / "one", url)
    databases, box = [first, open_database(tmp_path / "two", url)], open_secret_box(tmp_path)

    def found(connection: Connection) -> None:
        hold_first_start(connection)
        if not has_accounts(connection):
            person = NewPerson(
                name="Fay", email="fay@example.com", timezone="UTC", password_hash="x"
            )
            found_workspace(connection, box, person, "Studio", "EUR", 0)

    def act(database: Database) -> None:
        database.write(found)

    both(databases, act, act)
    with first.read() as connection:
        assert len(all_workspace_ids(connection)) == 1
    for database in databases:
        database.close()


def test_only_a_backup_that_is_understood_is_restored(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    """Into PostgreSQL as into a folder: nothing that a newer version wrote is dropped in silence."""
    with agency_services(tmp_path / "old"):
        pass
    backup, url = tmp_path / "a.backup", postgres.new_database()
    back_up(tmp_path / "old", "", backup)
    newer = tmp_path / "newer.backup"
    newer.write_bytes(backup.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(RecordBroken):
        restore(newer, tmp_path / "new", url)
    restore(backup, tmp_path / "new", url)
    database = open_database(tmp_path / "new", url)
    with database.read() as connection:
        assert {10, 11, 12} <= set(all_workspace_ids(connection))
    database.close()


def both(servers: Sequence[T], *acts: Callable[[T], object]) -> None:
    """At the same moment, as nearly as threads can."""
    barrier = Barrier(len(acts))

    def act(server: T, work: Callable[[T], object]) -> None:
        barrier.wait()
        work(server)

    threads = [
        Thread(target=act, args=(server, work)) for server, work in zip(servers, acts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
