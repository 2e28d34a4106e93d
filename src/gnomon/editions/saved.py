"""A saved report as it is run: in the name of its owner, narrowed for who looks at it (D10.3-D10.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.editions.detailed import detailed_edition
from gnomon.editions.edition import Edition, ReadLogo, no_logo
from gnomon.editions.ground import Ground
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.engine.select import select_rows
from gnomon.errors import OwnerGone
from gnomon.model.saved_report import ReportType, SavedReport
from gnomon.query.access import Sight, sight_of, sight_of_both
from gnomon.query.selection import Selection
from gnomon.store.workspaces import Member
from gnomon.units.dates import DayRange, day_of_number
from gnomon.wire.reports_v3.files import FileKind
from gnomon.wire.reports_v3.saved import SavedQuestion, SavedReader
from gnomon.wire.reports_v3.to_query import Asker, asker_of

EDITIONS = {
    ReportType.SUMMARY: summary_edition,
    ReportType.DETAILED: detailed_edition,
    ReportType.WEEKLY: weekly_edition,
}
EVER = DayRange(date.min, date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRun:
    """One run: what is asked, and the ground it is answered on. `is_full`: for the owner or an admin."""

    report: SavedReport
    question: SavedQuestion
    ground: Ground
    is_full: bool


def saved_run(
    report: SavedReport,
    given: Mapping[str, Any],
    table: EntryTable,
    now: datetime,
    *,
    is_full: bool,
    report_days_max: int = 0,
    also: Sight | None = None,
) -> SavedRun:
    """Raises `OwnerGone`, and `BadQuery` for what cannot be asked. `also`: nothing that this one does not see.

    Strangers get columns in which nobody has an e-mail address, and a sight without labour costs: what is not there
    can be told by no report, file or dictionary.
    """
    owner = active_member(table, report.owner_id)
    if owner is None:
        raise OwnerGone
    sight = sight_of_member(owner, table)
    asker = asker_of(owner.account, table.around.workspace, sight, now, report_days_max)
    reader = SavedReader(
        report,
        asker,
        lambda: first_day(table, sight, asker),
        owner.account.first_weekday,
        is_full,
    )
    question = reader.question(given)
    seen = sight if also is None else sight_of_both(sight, also)
    shown = replace(
        seen,
        sees_amounts=seen.sees_amounts and not question.hides_amounts,
        sees_costs=seen.sees_costs and is_full,
        sees_emails=is_full,
    )
    asker = replace(question.asker, sees_amounts=shown.sees_amounts)
    columns = table if is_full else without_emails(table)
    ground = Ground(question.body, asker, columns, shown)
    return SavedRun(report=report, question=question, ground=ground, is_full=is_full)


def saved_edition(run: SavedRun, kind: FileKind, read_logo: ReadLogo = no_logo) -> Edition:
    """As the direct one, under the name of the report."""
    edition = EDITIONS[run.question.report_type](run.ground, kind, read_logo)
    if edition.document is None:
        return edition
    return replace(edition, document=replace(edition.document, title=run.report.name))


def active_member(table: EntryTable, user_id: int) -> Member | None:
    for member in table.around.members:
        if member.account.user_id == user_id and member.is_active:
            return member
    return None


def sight_of_member(member: Member, table: EntryTable) -> Sight:
    """With his present rights."""
    around, user_id = table.around, member.account.user_id
    catalog = around.catalog
    return sight_of(user_id, member.role, around.workspace, catalog.projects, catalog.user_groups)


def without_emails(table: EntryTable) -> EntryTable:
    users = table.dimensions.users.with_columns(email=pl.lit(None, dtype=pl.String))
    return replace(table, dimensions=replace(table.dimensions, users=users))


def first_day(table: EntryTable, sight: Sight, asker: Asker) -> date:
    """The local day of the first entry that somebody sees; today where there is none."""
    rows = select_rows(table, Selection(days=EVER), sight, {"local_day": "local_day"})
    first = rows.select(pl.col("local_day").min()).collect().item()
    return asker.today if first is None else day_of_number(first)
