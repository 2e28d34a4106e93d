"""Which parts of a question the vendor sells with which plan, for workspaces that emulate one (D9.5)."""

from gnomon.errors import FeatureOff
from gnomon.model.account import Plan
from gnomon.query.queries import Audit, SummaryQuery
from gnomon.query.selection import Selection
from gnomon.units.durations import Rounding
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.files import FileKind

_RANKS = {plan: rank for rank, plan in enumerate(Plan)}  # free < starter < premium < enterprise


def check_summary_plan(body: Body, query: SummaryQuery, plan: Plan) -> None:
    """Refuse what the plan lacks; asking for a feature's default is not asking for the feature."""
    if query.audit != Audit():
        _need(Plan.PREMIUM, plan)
    check_plan(body, query.selection, query.rounding, plan)
    if query.splits_rates:
        _need(Plan.STARTER, plan)


def check_plan(body: Body, selection: Selection, rounding: Rounding, plan: Plan) -> None:
    """The filters and the rounding that all reports share; a preference is not asked for."""
    if (selection.duration_seconds_min, selection.duration_seconds_max) != (None, None):
        _need(Plan.PREMIUM, plan)
    asks_to_round = body.has("rounding") or body.has("rounding_minutes")
    if (asks_to_round and not rounding.is_off) or selection.is_billable is not None:
        _need(Plan.STARTER, plan)


def check_file_plan(kind: FileKind, plan: Plan) -> None:
    """The vendor sells workbooks with its paid plans (reports-api-v3.md, X20)."""
    if kind is FileKind.XLSX:
        _need(Plan.STARTER, plan)


def _need(least: Plan, plan: Plan) -> None:
    if _RANKS[plan] < _RANKS[least]:
        raise FeatureOff
