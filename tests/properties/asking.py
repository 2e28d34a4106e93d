"""Ask the whole house, short of the socket: body in, answer out."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gnomon.columns.build import build_table
from gnomon.columns.table import EntryTable
from gnomon.editions.ground import Ground
from gnomon.errors import GnomonError
from gnomon.model.account import Role
from gnomon.query.access import sight_of
from gnomon.store.database import Database
from gnomon.store.workspaces import Standing
from gnomon.web.reports.answering import Work
from gnomon.web.reports.asking import Asking, asker_for
from gnomon.web.reports.detailed import detailed_work
from gnomon.web.reports.summary import summary_work
from gnomon.web.walks import Walks
from gnomon.wire.body import Body, parse_body
from gnomon.wire.statuses import status_of
from tests.records import open_copy
from tests.worlds.loader import load_world
from tests.worlds.world import World

TODAY = datetime(2024, 3, 31, 12, 0, tzinfo=UTC)


@contextmanager
def throwaway_database() -> Iterator[Database]:
    """A record for one example; Hypothesis runs many inside one test."""
    with TemporaryDirectory() as folder:
        opened = open_copy(Path(folder))
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def table_of(world: World) -> Iterator[EntryTable]:
    with throwaway_database() as database:
        database.write(lambda connection: load_world(connection, world))
        yield build_table(database, world.workspace_id)


def ground_of(table: EntryTable, viewer_id: int, body: dict[str, Any], now: datetime) -> Ground:
    """What a handler stands on when this viewer asks this."""
    member = {member.account.user_id: member for member in table.around.members}[viewer_id]
    workspace = table.around.workspace
    catalog = table.around.catalog
    sight = sight_of(viewer_id, Role(member.role), workspace, catalog.projects, catalog.user_groups)
    standing = Standing(workspace=workspace, role=member.role, change_number=table.change_number)
    asked = Asking(member.account, standing, json.dumps(body).encode())
    return Ground(Body(parse_body(asked.body)), asker_for(asked, sight, now, 0), table, sight)


def fresh_walk(ground: Ground) -> Work:
    """The detailed report for somebody who has not asked before."""
    return detailed_work(ground, Walks())


def answered(
    table: EntryTable,
    viewer_id: int,
    body: dict[str, Any],
    now: datetime,
    understand: Callable[[Ground], Work],
) -> tuple[int, Any, dict[str, str]]:
    """Status, decoded answer and headers, made by the handler's own steps."""
    try:
        work = understand(ground_of(table, viewer_id, body, now))
    except GnomonError as error:
        return status_of(error), str(error), {}
    return 200, json.loads(work.make()), dict(work.headers)


def ask_summary(
    table: EntryTable, viewer_id: int, body: dict[str, Any], now: datetime
) -> tuple[int, Any, dict[str, str]]:
    return answered(table, viewer_id, body, now, summary_work)
