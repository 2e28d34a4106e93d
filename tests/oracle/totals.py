"""The totals of the detailed report again (D8.2): those of a project, over any entries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.oracle.body import Reader, read_flag, read_text, refuse_not_in
from tests.oracle.graph import RESOLUTIONS, lines_by_bucket
from tests.oracle.lines import Line
from tests.oracle.projects import billable_amount_cents
from tests.oracle.projects import totals as project_totals
from tests.oracle.question import question, read_filters
from tests.oracle.summary import Answer
from tests.worlds.world import World

TOTALS_READERS: dict[str, Reader] = {
    "granularity": read_text,
    "grouped": read_flag,
    "resolution": read_text,
    "withInlineRates": read_flag,
    "with_graph": read_flag,
}


def totals(world: World, viewer_id: int, body: Mapping[str, Any], now: datetime) -> Answer:
    """Amounts, costs and seconds, rounded as the report is; the graph only when asked for."""
    found = question(world, viewer_id, body, now, read_totals_body)
    if isinstance(found, Answer):
        return found
    lines = found.lines(world)
    answer = project_totals(world, found.viewer, found.asked, found.days, lines)
    counted = in_one_currency(world, lines)
    buckets = lines_by_bucket(found.days, answer["resolution"], counted)
    answer["billable_amount_in_cents"] = billable_amount_cents(world, found.viewer, counted)
    for bucket, bucket_lines in zip(answer["graph"], buckets, strict=True):
        amount = billable_amount_cents(world, found.viewer, bucket_lines)
        bucket["billable_amount_in_cents"] = amount
    if not found.asked.get("with_graph", False):
        del answer["graph"]
    return Answer(200, answer, found.range_headers())


def read_totals_body(body: Mapping[str, Any]) -> dict[str, Any]:
    asked = read_filters(body, TOTALS_READERS)
    refuse_not_in(asked, "granularity", RESOLUTIONS)
    refuse_not_in(asked, "resolution", RESOLUTIONS)
    return asked


def in_one_currency(world: World, lines: list[Line]) -> list[Line]:
    """Those in the report's only currency, or of several in the workspace's (D6.5)."""
    currencies = {line.price.currency for line in lines if line.price}
    counted = currencies if len(currencies) == 1 else {world.currency}
    return [line for line in lines if line.price and line.price.currency in counted]
