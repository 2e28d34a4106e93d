"""`/profile`: who I am, how I like to see things, and what lets me in."""

from typing import Any

from starlette.responses import Response

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.query.presentation import DateFormat, DurationFormat
from gnomon.store.accounts import find_password_of, folded_email
from gnomon.store.changes import Touched
from gnomon.store.passwords import hash_password, is_password
from gnomon.store.secrets import give_new_token, shown_token
from gnomon.store.sessions import close_other_sessions, code_digest, open_session, sessions_of
from gnomon.tracking.profile import change_preferences, change_profile, set_password
from gnomon.tracking.refusals import BadChange
from gnomon.units.durations import ROUNDING_MINUTES, RoundingMode
from gnomon.web.cookies import SECONDS_VALID, give_session
from gnomon.web.mails import address_mail, post
from gnomon.web.pages.forms import Form
from gnomon.web.pages.handling import go
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.reader import SHORTCUTS, TWELVE_HOURS
from gnomon.web.pages.visit import Go, Guest, PageRow, View, Visit
from gnomon.web.services import Services
from gnomon.wire.track_v9.preferences import preferences_json

PROFILE = "/profile"
ITSELF = "itself"  # the network of who is signed in already
WEEKDAYS = dict(
    enumerate(("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"))
)
CLOCKS = {"H:mm": "13:05", TWELVE_HOURS: "1:05 PM"}
DURATIONS = {
    DurationFormat.CLASSIC.value: "01:30:00",
    DurationFormat.IMPROVED.value: "1:30:00",
    DurationFormat.DECIMAL.value: "1.50",
}
MINUTES = tuple(str(one) for one in ROUNDING_MINUTES)
SEPARATORS = {".": "1234.50", ",": "1234,50"}


def show_profile(visit: Visit) -> View:
    account = visit.account
    mine = code_digest(visit.guest.session)
    context = {
        "title": "Profile",
        "preferences": preferences_json(account),
        "weekdays": WEEKDAYS,
        "dates": {one.value: one.value for one in DateFormat},
        "clocks": CLOCKS,
        "durations": DURATIONS,
        "separators": SEPARATORS,
        "modes": {mode.name.lower(): mode.name.capitalize() for mode in RoundingMode},
        "minutes": {one: f"{one} min" for one in ROUNDING_MINUTES if one},
        "shortcuts_key": SHORTCUTS,
        "token": shown_token(visit.connection, visit.services.box, account.user_id),
        "sessions": [
            (begun, digest == mine)
            for digest, begun in sessions_of(visit.connection, account.user_id, visit.now)
        ],
    }
    return View("profile.html", context)


def change(visit: Visit) -> Response:
    """Name, address, zone, and how things are written."""
    old, form = visit.account, visit.form
    first_weekday = form.text("first_weekday")
    changed = change_profile(
        visit.connection,
        old,
        {
            "fullname": form.text("name"),
            "email": form.text("email") or None,
            "timezone": form.text("timezone") or None,
            "beginning_of_week": int(first_weekday) if first_weekday in tuple("0123456") else None,
        },
        visit.now,
    )
    change_preferences(visit.connection, changed, _preferences(form), visit.now)
    response = go(visit.request, PROFILE, Notice("saved"))
    if _has_moved(old, changed) and visit.services.send_mail is not None:
        response.background = post(visit.services, address_mail(visit.services, old))
    return response


def _has_moved(old: Account, new: Account) -> bool:
    return bool(old.email) and folded_email(old.email or "") != folded_email(new.email or "")


def _preferences(form: Form) -> dict[str, Any]:
    told: dict[str, Any] = {
        SHORTCUTS: form.flag("shortcuts"),
        "reportRounding": form.flag("rounds"),
    }
    for name, allowed in (
        ("date_format", tuple(DateFormat)),
        ("timeofday_format", tuple(CLOCKS)),
        ("duration_format", tuple(DURATIONS)),
        ("decimal_separator", tuple(SEPARATORS)),
    ):
        value = form.text(name)
        if value and value not in allowed:
            raise BadChange(f"There is no {name.replace('_', ' ')} {value!r}.")
        told[name] = value or None
    told["reportRoundingDirection"] = form.text("rounding") or None
    minutes = form.text("minutes")
    told["reportRoundingStepInMinutes"] = int(minutes) if minutes in MINUTES else None
    return told


def new_hash(form: Form, guest: Guest, services: Services) -> str:
    """The old password is looked at, and the new one hashed, before anybody waits for the record (R7)."""
    account = guest.account
    with services.database.read() as connection:
        present = find_password_of(connection, account.user_id)
    services.failures.check(account.email or "", ITSELF)
    if not is_password(present, form.raw("current_password")):
        services.failures.note(account.email or "", ITSELF)
        raise BadChange("The current password is wrong.")
    try:
        return hash_password(form.raw("password"))
    except BadData as error:
        raise BadChange(str(error)) from None


def change_password(visit: Visit) -> Response:
    """All other browsers are signed out; this one goes on with a new session."""
    set_password(visit.connection, visit.account.user_id, visit.prepared)
    until = visit.now + SECONDS_VALID
    code = open_session(visit.connection, visit.account.user_id, visit.now, until)
    response = go(visit.request, PROFILE, Notice("saved"))
    give_session(response, visit.request, code)
    return response


def renew_token(visit: Visit) -> Go:
    give_new_token(visit.connection, visit.services.box, visit.account.user_id)
    return Go(PROFILE, Notice("token-new"))


def end_other_sessions(visit: Visit) -> Go:
    close_other_sessions(visit.connection, visit.account.user_id, visit.guest.session)
    return Go(PROFILE, Notice("sessions-ended"))


ROWS = (
    PageRow("GET", PROFILE, show_profile, "One's own profile"),
    PageRow("POST", PROFILE, change, "Change the profile", Touched.PEOPLE, locks_account=True),
    PageRow(
        "POST",
        f"{PROFILE}/password",
        change_password,
        "Change the password",
        Touched.PEOPLE,
        locks_account=True,
        prepare=new_hash,
    ),
    PageRow(
        "POST",
        f"{PROFILE}/token",
        renew_token,
        "A new API token; the old one dies",
        Touched.PEOPLE,
        locks_account=True,
    ),
    PageRow(
        "POST",
        f"{PROFILE}/sessions/end",
        end_other_sessions,
        "Sign out everywhere else",
        Touched.PEOPLE,
    ),
)
