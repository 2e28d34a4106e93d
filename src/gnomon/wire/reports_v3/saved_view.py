"""The answer of a saved report that is run (vendor page "Load the previously saved report"; D10.6)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from gnomon.model.account import Plan
from gnomon.model.logo import logo_media_type
from gnomon.model.saved_report import ReportType, SavedReport
from gnomon.wire.reports_v3.saved import SavedQuestion, saved_params

PASSWORD_KEY = "password"  # noqa: S105  # the key of a body
RESULT_KEYS = {
    ReportType.DETAILED: "detailed_results",
    ReportType.SUMMARY: "summary_results",
    ReportType.WEEKLY: "weekly_results",
}
PAID_FEATURES = ("billable_rates", "rounding", "saved_reports", "scheduled_reports", "tasks")
PREMIUM_FEATURES = ("audit",)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """`report` and `totals` are JSON already."""

    question: SavedQuestion
    report: bytes
    totals: bytes
    dictionaries: Mapping[str, Any]
    plan: Plan
    logo: bytes | None


def saved_json(saved: SavedReport, given: Mapping[str, Any], answer: SavedAnswer) -> bytes:
    """`saved.ReportOutput`; exactly one of the three results is there."""
    question = answer.question
    results = {"report": msgspec.Raw(answer.report), "totals": msgspec.Raw(answer.totals)}
    return msgspec.json.encode(
        {
            "report_type": question.report_type,
            "report_name": saved.name,
            "public": saved.is_public,
            "fixed_daterange": saved.has_fixed_days,
            "hide_amounts": question.hides_amounts,
            "is_commenting_enabled": False,
            "workspace_logo": logo_url(answer.logo),
            "features": features_of(answer.plan),
            "saved_params": saved_params(saved),
            "input_params": {key: given[key] for key in given if key != PASSWORD_KEY},
            "dictionaries": answer.dictionaries,
            **{
                key: results if report_type is question.report_type else None
                for report_type, key in RESULT_KEYS.items()
            },
        }
    )


def features_of(plan: Plan) -> dict[str, bool]:
    """What the workspace has; everything, unless it emulates a plan of the vendor (D9.5)."""
    has_paid = plan is not Plan.FREE
    has_premium = plan in {Plan.PREMIUM, Plan.ENTERPRISE}
    return dict.fromkeys(PAID_FEATURES, has_paid) | dict.fromkeys(PREMIUM_FEATURES, has_premium)


def logo_url(logo: bytes | None) -> str:
    """The image itself: a page that shows it asks nobody else for it."""
    if logo is None:
        return ""
    return f"data:{logo_media_type(logo)};base64,{base64.b64encode(logo).decode()}"
