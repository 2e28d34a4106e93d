"""The two project summaries: their bodies as questions, the rows of the first as JSON (D8.1, D8.2)."""

from collections.abc import Iterable

import msgspec

from gnomon.query.queries import TotalsQuery
from gnomon.query.selection import IdsIn, Selection
from gnomon.reports.projects import ProjectUser
from gnomon.wire.body import Body
from gnomon.wire.errors import Missing
from gnomon.wire.reports_v3.to_query import Asker, days_selection
from gnomon.wire.reports_v3.totals import asked_resolution


def project_users_selection(body: Body, asker: Asker) -> Selection:
    """All entries of the days."""
    return days_selection(body, asker)


def project_totals_query(body: Body, asker: Asker, project_id: int) -> TotalsQuery:
    """The unrounded entries of one project; the first day must be given (D2.2)."""
    if not body.has("start_date"):
        raise Missing("start_date")
    selection = days_selection(body, asker, project_ids=IdsIn(frozenset({project_id})))
    return TotalsQuery(selection=selection, resolution=asked_resolution(body, selection))


def project_users_json(rows: Iterable[ProjectUser], *, has_billable: bool) -> bytes:
    """A bare array; a workspace on the vendor's free plan is told nothing billable (reports-api-v3.md, 5.5)."""
    return msgspec.json.encode(
        [
            {
                "user_id": row.user_id,
                "project_id": row.project_id,
                "tracked_seconds": row.tracked_seconds,
                "billable_seconds": row.billable_seconds if has_billable else None,
            }
            for row in rows
        ]
    )
