"""Days, money and choices of the forms that manage things."""

import re
from datetime import date

from gnomon.tracking.refusals import BadChange
from gnomon.units.money import RATE_CENTS_MAX
from gnomon.web.pages.forms import Form

_MONEY = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")


def read_cents(form: Form, name: str, label: str) -> int | None:
    """`85`, `85.5`, `85,50`; None where nothing is given."""
    text = form.text(name)
    if not text:
        return None
    found = _MONEY.fullmatch(text)
    if found is None:
        raise BadChange(f"{label} is an amount such as 85 or 85.50.")
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if cents > RATE_CENTS_MAX:
        raise BadChange(f"{label} is too much.")
    return cents


def read_day(form: Form, name: str) -> date | None:
    text = form.text(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadChange("The date makes no sense.") from None
