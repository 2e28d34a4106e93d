"""Two workspaces of one build: in one every text is a payload, in the other it is harmless."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection

from gnomon.model.saved_report import SavedReport
from gnomon.store.accounts import set_api_token, token_digest
from gnomon.store.changes import Touched, take_change
from gnomon.store.saved_reports import add_report
from gnomon.store.workspaces import find_workspace, put_workspace
from tests.pages.http.payloads import PAYLOADS
from tests.pages.http.sites import Site, site_with, token_of
from tests.wire.agency import at
from tests.worlds.loader import load_world
from tests.worlds.world import Client, Entry, Project, Rate, Tag, Task, User, UserGroup, World

WORKSPACE = 10
COUNT = len(PAYLOADS)
HARMLESS = tuple(f"Name {number}" for number in range(COUNT))
ADA = 1
USER, GROUP, CLIENT, PROJECT, TASK, TAG, ENTRY, REPORT = (kind * 1_000 for kind in range(1, 9))
PARAMS = '{"report_type":"summary","start_date":"2026-01-01","end_date":"2026-01-31"}'
ONE_OF_EACH = {
    "people": USER,
    "groups": GROUP,
    "clients": CLIENT,
    "projects": PROJECT,
    "tags": TAG,
    "saved": REPORT,
}


def share_token(number: int) -> str:
    return f"{REPORT + number:032x}"


def world_of(texts: tuple[str, ...], whole: str) -> World:
    """A person, a group, a client, a project, a task, a tag and an entry for each text."""
    numbers = [*enumerate(texts)]
    return World(
        workspace_id=WORKSPACE,
        currency="EUR",
        users=(
            User(ADA, whole, "ada@example.com"),
            *(User(USER + i, text, f"u{i}@example.com", role="member") for i, text in numbers),
        ),
        user_groups=tuple(UserGroup(GROUP + i, text, (USER + i,)) for i, text in numbers),
        clients=tuple(Client(CLIENT + i, text) for i, text in numbers),
        projects=tuple(
            Project(PROJECT + i, text, client_id=CLIENT + i, user_ids=(USER + i,))
            for i, text in numbers
        ),
        tasks=tuple(Task(TASK + i, PROJECT + i, text) for i, text in numbers),
        tags=tuple(Tag(TAG + i, text) for i, text in numbers),
        rates=(Rate("workspace", 6_000),),
        entries=tuple(entry_of(i, text) for i, text in numbers),
    )


def entry_of(number: int, text: str) -> Entry:
    """An hour or more of Ada's on the things of the same text, each a little longer than the one before."""
    start = at(5 + number % 7, 8)
    return Entry(
        entry_id=ENTRY + number,
        user_id=ADA,
        start=start,
        stop=start + 3_600 + number,
        description=text,
        project_id=PROJECT + number,
        task_id=TASK + number,
        tag_ids=(TAG + number,),
        is_billable=True,
    )


@contextmanager
def hostile_site(texts: tuple[str, ...], whole: str) -> Iterator[Site]:
    """With a public report for each text."""
    with site_with(lambda connection: fill(connection, texts, whole)) as site:
        box = site.services.box

        def share(connection: Connection) -> None:
            for number, text in enumerate(texts):
                token = share_token(number)
                add_report(connection, saved(number, text, box.seal(token)), token)

        site.database.write(share)
        yield site


def fill(connection: Connection, texts: tuple[str, ...], whole: str) -> None:
    load_world(connection, world_of(texts, whole))
    set_api_token(connection, ADA, token_digest(token_of(ADA)), b"")
    workspace = find_workspace(connection, WORKSPACE)
    assert workspace is not None
    take_change(connection, WORKSPACE, Touched.ALL, 0)
    put_workspace(connection, replace(workspace, name=whole))


def saved(number: int, text: str, sealed: bytes) -> SavedReport:
    """A public report of January whose name is that text."""
    return SavedReport(
        workspace_id=WORKSPACE,
        report_id=REPORT + number,
        owner_id=ADA,
        name=text,
        params=PARAMS,
        is_public=True,
        has_fixed_days=True,
        token_sealed=sealed,
        created_at=0,
        updated_at=0,
        updated_by=ADA,
    )
