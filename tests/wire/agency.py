"""The workspace of the wire cases: small enough to work out by hand, with one of everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection

from gnomon.columns.keep import TableKeeper
from gnomon.model.account import Plan
from gnomon.store.accounts import set_api_token, set_password_hash, token_digest
from gnomon.store.changes import Touched, take_change
from gnomon.store.database import Database, open_database
from gnomon.store.passwords import hash_password
from gnomon.store.secrets import open_secret_box
from gnomon.store.workspaces import find_workspace, put_workspace
from gnomon.web.answers import AnswerCache
from gnomon.web.auth import Authenticator
from gnomon.web.services import Services
from tests.records import open_copy
from tests.worlds.loader import load_world
from tests.worlds.world import Client, Entry, Project, Rate, Tag, Task, User, UserGroup, World

NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse"
TOKENS = {1: "a" * 32, 2: "b" * 32, 3: "c" * 32, 4: "d" * 32, 5: "e" * 32}


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 1, day, hour, minute, tzinfo=UTC).timestamp())


def entry(entry_id: int, user_id: int, start: int, minutes: int, **more: object) -> Entry:
    return Entry(entry_id=entry_id, user_id=user_id, start=start, stop=start + minutes * 60, **more)


AGENCY = World(
    workspace_id=10,
    currency="EUR",
    users=(
        User(1, "Ada", "ada@example.com", timezone="Europe/Tallinn"),
        User(2, "Bo", "bo@example.com", timezone="America/New_York", role="member"),
        User(4, "Gone", "gone@example.com", is_active=False),
    ),
    user_groups=(UserGroup(70, "Studio", (2,)),),
    clients=(Client(20, "Acme"), Client(21, "Beta <b>&"), Client(22, "Old", is_archived=True)),
    projects=(
        Project(30, "Website", client_id=20, color="#bf7000"),
        Project(31, "App", client_id=21, currency="USD", is_private=True),
        Project(32, "Empty"),
        Project(33, "Shared", is_private=True, user_group_ids=(70,)),
    ),
    tasks=(Task(40, 30, "Build"),),
    tags=(Tag(50, "urgent"), Tag(51, 'say "hi"')),
    rates=(
        Rate("workspace", 6_000),
        Rate("project", 10_000, project_id=30),
        Rate("project", 12_000, project_id=30, start_day=date(2026, 1, 8)),
    ),
    entries=(
        entry(
            100,
            1,
            at(5, 22, 30),
            60,
            description="Plan",
            project_id=30,
            is_billable=True,
            tag_ids=(50,),
        ),
        entry(
            101,
            1,
            at(8, 8),
            90,
            description="Plan",
            project_id=30,
            is_billable=True,
            tag_ids=(51, 50),
        ),
        entry(102, 1, at(9, 8), 7, description="=1+1", project_id=31, is_billable=True),
        entry(103, 2, at(6, 3), 45, description="Ärger", project_id=30, task_id=40),
        entry(104, 2, at(6, 15), 30, description="", project_id=33),
        entry(105, 2, at(7, 15), 20, description="Mail"),
        entry(106, 4, at(7, 9), 10, description="Last day", project_id=30, is_billable=True),
        Entry(entry_id=107, user_id=1, start=at(10, 9), stop=None, description="running"),
        entry(108, 1, at(10, 9), 60, description="deleted", is_deleted=True),
    ),
)
OTHER = World(
    workspace_id=11,
    users=(User(3, "Cleo", "cleo@example.com"),),
    projects=(Project(60, "CANARY"),),
    entries=(entry(200, 3, at(6, 9), 60, description="CANARY", project_id=60),),
)
FREE = World(
    workspace_id=12,
    users=(User(5, "Eve", "eve@example.com"),),
    entries=(entry(300, 5, at(6, 9), 60, is_billable=True),),
)


def load_agency(connection: Connection) -> None:
    for world in (AGENCY, OTHER, FREE):
        load_world(connection, world)
    for user_id, token in TOKENS.items():
        set_api_token(connection, user_id, token_digest(token), b"")
    set_password_hash(connection, 1, hash_password(PASSWORD))
    free = find_workspace(connection, FREE.workspace_id)
    assert free is not None
    take_change(connection, free.workspace_id, Touched.WORKSPACE, 0)
    put_workspace(connection, replace(free, plan=Plan.FREE))


@contextmanager
def agency_services(folder: Path, url: str = "", *, is_new: bool = True) -> Iterator[Services]:
    """A server of the agency's; with a URL several may share its record, of which the first one is new."""
    if is_new and not url:
        database: Database = open_copy(folder, load_agency)
    else:
        database = open_database(folder, url)
        if is_new:
            database.write(load_agency)
    yield Services(
        database=database,
        tables=TableKeeper(database, 100),
        answers=AnswerCache(),
        authenticator=Authenticator(database),
        now=lambda: NOW,
        box=open_secret_box(folder),
    )
    database.close()
