"""The summary report again, row by row, plain and slow: says what the right answer is (D7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.oracle.audit import empty_group_ids, passes_group_filter
from tests.oracle.body import BadBodyError, read_body
from tests.oracle.days import asked_days, local_today
from tests.oracle.lines import Line, Price, report_lines
from tests.oracle.visibility import sees_rates
from tests.worlds.world import Project, User, World

Asked = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """`body` is decoded JSON with its keys in the order of the wire; errors are bare texts."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


def summary(world: World, viewer_id: int, body: Mapping[str, Any], today_utc: datetime) -> Answer:
    """The answer to `body`; `today_utc` is the aware instant at which it is asked."""
    viewer = next((one for one in world.users if one.user_id == viewer_id and one.is_active), None)
    if viewer is None:
        return Answer(403, "Workspace not found/accessible")
    try:
        asked = read_body(body, sees_rates=sees_rates(world, viewer))
        days = asked_days(asked, local_today(viewer, today_utc))
    except BadBodyError as error:
        return Answer(400, str(error))
    lines = report_lines(world, viewer, asked, days)
    headers = {
        "X-Range-Start": days.first.isoformat(),
        "X-Range-End": days.last.isoformat(),
        "X-Grouping": asked["grouping"],
        "X-Sub-Grouping": asked["sub_grouping"],
    }
    return Answer(200, {"groups": groups(world, viewer, asked, lines)}, headers)


def groups(world: World, viewer: User, asked: Asked, lines: list[Line]) -> list[Json]:
    """Tracked groups that pass the audit together with the empty ones, by id (D7.5, D7.7)."""
    audit = asked.get("audit", {})
    tracked = put_together(lines, lambda line: value_of(line, asked["grouping"]))
    bounds, amounts_count = audit.get("group_filter", {}), sees_rates(world, viewer)
    shown: dict[Any, list[Line]] = {}
    if audit.get("show_tracked_groups", True):
        shown |= {
            value: group_lines
            for value, group_lines in tracked.items()
            if passes_group_filter(group_lines, bounds, amounts_count=amounts_count)
        }
    if audit.get("show_empty_groups", False):
        ids = empty_group_ids(world, viewer, asked["grouping"])
        shown |= {value: [] for value in ids if value not in tracked}
    return [group(world, asked, value, shown[value]) for value in sorted(shown, key=null_first)]


def put_together(lines: list[Line], key_of: Callable[[Line], Any]) -> dict[Any, list[Line]]:
    together: dict[Any, list[Line]] = {}
    for line in lines:
        together.setdefault(key_of(line), []).append(line)
    return together


def value_of(line: Line, grouping: str) -> Any:
    """By what a line is put together; for tags the whole sorted set (D7.4)."""
    return {
        "projects": line.entry.project_id,
        "clients": line.client_id,
        "users": line.entry.user_id,
        "tasks": line.entry.task_id,
        "tags": tuple(sorted(set(line.entry.tag_ids))),
        "time_entries": line.entry.description,
    }[grouping]


def null_first(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


def group(world: World, asked: Asked, value: Any, lines: list[Line]) -> Json:
    """One line of the first level (D7.2)."""
    answer: Json
    if asked["grouping"] == "tags":
        names = [names_by_id(world, "tags")[tag_id] for tag_id in value]
        answer = {"id": None, "ids": list(value), "names": names}
    else:
        found = [] if value is None else [names_by_id(world, asked["grouping"])[value]]
        answer = {"id": value, "names": found}
    answer |= colors(world, asked["grouping"], value)
    answer["sub_groups"] = sub_groups(world, asked, lines)
    return answer


def sub_groups(world: World, asked: Asked, lines: list[Line]) -> list[Json]:
    """In order of id or title, then of currency and rate, non-billable first (D7.5, D7.6)."""
    is_split = asked.get("distinguish_rates", False)

    def key_of(line: Line) -> tuple[Any, Price | None]:
        return value_of(line, asked["sub_grouping"]), line.price if is_split else None

    def place(key: tuple[Any, Price | None]) -> tuple[Any, ...]:
        value, price = key
        price_place = (price.currency, price.hourly_rate_cents) if price else ()
        return null_first(value), price_place

    together = put_together(lines, key_of)
    return [sub_group(world, asked, key[0], together[key]) for key in sorted(together, key=place)]


def sub_group(world: World, asked: Asked, value: Any, lines: list[Line]) -> Json:
    """One line of the second level (D7.3)."""
    sub_grouping = asked["sub_grouping"]
    if sub_grouping == "time_entries":
        answer: Json = {"id": None, "title": value}
    else:
        title = "" if value is None else names_by_id(world, sub_grouping)[value]
        answer = {"id": value, "title": title}
    answer["seconds"] = sum(line.seconds for line in lines)
    answer["rates"] = rates(lines)
    if asked.get("include_time_entry_ids", False):
        answer["ids"] = sorted(line.entry.entry_id for line in lines)
    answer["local_start"] = min(line.local_start for line in lines).strftime("%Y-%m-%dT%H:%M:%SZ")
    return answer | colors(world, sub_grouping, value)


def rates(lines: list[Line]) -> list[Json] | None:
    """Billable seconds per currency and rate (D6.6)."""
    together = put_together([line for line in lines if line.price], lambda line: line.price)
    order = sorted(together, key=lambda price: (price.currency, price.hourly_rate_cents))
    found = [
        {
            "billable_seconds": sum(line.seconds for line in together[price]),
            "hourly_rate_in_cents": price.hourly_rate_cents,
            "currency": price.currency,
        }
        for price in order
    ]
    return found or None


def names_by_id(world: World, grouping: str) -> dict[int, str]:
    return {
        "projects": {one.project_id: one.name for one in world.projects},
        "clients": {one.client_id: one.name for one in world.clients},
        "users": {one.user_id: one.name for one in world.users},
        "tasks": {one.task_id: one.name for one in world.tasks},
        "tags": {one.tag_id: one.name for one in world.tags},
    }[grouping]


def colors(world: World, grouping: str, value: Any) -> Json:
    """Only where the group is a project that exists (D7.2)."""
    if grouping != "projects" or value is None:
        return {}
    project: Project = next(one for one in world.projects if one.project_id == value)
    return {"project_color": "0", "project_hex_color": project.color}
