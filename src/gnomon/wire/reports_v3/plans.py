"""Which parts of a question the vendor sells with which plan, for workspaces that emulate one (D9.5)."""

from gnomon.errors import FeatureOff
from gnomon.model.account import Plan
from gnomon.query.queries import Audit, SummaryQuery
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.files import FileKind

_RANKS = {plan: rank for rank, plan in enumerate(Plan)}  # free < starter < premium < enterprise


def check_summary_plan(body: Body, query: SummaryQuery, plan: Plan) -> None:
    """Refuse what the plan lacks; asking for a feature's default is not asking for the feature."""
    needs_starter = (
        query.selection.is_billable is not None
        or query.splits_rates
        or bool(body.integer("rounding_minutes"))
        or bool(body.integer("rounding"))
    )
    needs_premium = (
        query.audit != Audit()
        or query.selection.duration_seconds_min is not None
        or query.selection.duration_seconds_max is not None
    )
    if needs_premium and _RANKS[plan] < _RANKS[Plan.PREMIUM]:
        raise FeatureOff
    if needs_starter and _RANKS[plan] < _RANKS[Plan.STARTER]:
        raise FeatureOff


def check_file_plan(kind: FileKind, plan: Plan) -> None:
    """The vendor sells workbooks with its paid plans (reports-api-v3.md, X20)."""
    if kind is FileKind.XLSX and _RANKS[plan] < _RANKS[Plan.STARTER]:
        raise FeatureOff
