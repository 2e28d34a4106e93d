"""The address of a report's page as a question, and the question as an address again.

What the address says is turned into the very keys of the API's body (`wire/reports_v3`), so that page, file and API mean
the same by the same words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from gnomon.errors import BadData, BadQuery
from gnomon.model.saved_report import ReportType
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.period import Period
from gnomon.query.presentation import Formats, WeeklyGrouping, WeeklyValues
from gnomon.query.queries import EntryOrder
from gnomon.units.durations import ROUNDING_MINUTES, RoundingMode, improved_text, read_duration
from gnomon.web.pages.forms import ON, Form
from gnomon.wire.body import positive_id
from gnomon.wire.reports_v3.to_query import NEAREST_KEY

Values = dict[str, Any]
NONE = "none"
ALL = "all"
ID_KEYS = {
    "user": "user_ids",
    "group": "group_ids",
    "client": "client_ids",
    "project": "project_ids",
    "task": "task_ids",
    "tag": "tag_ids",
}
YES_NO = {"yes": True, "no": False}
ROUNDINGS = {mode.name.lower(): int(mode) for mode in RoundingMode}
NO_ROUNDING = "none"
USUAL_MINUTES = 15
SUMMARY_ORDERS = ("-duration", "duration", "title", "-title")
ENTRY_ORDERS = tuple(
    sign + order.value
    for order in EntryOrder
    if order is not EntryOrder.LAST_UPDATE
    for sign in ("-", "")
)
WEEKS = (Period.THIS_WEEK, Period.LAST_WEEK, Period.LAST_7_DAYS)
USUAL_PERIODS = {ReportType.WEEKLY: Period.THIS_WEEK}
PLACES = ("open", "page", "find")  # where one is in the report; no part of the question
PAGE_MAX = 100_000


class BadAddress(BadQuery):
    """Somebody changed the address, or it was cut off."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The address says something under \N{LEFT DOUBLE QUOTATION MARK}{key}\N{RIGHT DOUBLE QUOTATION MARK} that makes no sense."
        )
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`pairs`: what was said, as it was said. `body`: the same in the API's keys, without days that move (`period`)."""

    report_type: ReportType
    pairs: Sequence[tuple[str, str]]
    body: Mapping[str, Any]
    period: Period | None
    sort: str
    opened: frozenset[str]
    page: int
    closed: str | None = None  # what says that no group is open, where short reports are

    def says(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def said(self, key: str) -> str:
        return next(reversed(self.says(key)), "")

    def with_(self, **changes: str | Sequence[str] | None) -> str:
        """The query string with these keys instead; None takes one away. Another question begins on its first page."""
        told = {key.rstrip("_"): value for key, value in changes.items()}
        gone = {*told, *(() if set(told) <= set(PLACES) else ("page", "open"))}
        kept = [(key, value) for key, value in self.pairs if key not in gone and value]
        for key, value in told.items():
            values = [value] if isinstance(value, str) else value or ()
            kept += [(key, one) for one in values if one]
        return urlencode(kept)

    def toggled(self, key: str, shown: Sequence[str]) -> str:
        """The query string with that group closed, or opened."""
        opened = set(shown) if ALL in self.opened else set(self.opened)
        left = opened ^ {key}
        return self.with_(open=sorted(left) or self.closed)

    def sorted_by(self, key: str) -> str:
        """By names from A on, by anything else the most first; asked again, turned round."""
        first = key if key == "title" else f"-{key}"
        turned = key if self.sort == f"-{key}" else f"-{key}"
        return self.with_(sort=turned if self.sort.lstrip("-") == key else first)

    @property
    def question(self) -> str:
        """The query string without the place in the report."""
        return self.with_(**dict.fromkeys(PLACES))


def read_address(report_type: ReportType, query: Form) -> Address:
    """Raises `BadAddress`; keys that nobody knows are left alone."""
    period = _period(query, report_type)
    sort, told_order = _sort(query, report_type)
    body: Values = {
        **_days(query),
        **_ids(query),
        **_plain(query),
        **_rounding(query),
        **_layout(query, report_type),
        **told_order,
    }
    return Address(
        report_type=report_type,
        pairs=[pair for pair in query.pairs if pair[0] and pair[1]],
        body={key: value for key, value in body.items() if value is not None},
        period=period,
        sort=sort,
        opened=frozenset(query.all("open")),
        page=_page(query),
    )


def with_formats(body: Mapping[str, Any], formats: Formats) -> Values:
    """As the reader likes to see things."""
    return {
        **body,
        "date_format": formats.date.value,
        "duration_format": formats.duration.value,
        "cents_separator": formats.cents_separator.value,
        **({"hour_format": "12"} if formats.has_12_hours else {}),
    }


def _days(query: Form) -> Values:
    return {"start_date": _day(query, "from"), "end_date": _day(query, "to")}


def _day(query: Form, key: str) -> str | None:
    text = query.text(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadAddress(key) from None


def _period(query: Form, report_type: ReportType) -> Period | None:
    """Days that are told go before a period."""
    if query.text("from") or query.text("to"):
        return None
    usual = USUAL_PERIODS.get(report_type, Period.THIS_MONTH)
    period = Period(_one_of(query, "period", tuple(Period)) or usual)
    if report_type is ReportType.WEEKLY and period not in WEEKS:
        return Period.THIS_WEEK
    return period


def _ids(query: Form) -> Values:
    return {body_key: _id_list(query, key) for key, body_key in ID_KEYS.items()}


def _id_list(query: Form, key: str) -> list[int | None] | None:
    texts = [text for text in query.all(key) if text]
    ids = [None if text == NONE else positive_id(text) for text in texts]
    if any(one is None and text != NONE for one, text in zip(ids, texts, strict=True)):
        raise BadAddress(key)
    return ids or None


def _plain(query: Form) -> Values:
    billable = _one_of(query, "billable", tuple(YES_NO))
    return {
        "description": query.text("description") or None,
        "billable": YES_NO[billable] if billable else None,
        "min_duration_seconds": _seconds(query, "at_least"),
        "max_duration_seconds": _seconds(query, "at_most"),
    }


def _seconds(query: Form, key: str) -> int | None:
    text = query.text(key)
    try:
        return read_duration(text) if text else None
    except BadData:
        raise BadAddress(key) from None


def _rounding(query: Form) -> Values:
    """Without a word the reader's own preference holds (D5.2)."""
    mode = _one_of(query, "rounding", (*ROUNDINGS, NO_ROUNDING))
    minutes = _one_of(query, "minutes", tuple(str(one) for one in ROUNDING_MINUTES))
    if mode == NO_ROUNDING:
        return {"rounding_minutes": 0, "rounding": 0}
    if not mode:
        return {}
    return {"rounding": ROUNDINGS[mode], "rounding_minutes": int(minutes or USUAL_MINUTES)}


def _layout(query: Form, report_type: ReportType) -> Values:
    if report_type is ReportType.SUMMARY:
        by = _one_of(query, "by", tuple(Grouping)) or Grouping.PROJECTS
        then = _one_of(query, "then", tuple(SubGrouping)) or SubGrouping.TIME_ENTRIES
        if by == then:  # the other list changed: what was the second level makes place
            then = SubGrouping.TIME_ENTRIES
        return {
            "grouping": by,
            "sub_grouping": then,
            "distinguish_rates": query.flag("rates") or None,
        }
    if report_type is ReportType.WEEKLY:
        return {
            "grouping": _one_of(query, "by", tuple(WeeklyGrouping)) or None,
            "calculate": _one_of(query, "show", tuple(WeeklyValues)) or None,
        }
    return {}


def _sort(query: Form, report_type: ReportType) -> tuple[str, Values]:
    orders = ENTRY_ORDERS if report_type is ReportType.DETAILED else SUMMARY_ORDERS
    sort = _one_of(query, "sort", orders) or orders[0]
    if report_type is ReportType.WEEKLY:
        return sort, {}
    direction = "DESC" if sort.startswith("-") else "ASC"
    return sort, {"order_by": sort.removeprefix("-"), "order_dir": direction}


def _page(query: Form) -> int:
    text = query.text("page")
    number = positive_id(text) if text else 1
    if number is None or number > PAGE_MAX:
        raise BadAddress("page")
    return number


def _one_of(query: Form, key: str, allowed: Sequence[str]) -> str:
    """The empty text where nothing is said."""
    text = query.text(key)
    if text and text not in allowed:
        raise BadAddress(key)
    return text


def address_of_params(params: Mapping[str, Any]) -> str:
    """The query string that asks what a saved report's parameters ask; what no page can ask is left out."""
    pairs = [
        (key, _told(params.get(told)))
        for key, told in (
            *(("period", "period"), ("from", "start_date"), ("to", "end_date")),
            *(("by", "grouping"), ("then", "sub_grouping"), ("show", "calculate")),
            ("description", "description"),
        )
    ]
    for key, body_key in ID_KEYS.items():
        ids = params.get(body_key)
        pairs += [(key, _told(one) or NONE) for one in (ids if isinstance(ids, list) else ())]
    pairs += _rounding_told(params)
    if isinstance(params.get("billable"), bool):
        pairs.append(("billable", "yes" if params["billable"] else "no"))
    for key, told in (("at_least", "min_duration_seconds"), ("at_most", "max_duration_seconds")):
        seconds = params.get(told)
        if isinstance(seconds, int) and not isinstance(seconds, bool) and seconds >= 0:
            pairs.append((key, improved_text(seconds)))
    if params.get("distinguish_rates") is True:
        pairs.append(("rates", ON))
    sort = sort_told(params)
    if sort in (*SUMMARY_ORDERS, *ENTRY_ORDERS):
        pairs.append(("sort", sort))
    return urlencode([(key, value) for key, value in pairs if value])


def sort_told(params: Mapping[str, Any]) -> str:
    sign = "-" if _told(params.get("order_dir")).upper() == "DESC" else ""
    order = _told(params.get("order_by"))
    return sign + order if order else ""


def _rounding_told(params: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A saved report without rounding has none, whatever its reader prefers (D5.2)."""
    mode, minutes = params.get("rounding"), params.get("rounding_minutes")
    names = {value: name for name, value in ROUNDINGS.items()}
    is_rounded = mode in (-1, 1) or (mode == 0 and params.get(NEAREST_KEY) is True)
    if not is_rounded or minutes == 0:
        return [("rounding", NO_ROUNDING)]
    return [("rounding", names[mode or 0]), ("minutes", _told(minutes) or "1")]


def _told(value: object) -> str:
    """A text or a number; anybody may have stored anything."""
    is_plain = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value) if is_plain else ""
