"""The parameters of a saved report and what a run gives with them, as one body (D10.4, D10.5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from gnomon.errors import BadQuery, PeriodRefused
from gnomon.model.saved_report import ReportType, SavedReport
from gnomon.query.period import Period, days_of
from gnomon.query.queries import Audit
from gnomon.query.selection import IdsIn, Selection
from gnomon.units.dates import DayRange
from gnomon.wire.body import Body
from gnomon.wire.reports_v3.to_query import Asker, asked_audit, report_days, report_selection
from gnomon.wire.reports_v3.weekly import is_week

Values = dict[str, Any]
DAY_KEYS = ("start_date", "end_date")
ALIASES = {"since": "start_date", "until": "end_date"}  # what older clients stored (SR16)
FILTER_KEYS = (
    "user_ids",
    "group_ids",
    "client_ids",
    "project_ids",
    "task_ids",
    "tag_ids",
    "time_entry_ids",
    "description",
    "billable",
    "min_duration_seconds",
    "max_duration_seconds",
)
CLOCK_KEYS = ("startTime", "start_time", "endTime", "end_time")
HIDING_KEYS = ("hide_amounts", "hide_rates")
FORMAT_KEYS = (
    *("order_by", "order_dir", "collapse", "resolution", "granularity"),
    *("first_timestamp", "first_id", "first_row_number", "page_size"),
    *("date_format", "duration_format", "hour_format", "cents_separator", "display_mode"),
)
LOOK_KEYS = (  # what a stranger may choose, because it shows no more of anything
    *("grouping", "sub_grouping", "grouped", "group_by_task", "calculate"),
    *("rounding", "rounding_minutes"),
    *FORMAT_KEYS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuestion:
    """What a run asks: a body for the recipe of that type, and the asker with the days and bounds of the report.

    `filters`: what names the things of the answer's `filters` dictionary.
    """

    report_type: ReportType
    body: Body
    asker: Asker
    hides_amounts: bool
    hides_rates: bool
    filters: tuple[Selection, ...]


def report_type_of(params: Mapping[str, Any]) -> ReportType:
    try:
        return ReportType(params.get("report_type", ""))
    except ValueError:
        raise BadQuery("report_type does not exist in params") from None


def saved_params(report: SavedReport) -> dict[str, Any]:
    params: dict[str, Any] = msgspec.json.decode(report.params)
    return params


@dataclass(frozen=True, slots=True)
class SavedReader:
    """Reads one run. `first_entry` tells the first day that the owner sees, `first_weekday` is his first day of the week;
    `is_full`: who runs it is the owner or an admin.
    """

    report: SavedReport
    asker: Asker
    first_entry: Callable[[], date]
    first_weekday: int
    is_full: bool

    def question(self, body_given: Mapping[str, Any]) -> SavedQuestion:
        """Raises `BadQuery` and its children for what cannot be asked."""
        stored, given = _plain(saved_params(self.report)), _plain(body_given)
        report_type = report_type_of(stored)
        saved = replace(self.asker, is_saved=True, usual_days=self._stored_days(stored, given))
        whole = report_selection(Body(_without(stored, DAY_KEYS)), saved)
        is_other_week = (
            report_type is ReportType.WEEKLY and "start_date" in given and "end_date" not in given
        )
        asker = replace(saved, usual_days=None) if is_other_week else saved
        if self.is_full:
            body = _without(stored, DAY_KEYS) | given
        else:
            body, asker = self._narrowed(stored, given, asker, whole)
        hidden = {key: self._hides(key, stored, given) for key in HIDING_KEYS}
        if any(hidden.values()) and not self.is_full:  # rows split by rate tell how many there are
            body = _without(body, ("distinguish_rates",))
        told = Body(body | hidden)
        if report_type is ReportType.WEEKLY and not is_week(report_days(told, asker)):
            raise PeriodRefused
        return SavedQuestion(
            report_type=report_type,
            body=told,
            asker=asker,
            hides_amounts=hidden["hide_amounts"],
            hides_rates=hidden["hide_rates"],
            filters=(whole, report_selection(told, asker)) if self.is_full else (whole,),
        )

    def _hides(self, key: str, stored: Values, given: Values) -> bool:
        """A stranger may hide, but not show; nor hide amounts that an audit goes by, and so put it out of force."""
        is_stored, asked = bool(Body(stored).flag(key)), Body(given).flag(key)
        if asked is None:
            return is_stored
        if self.is_full:
            return asked
        return is_stored or (asked and not self._has_audit(stored))

    def _has_audit(self, stored: Values) -> bool:
        """The vendor's pages store an audit that asks for nothing with every report (X35)."""
        return asked_audit(Body(stored), self.asker) != Audit()

    def _stored_days(self, stored: Values, given: Values) -> DayRange:
        dated = Body({key: stored[key] for key in DAY_KEYS if key in stored})
        name = Body(stored).text("period") if not self.report.has_fixed_days else None
        if self.is_full:
            name = Body(given).text("period") or name
        if name is None:
            return report_days(dated, self.asker)
        try:
            period = Period(name)
        except ValueError:
            raise PeriodRefused from None
        today = self.asker.today
        first_entry = self.first_entry() if period is Period.ALL else today
        return days_of(period, today, self.first_weekday, first_entry)

    def _narrowed(
        self, stored: Values, given: Values, asker: Asker, whole: Selection
    ) -> tuple[dict[str, Any], Asker]:
        """A stranger's filters hold in addition to the stored ones, and his days lie inside fixed ones.

        Of a report with an audit he can only choose the looks: which groups pass depends on every other key.
        """
        if self._has_audit(stored):
            looks = {key: given[key] for key in FORMAT_KEYS if key in given}
            return _without(stored, DAY_KEYS) | looks, asker
        asked = {key: given[key] for key in (*DAY_KEYS, *FILTER_KEYS, *LOOK_KEYS) if key in given}
        if "rounding" in stored or "rounding_minutes" in stored:  # whose rounded hours are billed
            asked = _without(asked, ("rounding", "rounding_minutes"))
        days = report_days(Body(asked), asker)
        if self.report.has_fixed_days:
            if not (whole.days.first <= days.first and days.last <= whole.days.last):
                raise PeriodRefused
        else:
            whole = replace(whole, days=days)
        body = _without(stored, (*DAY_KEYS, *FILTER_KEYS, *CLOCK_KEYS)) | asked
        both = _tags_of_both(whole.tag_ids, Body(asked).ids("tag_ids"))
        return body, replace(asker, within=replace(whole, tag_ids=both))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was not given (D1.4), and with the aliases read."""
    told = {key: value for key, value in values.items() if value is not None}
    for alias, key in ALIASES.items():
        if alias in told:
            told.setdefault(key, told.pop(alias))
    return told


def _without(values: Values, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}


def _tags_of_both(stored: IdsIn | None, asked: IdsIn | None) -> IdsIn | None:
    """An entry may have a stored tag and, besides it, an asked one: only tags that are both count (D10.5)."""
    if stored is None or asked is None:
        return stored
    return IdsIn(stored.ids & asked.ids, or_none=stored.or_none and asked.or_none)
