"""A person's own profile: name, address, zone, week, preferences (D3.1, D5.2) and secrets."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.accounts import (
    find_account,
    find_account_by_email,
    put_account,
    set_password_hash,
)
from gnomon.store.changes import take_change_of_user
from gnomon.store.sessions import (
    end_password_resets_of,
    forget_browsers_and_links,
    spend_password_reset,
)
from gnomon.store.workspaces import find_standing
from gnomon.tracking.refusals import BadChange, ResetCodeUnknown
from gnomon.units.currencies import country_names
from gnomon.units.dates import zone_of
from gnomon.units.durations import ROUNDING_MINUTES, Rounding, RoundingMode

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 255
EMAIL_LENGTH_MAX = 254
PREFERENCES_BYTES_MAX = 64 * 1024
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f<>,;:\"()\[\]\\]+@[^@\s\x00-\x1f\x7f<>,;:\"()\[\]\\]+")


def checked_email(text: str) -> str:
    """One `@` with something on both sides and nothing that a mail's header could take for more."""
    email = text.strip()
    if not _EMAIL.fullmatch(email) or len(email) > EMAIL_LENGTH_MAX:
        raise BadChange("Invalid email")
    return email


def change_profile(connection: Connection, account: Account, given: Given, now: int) -> Account:
    """Only what is given changes; every workspace of the person sees it at once."""
    changes: dict[str, Any] = {}
    if given.get("fullname") is not None:
        name = given["fullname"].strip()
        if not name or len(name) > NAME_LENGTH_MAX:
            raise BadChange("Invalid fullname")
        changes["name"] = name
    if given.get("email") is not None:
        changes["email"] = _free_email(connection, account, given["email"])
        end_password_resets_of(connection, account.user_id)
    if given.get("timezone") is not None:
        changes["timezone"] = _zone(given["timezone"])
    if given.get("beginning_of_week") is not None:
        changes["first_weekday"] = _weekday(given["beginning_of_week"], "beginning_of_week")
    if given.get("default_workspace_id") is not None:
        wanted = given["default_workspace_id"]
        if find_standing(connection, wanted, account.user_id) is None:
            raise BadChange("Invalid default_workspace_id")
        changes["default_workspace_id"] = wanted
    if "country_id" in given:
        changes["country_id"] = _country(given["country_id"])
    return _put(connection, replace(account, updated_at=now, **changes), now)


def _put(connection: Connection, account: Account, now: int) -> Account:
    take_change_of_user(connection, account.user_id, now)
    put_account(connection, account)
    return account


def _free_email(connection: Connection, account: Account, text: str) -> str:
    email = checked_email(text)
    other = find_account_by_email(connection, email)
    if other is not None and other.user_id != account.user_id:
        raise BadChange("user with this email already exists")
    return email


def _zone(name: str) -> str:
    try:
        zone_of(name)
    except BadData:
        raise BadChange("Invalid timezone") from None
    return name


def _weekday(number: int, key: str) -> int:
    if not 0 <= number <= 6:  # noqa: PLR2004  # Sunday to Saturday
        raise BadChange(f"Invalid {key}")
    return number


def _country(country_id: int | None) -> int | None:
    if country_id is not None and not 0 < country_id <= len(country_names()):
        raise BadChange("Invalid country_id")
    return country_id


def set_password(connection: Connection, user_id: int, password_hash: str) -> None:
    """Whoever else is signed in with the old one is not any more."""
    set_password_hash(connection, user_id, password_hash)
    forget_browsers_and_links(connection, user_id)


def reset_password(connection: Connection, code: str, password_hash: str, now: int) -> None:
    user_id = spend_password_reset(connection, code, now)
    if user_id is None:
        raise ResetCodeUnknown
    set_password(connection, user_id, password_hash)


DIRECTIONS = {
    "up": RoundingMode.UP,
    "down": RoundingMode.DOWN,
    "nearest": RoundingMode.NEAREST,
    "1": RoundingMode.UP,
    "-1": RoundingMode.DOWN,
    "0": RoundingMode.NEAREST,
}
DIRECTION_NAMES = {
    RoundingMode.UP: "up",
    RoundingMode.DOWN: "down",
    RoundingMode.NEAREST: "nearest",
}


def change_preferences(connection: Connection, account: Account, given: Given, now: int) -> Account:
    """Zone, week and rounding go into the profile; how things are shown is kept as it was given."""
    present = find_account(connection, account.user_id) or account
    changes: dict[str, Any] = {}
    rest = dict(given)
    if (zone := rest.pop("pg_time_zone_name", None)) is not None:
        changes["timezone"] = _zone(zone)
    for key in ("BeginningOfWeek", "beginningOfWeek"):
        if (day := rest.pop(key, None)) is not None:
            changes["first_weekday"] = _weekday(day, key)
    if (rounds := rest.pop("reportRounding", None)) is not None:
        changes["rounds_reports"] = rounds
    changes["rounding"] = _rounding(present.rounding, rest)
    kept = msgspec.json.decode(present.preferences)
    kept.update({key: value for key, value in rest.items() if value is not None})
    written = msgspec.json.encode(kept).decode()
    if len(written) > PREFERENCES_BYTES_MAX:
        raise BadChange("Preferences are too large")
    return _put(connection, replace(present, preferences=written, updated_at=now, **changes), now)


def _rounding(present: Rounding, rest: dict[str, Any]) -> Rounding:
    minutes = rest.pop("reportRoundingStepInMinutes", None)
    direction = rest.pop("reportRoundingDirection", None)
    if minutes is not None and minutes not in ROUNDING_MINUTES:
        raise BadChange("Invalid reportRoundingStepInMinutes format")
    if direction is not None and direction not in DIRECTIONS:
        raise BadChange("Invalid reportRoundingDirection format")
    return Rounding(
        present.step_minutes if minutes is None else minutes,
        present.mode if direction is None else DIRECTIONS[direction],
    )
