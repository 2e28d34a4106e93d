"""What entries add up to: the body as a question, the sums as the vendor's JSON (D8.2)."""

from typing import Any

import msgspec

from gnomon.query.queries import TotalsQuery
from gnomon.query.resolution import Resolution, resolution_for
from gnomon.query.selection import Selection
from gnomon.reports.results import Sums, TotalsReport
from gnomon.units.money import cents
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.to_query import Asker, report_rounding, report_selection


def totals_query(body: Body, asker: Asker) -> TotalsQuery:
    """The body of `search/time_entries/totals`; `grouped` and `withInlineRates` change no sum."""
    selection = report_selection(body, asker)
    body.flag("grouped")
    body.flag("withInlineRates")
    return TotalsQuery(
        selection=selection,
        resolution=asked_resolution(body, selection),
        rounding=report_rounding(body, asker),
    )


def asked_resolution(body: Body, selection: Selection) -> Resolution:
    """`granularity` over `resolution` over what suits the days (D8.2)."""
    asked = [body.one_of(key, tuple(Resolution)) for key in ("granularity", "resolution")]
    return next((Resolution(one) for one in asked if one), resolution_for(selection.days))


def totals_json(report: TotalsReport, *, with_graph: bool, hides_rates: bool = False) -> bytes:
    """`totals.ReportData`, keys in the order of the vendor's schema (reports-api-v3.md, 3B)."""
    shows_rates = report.sees_amounts and not hides_rates
    buckets = [_bucket(report, sums, shows_rates=shows_rates) for sums in report.buckets]
    whole = report.whole
    return msgspec.json.encode(
        {
            "billable_amount_in_cents": _amount(report, whole),
            **({"graph": buckets} if with_graph else {}),
            "labour_cost_in_cents": _cost(report, whole),
            "rates": _rates(whole) if shows_rates else None,
            "resolution": report.query.resolution,
            "seconds": whole.seconds,
            "tracked_days": report.tracked_day_count,
        }
    )


def _bucket(report: TotalsReport, sums: Sums, *, shows_rates: bool) -> dict[str, Any]:
    by_rate: dict[str, int] = {}
    for rate, seconds in sorted(sums.seconds_by_rate.items(), key=lambda item: item[0].cents):
        by_rate[str(rate.cents)] = by_rate.get(str(rate.cents), 0) + seconds
    return {
        "billable_amount_in_cents": _amount(report, sums),
        "by_rate": by_rate if shows_rates else None,
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
