"""The two project reports again, row by row: who tracked what, and one project with its graph (D8.1, D8.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.oracle.body import (
    READERS,
    BadBodyError,
    Reader,
    read_keys,
    read_text,
    refuse_not_in,
    refuse_outside_window,
)
from tests.oracle.days import AskedDays, asked_days, local_today
from tests.oracle.graph import RESOLUTIONS, automatic_resolution, lines_by_bucket
from tests.oracle.labour import labour_cost_cents
from tests.oracle.lines import Line, report_lines
from tests.oracle.money import cents
from tests.oracle.summary import Answer, Asked, Json, null_first, put_together, rates
from tests.oracle.visibility import sees_project, sees_rates
from tests.worlds.world import User, World

DAY_KEYS = ("startTime", "start_time", "start_date", "endTime", "end_time", "end_date")
DAY_READERS: dict[str, Reader] = {key: READERS[key] for key in sorted(DAY_KEYS)}
GRAPH_READERS = DAY_READERS | {"granularity": read_text, "resolution": read_text}
UNROUNDED = {"rounding_minutes": 0}  # said, so that no preference is asked
NO_WORKSPACE = Answer(403, "Workspace not found/accessible")
NO_PROJECT = Answer(403, "project not found or not accessible")


def projects_summary(
    world: World, viewer_id: int, body: Mapping[str, Any], today_utc: datetime
) -> Answer:
    """One row per project and user with time, those without project first (D8.1)."""
    viewer = active_user(world, viewer_id)
    if viewer is None:
        return NO_WORKSPACE
    try:
        asked = read_known(body, DAY_READERS)
        refuse_outside_window(asked)
        days = asked_days(asked, local_today(viewer, today_utc))
    except BadBodyError as error:
        return Answer(400, str(error))
    lines = report_lines(world, viewer, asked | UNROUNDED, days)
    pairs = put_together(lines, lambda line: (line.entry.project_id, line.entry.user_id))
    order = sorted(pairs, key=lambda pair: (null_first(pair[0]), pair[1]))
    rows = [project_user_row(pair, pairs[pair]) for pair in order]
    return Answer(200, [row for row in rows if row["tracked_seconds"] > 0])  # "with tracked time"


def project_user_row(pair: tuple[int | None, int], lines: list[Line]) -> Json:
    """What is billable is no secret, only its rate is: `billable_seconds` is for everybody."""
    project_id, user_id = pair
    return {
        "user_id": user_id,
        "project_id": project_id,
        "tracked_seconds": sum(line.seconds for line in lines),
        "billable_seconds": sum(line.seconds for line in lines if line.entry.is_billable),
    }


def project_summary(
    world: World, viewer_id: int, project_id: int, body: Mapping[str, Any], today_utc: datetime
) -> Answer:
    """One project's totals and its graph (D8.2)."""
    viewer = active_user(world, viewer_id)
    if viewer is None:
        return NO_WORKSPACE
    try:
        asked = read_project_body(body)
        days = asked_days(asked, local_today(viewer, today_utc))
    except BadBodyError as error:
        return Answer(400, str(error))
    project = next((one for one in world.projects if one.project_id == project_id), None)
    if project is None or not sees_project(world, viewer, project):
        return NO_PROJECT
    of_project = asked | UNROUNDED | {"project_ids": [project_id]}
    lines = report_lines(world, viewer, of_project, days)
    return Answer(200, totals(world, viewer, asked, days, lines))


def active_user(world: World, user_id: int) -> User | None:
    return next((one for one in world.users if one.user_id == user_id and one.is_active), None)


def read_known(body: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
    if not body:
        raise BadBodyError("At least one parameter must be set")
    return read_keys(body, readers)


def read_project_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """Types first, then the closed lists, then what is missing, then the window."""
    asked = read_known(body, GRAPH_READERS)
    refuse_not_in(asked, "granularity", RESOLUTIONS)
    refuse_not_in(asked, "resolution", RESOLUTIONS)
    if "start_date" not in asked:
        raise BadBodyError("The start_date parameter is required")
    refuse_outside_window(asked)
    return asked


def totals(world: World, viewer: User, asked: Asked, days: AskedDays, lines: list[Line]) -> Json:
    """One project has one currency, so that its amounts can be added (D6.5)."""
    automatic = automatic_resolution(days)
    resolution = asked.get("granularity", asked.get("resolution", automatic))
    buckets = lines_by_bucket(days, resolution, lines)
    return {
        "billable_amount_in_cents": billable_amount_cents(world, viewer, lines),
        "graph": [bucket(world, viewer, bucket_lines) for bucket_lines in buckets],
        "labour_cost_in_cents": labour_cost_cents(world, viewer, lines),
        "rates": rates(lines),
        "resolution": resolution,
        "seconds": sum(line.seconds for line in lines),
        "tracked_days": len({line.local_start.date() for line in lines if line.seconds > 0}),
    }


def bucket(world: World, viewer: User, lines: list[Line]) -> Json:
    return {
        "billable_amount_in_cents": billable_amount_cents(world, viewer, lines),
        "by_rate": seconds_by_rate(lines) if sees_rates(world, viewer) else None,
        "labour_cost_in_cents": labour_cost_cents(world, viewer, lines),
        "seconds": sum(line.seconds for line in lines),
    }


def billable_amount_cents(world: World, viewer: User, lines: list[Line]) -> int | None:
    """Null to who may not see amounts (D6.7); rounded once, here (D6.2)."""
    if not sees_rates(world, viewer):
        return None
    return cents(sum(line.microcents for line in lines))


def seconds_by_rate(lines: list[Line]) -> dict[str, int]:
    """Ascending as numbers, not as the texts they become."""
    found: dict[int, int] = {}
    for line in lines:
        if line.price is not None:
            rate = line.price.hourly_rate_cents
            found[rate] = found.get(rate, 0) + line.seconds
    return {str(rate): found[rate] for rate in sorted(found)}
