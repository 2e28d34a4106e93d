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
from gnomon.query.access import sight_of
from gnomon.reports.summary import summary_report
from gnomon.store.database import Database, open_database
from gnomon.units.dates import today_in, zone_of
from gnomon.wire.body import Body, parse_body
from gnomon.wire.errors import status_of
from gnomon.wire.reports_v3.to_query import Asker, summary_query
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


def ask_summary(table: EntryTable, viewer_id: int, body: dict[str, Any]) -> tuple[int, Any]:
    """Status and decoded answer, made by the same steps as the handler's."""
    members = {member.account.user_id: member for member in table.around.members}
    member, workspace = members[viewer_id], table.around.workspace
    catalog = table.around.catalog
    sight = sight_of(viewer_id, member.role, workspace, catalog.projects, catalog.user_groups)
    asker = Asker(
        today=today_in(zone_of(member.account.timezone), TODAY),
        rounds_reports=member.account.rounds_reports,
        rounding=member.account.rounding,
        workspace_rounding_minutes=workspace.rounding_minutes,
        plan=workspace.plan,
        sees_amounts=sight.sees_amounts,
    )
    try:
        query = summary_query(Body(parse_body(json.dumps(body).encode())), asker)
    except GnomonError as error:
        return status_of(error), str(error)
    return 200, json.loads(summary_json(summary_report(query, table, sight)))
