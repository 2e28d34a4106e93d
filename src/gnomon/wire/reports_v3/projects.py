"""The two project summaries: their bodies as questions, their answers as the vendor's JSON (D8.1, D8.2)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from gnomon.query.queries import TotalsQuery
from gnomon.query.resolution import Resolution, resolution_for
from gnomon.query.selection import IdsIn, Selection
from gnomon.reports.projects import ProjectUser
from gnomon.reports.results import Sums, TotalsReport
from gnomon.units.money import cents
from gnomon.wire.body import Body
from gnomon.wire.errors import Missing
from gnomon.wire.reports_v3.to_query import Asker, days_selection


def project_users_selection(body: Body, asker: Asker) -> Selection:
    """All entries of the days."""
    return days_selection(body, asker)


def project_totals_query(body: Body, asker: Asker, project_id: int) -> TotalsQuery:
    """The unrounded entries of one project; the first day must be given (D2.2)."""
    if not body.has("start_date"):
        raise Missing("start_date")
    selection = days_selection(body, asker, project_ids=IdsIn(frozenset({project_id})))
    return TotalsQuery(selection=selection, resolution=asked_resolution(body, selection))


def asked_resolution(body: Body, selection: Selection) -> Resolution:
    """`granularity` over `resolution` over what suits the days (D8.2)."""
    asked = [body.one_of(key, tuple(Resolution)) for key in ("granularity", "resolution")]
    return next((Resolution(one) for one in asked if one), resolution_for(selection.days))


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


def totals_json(report: TotalsReport, *, with_graph: bool) -> bytes:
    """`totals.ReportData`, keys in the order of the vendor's schema (reports-api-v3.md, 3B)."""
    graph = {"graph": [_bucket(report, sums) for sums in report.buckets]} if with_graph else {}
    whole = report.whole
    return msgspec.json.encode(
        {
            "billable_amount_in_cents": _amount(report, whole),
            **graph,
            "labour_cost_in_cents": _cost(report, whole),
            "rates": _rates(whole),
            "resolution": report.query.resolution,
            "seconds": whole.seconds,
            "tracked_days": report.tracked_day_count,
        }
    )


def _bucket(report: TotalsReport, sums: Sums) -> dict[str, Any]:
    by_rate: dict[str, int] = {}
    for rate, seconds in sorted(sums.seconds_by_rate.items(), key=lambda item: item[0].cents):
        by_rate[str(rate.cents)] = by_rate.get(str(rate.cents), 0) + seconds
    return {
        "billable_amount_in_cents": _amount(report, sums),
        "by_rate": by_rate if report.sees_amounts else None,
        "labour_cost_in_cents": _cost(report, sums),
        "seconds": sums.seconds,
    }


def _amount(report: TotalsReport, sums: Sums) -> int | None:
    if not report.sees_amounts:
        return None
    return cents(sums.microcents_by_currency.get(report.currency, 0))


def _cost(report: TotalsReport, sums: Sums) -> int | None:
    return cents(sums.cost_microcents) if report.sees_costs else None


def _rates(sums: Sums) -> list[dict[str, Any]] | None:
    """D6.6."""
    found = [
        {
            "billable_seconds": seconds,
            "hourly_rate_in_cents": rate.cents,
            "currency": rate.currency,
        }
        for rate, seconds in sorted(sums.seconds_by_rate.items())
    ]
    return found or None
