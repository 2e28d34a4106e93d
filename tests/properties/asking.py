"""Ask the whole house, short of the socket: body in, answer out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gnomon.columns.table import EntryTable
from gnomon.errors import GnomonError
from gnomon.model.account import Role
from gnomon.query.access import sight_of
from gnomon.reports.summary import summary_report
from gnomon.store.database import Database, open_database
from gnomon.store.workspaces import Standing
from gnomon.web.reports.asking import Asking, asker_for
from gnomon.web.reports.summary import range_headers
from gnomon.wire.body import Body, parse_body
from gnomon.wire.errors import status_of
from gnomon.wire.reports_v3.to_query import summary_query
from gnomon.wire.reports_v3.views import summary_json

TODAY = datetime(2024, 3, 31, 12, 0, tzinfo=UTC)


@contextmanager
def throwaway_database() -> Iterator[Database]:
    """A record for one example; Hypothesis runs many inside one test."""
    with TemporaryDirectory() as folder:
        opened = open_database(Path(folder))
        try:
            yield opened
        finally:
            opened.close()


def ask_summary(
    table: EntryTable, viewer_id: int, body: dict[str, Any], now: datetime
) -> tuple[int, Any, dict[str, str]]:
    """Status, decoded answer and headers, made by the same steps as the handler's."""
    member = {member.account.user_id: member for member in table.around.members}[viewer_id]
    workspace = table.around.workspace
    catalog = table.around.catalog
    sight = sight_of(viewer_id, Role(member.role), workspace, catalog.projects, catalog.user_groups)
    standing = Standing(workspace=workspace, role=member.role, change_number=table.change_number)
    asked = Asking(member.account, standing, json.dumps(body).encode())
    try:
        query = summary_query(Body(parse_body(asked.body)), asker_for(asked, sight, now, 0))
    except GnomonError as error:
        return status_of(error), str(error), {}
    answer = json.loads(summary_json(summary_report(query, table, sight)))
    return 200, answer, range_headers(query)
