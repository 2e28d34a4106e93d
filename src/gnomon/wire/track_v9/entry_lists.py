"""Which time entries a list is asked for (track-api-v9.md, rule 15)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from starlette.datastructures import QueryParams

from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import instant_of_local, today_in, zone_of
from gnomon.wire.errors import InvalidFormat
from gnomon.wire.track_v9.fields import day_of, instant_of
from gnomon.wire.track_v9.queries import integer

MONTHS_BACK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Instants as Unix seconds; the end is excluded. `since`: changed at or after it, deleted ones, too."""

    since: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def is_bounded(self) -> bool:
        """Not the whole of the past."""
        return self.since is not None or self.start is not None


def asked_entries(query: QueryParams, zone_name: str, now: datetime) -> Asked:
    since = _since(query)
    if since is not None:
        for other in ("before", "start_date"):
            if query.get(other):
                raise BadChange(f"'since' and '{other}' can not be present simultaneously")
    start, end = query.get("start_date"), query.get("end_date")
    if bool(start) != bool(end):
        raise BadChange("start_date and end_date must be given together")
    before = query.get("before")
    instants = [
        None if not text else _instant(name, text, zone_name)
        for name, text in (("start_date", start), ("end_date", end), ("before", before))
    ]
    if start:
        _check_start(start, instants[0], zone_name, now)
    ends = [one for one in instants[1:] if one is not None]
    return Asked(since=since, start=instants[0], end=min(ends) if ends else None)


def _since(query: QueryParams) -> int | None:
    try:
        return integer(query, "since")
    except BadChange:
        raise InvalidFormat("since") from None


def _instant(name: str, text: str, zone_name: str) -> int:
    """A day is its first instant in the person's zone. A plus that came as a space is one."""
    day = day_of(text)
    if day is not None:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # wall-clock time
        try:
            return instant_of_local(zone_of(zone_name), midnight)
        except (OverflowError, ValueError):
            raise InvalidFormat(name) from None
    found = instant_of(text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text)
    if found is None:
        raise InvalidFormat(name)
    return found


def _check_start(text: str, start: int | None, zone_name: str, now: datetime) -> None:
    """Three calendar months back at most, counted from today in the profile's zone, or in UTC where it is still
    yesterday there: a client on another machine knows no other day.
    """
    assert start is not None
    today = min(today_in(zone_of(zone_name), now), now.date())
    limit = months_before(today, MONTHS_BACK)
    if start < _instant("start_date", str(limit), zone_name) and day_of(text) != limit:
        raise BadChange(f"start_date must not be earlier than {limit}")


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last one of it where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
