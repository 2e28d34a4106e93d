"""Reads the body of a summary request: known keys are checked, what was not given is dropped."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

Reader = Callable[[object], Any]

GROUPINGS = ("projects", "clients", "users", "tasks", "tags")
SUB_GROUPINGS = ("time_entries", "projects", "clients", "users", "tasks")
ROUNDINGS = (-1, 0, 1)
ROUNDING_MINUTES = (0, 1, 5, 6, 10, 12, 15, 30, 60, 240)
WINDOW_FIRST, WINDOW_LAST = date(2006, 1, 1), date(2030, 1, 1)
ID_COUNT_MAX = 10_000
TEXT_LENGTH_MAX = 3_000


class BadBodyError(Exception):
    """The body cannot be answered; the text is the whole 400 answer."""


class WrongTypeError(Exception):
    """A value is not of the type of its key; who knows the key makes the sentence (D1.5)."""


def read_integer(value: object) -> int:
    """A whole 64-bit number; 3.0 is whole, `true` is no number (D1.5)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**63) <= value < 2**63:
        raise WrongTypeError
    return value


def read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongTypeError
    return value


def read_text(value: object) -> str:
    if not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX:
        raise WrongTypeError
    return value


def read_ids(value: object) -> list[int | None]:
    """Ids and nulls; an empty list is no filter, which the filters know (D1.4)."""
    if not isinstance(value, list):
        raise WrongTypeError
    if len(value) > ID_COUNT_MAX:
        raise BadBodyError(f"Maximum count of posted IDs is {ID_COUNT_MAX}")
    return [None if one is None else read_integer(one) for one in value]


def read_day(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise WrongTypeError
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise WrongTypeError from error


def read_time(value: object) -> time:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d:\d\d(:\d\d)?", value, re.ASCII):
        raise WrongTypeError
    try:
        return time.fromisoformat(value)
    except ValueError as error:
        raise WrongTypeError from error


def read_object(readers: Mapping[str, Reader]) -> Reader:
    def read(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise WrongTypeError
        return read_keys(value, readers)

    return read


def read_keys(body: Mapping[str, object], readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The known keys that are not null (D1.4), each read; an error names the innermost key."""
    asked = {}
    for key, read in readers.items():
        if body.get(key) is not None:
            try:
                asked[key] = read(body[key])
            except WrongTypeError:
                raise BadBodyError(f"Invalid {key} format") from None
    return asked


GROUP_FILTER_READERS: dict[str, Reader] = {
    "currency": read_text,
    "min_amount_cents": read_integer,
    "max_amount_cents": read_integer,
    "min_duration_seconds": read_integer,
    "max_duration_seconds": read_integer,
}
AUDIT_READERS: dict[str, Reader] = {
    "show_empty_groups": read_flag,
    "show_tracked_groups": read_flag,
    "group_filter": read_object(GROUP_FILTER_READERS),
}
READERS: dict[str, Reader] = {
    "audit": read_object(AUDIT_READERS),
    "billable": read_flag,
    "client_ids": read_ids,
    "description": read_text,
    "distinguish_rates": read_flag,
    "endTime": read_time,
    "end_time": read_time,
    "end_date": read_day,
    "group_ids": read_ids,
    "grouping": read_text,
    "include_time_entry_ids": read_flag,
    "max_duration_seconds": read_integer,
    "min_duration_seconds": read_integer,
    "project_ids": read_ids,
    "rounding": read_integer,
    "rounding_minutes": read_integer,
    "startTime": read_time,
    "start_time": read_time,
    "start_date": read_day,
    "sub_grouping": read_text,
    "tag_ids": read_ids,
    "task_ids": read_ids,
    "time_entry_ids": read_ids,
    "user_ids": read_ids,
}


def read_body(body: Mapping[str, object], *, sees_rates: bool) -> dict[str, Any]:
    """What was asked, checked except for the order of the two ends (which needs today)."""
    if not body:
        raise BadBodyError("At least one parameter must be set")
    asked = read_keys(body, READERS)
    asked.setdefault("grouping", "projects")
    asked.setdefault("sub_grouping", "time_entries")
    refuse_unlisted(asked)
    refuse_outside_window(asked)
    refuse_durations(asked)
    refuse_amount_without_currency(asked, sees_rates=sees_rates)
    return asked


def refuse_unlisted(asked: Mapping[str, Any]) -> None:
    refuse_not_in(asked, "grouping", GROUPINGS)
    refuse_not_in(asked, "sub_grouping", SUB_GROUPINGS)
    rest = tuple(one for one in SUB_GROUPINGS if one != asked["grouping"])
    refuse_not_in(asked, "sub_grouping", rest)  # D7.1: equal to grouping
    refuse_not_in(asked, "rounding", ROUNDINGS)
    refuse_not_in(asked, "rounding_minutes", ROUNDING_MINUTES)


def refuse_not_in(asked: Mapping[str, Any], key: str, allowed: tuple[object, ...]) -> None:
    if key in asked and asked[key] not in allowed:
        listed = ", ".join(str(value) for value in allowed)
        raise BadBodyError(f"Invalid '{key}' value, allowed values are: '{listed}'")


def refuse_outside_window(asked: Mapping[str, Any]) -> None:
    for key in ("start_date", "end_date"):
        if key in asked and not WINDOW_FIRST <= asked[key] <= WINDOW_LAST:
            raise BadBodyError(f"{key} should be within {WINDOW_FIRST} to {WINDOW_LAST}")


def refuse_durations(asked: Mapping[str, Any]) -> None:
    """D4.5: no negative bound, and the lower below the upper."""
    for key in ("min_duration_seconds", "max_duration_seconds"):
        if asked.get(key, 0) < 0:
            raise BadBodyError(f"Invalid {key} value")
    low, high = asked.get("min_duration_seconds"), asked.get("max_duration_seconds")
    if low is not None and high is not None and low >= high:
        raise BadBodyError("Invalid min_duration_seconds value")


def refuse_amount_without_currency(asked: Mapping[str, Any], *, sees_rates: bool) -> None:
    """D7.7; for who may not see amounts these bounds do not exist (D6.7)."""
    bounds = asked.get("audit", {}).get("group_filter", {})
    has_amount = "min_amount_cents" in bounds or "max_amount_cents" in bounds
    if sees_rates and has_amount and "currency" not in bounds:
        raise BadBodyError("The currency parameter is required")
