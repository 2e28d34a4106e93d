"""Preferences on the wire: defaults, what was kept, and what the profile knows (track-api-v9.md, models.AllPreferences)."""

from typing import Any

import msgspec

from gnomon.model.account import Account
from gnomon.tracking.profile import DIRECTION_NAMES
from gnomon.wire.track_v9.fields import Field, Kind, Payload
from gnomon.wire.track_v9.preference_keys import FLAGS, NUMBERS, OTHERS, TEXTS

DEFAULTS: dict[str, Any] = {
    "date_format": "YYYY-MM-DD",
    "timeofday_format": "H:mm",
    "duration_format": "classic",
    "decimal_separator": ".",
    "record_timeline": False,
    "send_product_emails": False,
    "send_timer_notifications": False,
    "send_weekly_report": False,
}
DATE_FORMATS = ("YYYY-MM-DD", "MM/DD/YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "DD/MM/YYYY", "DD.MM.YYYY")
PREFERENCES = Payload(
    (
        Field("pg_time_zone_name", Kind.TEXT),
        Field("beginningOfWeek", Kind.INTEGER, twins=("BeginningOfWeek",)),
        Field("reportRounding", Kind.FLAG),
        Field("reportRoundingDirection", Kind.TEXT),
        Field("reportRoundingStepInMinutes", Kind.INTEGER),
        Field("date_format", Kind.TEXT, one_of=DATE_FORMATS),
        Field("timeofday_format", Kind.TEXT, one_of=("H:mm", "h:mm A")),
        Field("duration_format", Kind.TEXT, one_of=("classic", "improved", "decimal")),
        Field("decimal_separator", Kind.TEXT, one_of=(".", ",")),
        *(Field(key, Kind.FLAG) for key in FLAGS),
        *(Field(key, Kind.INTEGER) for key in NUMBERS),
        *(Field(key, Kind.TEXT) for key in TEXTS),
        *(Field(key, Kind.ANY) for key in OTHERS),
    )
)


def preferences_json(account: Account) -> dict[str, Any]:
    """With the week in both spellings that clients read."""
    return {
        **DEFAULTS,
        **msgspec.json.decode(account.preferences),
        "pg_time_zone_name": account.timezone,
        "beginningOfWeek": account.first_weekday,
        "BeginningOfWeek": account.first_weekday,
        "reportRounding": account.rounds_reports,
        "reportRoundingDirection": DIRECTION_NAMES[account.rounding.mode],
        "reportRoundingStepInMinutes": account.rounding.step_minutes,
        "alpha_features": [],
    }
