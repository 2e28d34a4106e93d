"""A report of a page as the parameters of a saved one: exactly what is shown, also tomorrow (D10.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from gnomon.model.account import Account
from gnomon.model.saved_report import ReportType
from gnomon.store.passwords import hash_secret
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import instant_of_local, zone_of
from gnomon.web.pages.forms import Form, checked
from gnomon.web.pages.reports.address import Address, read_address
from gnomon.web.pages.visit import Guest
from gnomon.web.services import Services
from gnomon.wire.reports_v3.to_query import NEAREST_KEY
from gnomon.wire.track_v9.saved_reports import PASSWORD_LENGTH_MAX

RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form wants kept, the password hashed already."""

    password_hash: str | None


def hashed(form: Form, _: Guest, __: Services) -> Kept:
    password = form.raw("password")
    if len(password) > PASSWORD_LENGTH_MAX:
        raise BadChange("The password is too long.")
    return Kept(hash_secret(password) if password else None)


def new_params(form: Form, account: Account) -> dict[str, Any]:
    """Raises `BadChange` or `BadAddress`."""
    address = asked_address(form)
    params = {**address.body, **rounding_kept(address, account), **hiding(form)}
    params["report_type"] = address.report_type.value
    if address.period is None:
        return params
    if form.text("days") == RELATIVE:
        return {**params, "period": address.period.value}
    return {**params, "start_date": form.text("first"), "end_date": form.text("last")}


def asked_address(form: Form) -> Address:
    try:
        report_type = ReportType(form.text("report_type"))
    except ValueError:
        raise BadChange("There is no such kind of report.") from None
    pairs = parse_qsl(form.text("address"), keep_blank_values=True)
    return read_address(report_type, checked(pairs))


def rounding_kept(address: Address, account: Account) -> Mapping[str, Any]:
    """A saved report knows no preference, and to the nearest only by a word of its own (D5.2)."""
    mode, minutes = address.body.get("rounding"), address.body.get("rounding_minutes")
    if minutes is None and account.rounds_reports:
        mode, minutes = int(account.rounding.mode), account.rounding.step_minutes
    if not minutes:
        return {"rounding": 0, "rounding_minutes": 0}
    return {"rounding": mode or 0, "rounding_minutes": minutes, NEAREST_KEY: not mode}


def hiding(form: Form) -> dict[str, bool]:
    return {key: form.flag(key) for key in ("hide_amounts", "hide_rates")}


def expiry(form: Form, account: Account) -> str | None:
    """The end of that day, where the visitor is, as the API wants it; None for never."""
    text = form.text("expires")
    if not text:
        return None
    try:
        end = datetime.fromisoformat(text).replace(tzinfo=None) + timedelta(days=1)
        instant = instant_of_local(zone_of(account.timezone), end)
        return datetime.fromtimestamp(instant, UTC).isoformat()
    except (ValueError, OverflowError):
        raise BadChange("The day on which it expires makes no sense.") from None
