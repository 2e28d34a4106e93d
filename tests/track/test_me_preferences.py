"""Preferences: kept as given, merged, and obeyed by reports."""

import pytest

from tests.track.asking import ADA, BO, Asker
from tests.track.entries import ALL_SECONDS, refused, seconds

PATH = "/me/preferences"
ROUNDED = {"up": 17_100, "down": 14_400, "nearest": 15_300}  # every entry to 15 minutes, by hand


def prefer(agency: Asker, by: int = ADA, **preferences: object) -> dict:
    return agency.post(PATH, preferences, by)


def test_preferences_have_defaults(agency: Asker) -> None:
    told = agency.get(PATH)
    expected = {
        "date_format": "YYYY-MM-DD",
        "timeofday_format": "H:mm",
        "duration_format": "classic",
        "pg_time_zone_name": "Europe/Tallinn",
        "reportRounding": False,
        "alpha_features": [],
    }
    assert {key: told[key] for key in expected} == expected
    assert told["beginningOfWeek"] == agency.get("/me")["beginning_of_week"]
    assert agency.get(PATH, BO)["pg_time_zone_name"] == "America/New_York"


def test_what_is_said_is_merged_and_told_back(agency: Asker) -> None:
    before = agency.get(PATH)
    told = prefer(agency, date_format="DD.MM.YYYY", duration_format="decimal")
    assert told == {**before, "date_format": "DD.MM.YYYY", "duration_format": "decimal"}
    assert prefer(agency, timeofday_format="h:mm A")["date_format"] == "DD.MM.YYYY"
    assert agency.get(PATH)["timeofday_format"] == "h:mm A"


DOCUMENTED = [
    ("send_weekly_report", False),
    ("manualMode", True),
    ("timerView", "list"),
    ("windows_theme", "dark"),
    ("reminder_interval_in_minutes", 10),
    ("decimal_separator", ","),
]


def test_every_documented_preference_is_kept(agency: Asker) -> None:
    for key, value in DOCUMENTED:
        assert prefer(agency, **{key: value})[key] == value
        assert agency.get(PATH)[key] == value


def test_preferences_are_ones_own(agency: Asker) -> None:
    before = agency.get(PATH, BO)
    prefer(agency, date_format="DD.MM.YYYY", reportRounding=True)
    assert agency.get(PATH, BO) == before


WRONG_TYPES = [
    ({"reportRounding": "yes"}, "Invalid reportRounding format"),
    ({"reportRounding": 1}, "Invalid reportRounding format"),
    ({"reportRoundingStepInMinutes": "15"}, "Invalid reportRoundingStepInMinutes format"),
    ({"reportRoundingDirection": True}, "Invalid reportRoundingDirection format"),
    ({"date_format": 5}, "Invalid date_format format"),
    ({"beginningOfWeek": "Monday"}, "Invalid beginningOfWeek format"),
    ({"pg_time_zone_name": 2}, "Invalid pg_time_zone_name format"),
    ({"send_weekly_report": "no"}, "Invalid send_weekly_report format"),
    ({"reminder_interval_in_minutes": 1.5}, "Invalid reminder_interval_in_minutes format"),
    ({"timerView": False}, "Invalid timerView format"),
    ({"date_format": "DD.MM.YYYY", "manualMode": "x"}, "Invalid manualMode format"),
]


def test_a_wrong_type_is_refused_and_changes_nothing(agency: Asker) -> None:
    before = agency.get(PATH)
    for asked, text in WRONG_TYPES:
        assert refused(agency, "POST", PATH, asked) == (400, text), asked
    assert agency.get(PATH) == before


OUT_OF_LIST = [
    {"reportRoundingStepInMinutes": 7},
    {"reportRoundingStepInMinutes": -15},
    {"reportRoundingDirection": "sideways"},
    {"duration_format": "roman"},
    {"pg_time_zone_name": "Europe/Nowhere"},
    {"beginningOfWeek": 7},
    {"timerView": "x" * 65_537},
]


def test_a_value_out_of_its_list_is_refused(agency: Asker) -> None:
    before = agency.get(PATH)
    for asked in OUT_OF_LIST:
        assert refused(agency, "POST", PATH, asked)[0] == 400, asked
    assert agency.get(PATH) == before


NO_OBJECTS = ["", "[]", "null", "{"]


def test_preferences_are_an_object(agency: Asker) -> None:
    for content in NO_OBJECTS:
        answer = agency.ask("POST", PATH, content=content)
        assert (answer.status_code, answer.json()) == (400, "JSON is not valid"), content


def test_what_is_not_documented_is_ignored(agency: Asker) -> None:
    assert "nonsense" not in prefer(agency, nonsense={"deep": [1]}, manualMode=True)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("up", "up"),
        ("1", "up"),
        ("down", "down"),
        ("-1", "down"),
        ("nearest", "nearest"),
        ("0", "nearest"),
    ],
)
def test_reports_are_rounded_as_preferred(agency: Asker, sent: str, told: str) -> None:
    """D5.2: neither key in the report's body."""
    answer = prefer(
        agency,
        reportRounding=True,
        reportRoundingDirection=sent,
        reportRoundingStepInMinutes=15,
    )
    assert answer["reportRoundingDirection"] == told
    assert seconds(agency) == ROUNDED[told]


def test_what_the_report_says_wins(agency: Asker) -> None:
    """D5.2: only `rounding` takes the minutes of the preference, only `rounding_minutes` is nearest."""
    prefer(
        agency, reportRounding=True, reportRoundingDirection="up", reportRoundingStepInMinutes=15
    )
    assert seconds(agency, rounding=-1) == ROUNDED["down"]
    assert seconds(agency, rounding_minutes=15) == ROUNDED["nearest"]
    assert seconds(agency, rounding=1, rounding_minutes=0) == ALL_SECONDS


def test_rounding_can_be_switched_off_again(agency: Asker) -> None:
    prefer(
        agency, reportRounding=True, reportRoundingDirection="up", reportRoundingStepInMinutes=15
    )
    prefer(agency, reportRounding=False)
    assert seconds(agency) == ALL_SECONDS


def test_the_preference_of_one_rounds_no_report_of_another(agency: Asker) -> None:
    before = seconds(agency, ADA)
    prefer(
        agency,
        BO,
        reportRounding=True,
        reportRoundingDirection="up",
        reportRoundingStepInMinutes=240,
    )
    assert seconds(agency, ADA) == before
    assert seconds(agency, BO) % (240 * 60) == 0


def test_the_zone_of_the_preferences_is_that_of_the_profile(agency: Asker) -> None:
    """D3.1: days of reports follow, whichever way it was set."""
    fifth = {"start_date": "2026-01-05", "end_date": "2026-01-05", "user_ids": [ADA]}
    assert prefer(agency, pg_time_zone_name="America/New_York")["pg_time_zone_name"] == (
        "America/New_York"
    )
    assert agency.get("/me")["timezone"] == "America/New_York"
    assert seconds(agency, **fifth) == 3600
    agency.put("/me", {"timezone": "UTC"})
    assert agency.get(PATH)["pg_time_zone_name"] == "UTC"


def test_the_first_day_of_the_week_is_that_of_the_profile(agency: Asker) -> None:
    prefer(agency, beginningOfWeek=3)
    assert agency.get("/me")["beginning_of_week"] == 3
    agency.put("/me", {"beginning_of_week": 6})
    assert agency.get(PATH)["beginningOfWeek"] == 6
