"""Calendar days and time zones.

Convention of the house: an instant is whole Unix seconds (UTC); local wall-clock time is whole seconds since
1970-01-01T00:00:00 *of the wall clock*; a local day is whole days since 1970-01-01 of the same calendar.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from gnomon.errors import BadData, DaysReversed

EPOCH_DAY = date(1970, 1, 1)
SECONDS_PER_DAY = 86_400
PROBE_SECONDS = (
    6 * 3600
)  # no zone of the tz database changes its offset there and back within six hours


@dataclass(frozen=True, slots=True)
class DayRange:
    """Calendar days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DaysReversed

    @property
    def day_count(self) -> int:
        return (self.last - self.first).days + 1


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH_DAY).days


def day_of_number(number: int) -> date:
    return EPOCH_DAY + timedelta(days=number)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name, such as `Europe/Tallinn`; raises `BadData` for any other text."""
    try:
        return ZoneInfo(name)
    except (
        ValueError,
        OSError,
        LookupError,
    ) as error:  # ZoneInfo tells an unknown key in all three ways
        raise BadData(f"There is no time zone {name!r}.") from error


def offset_seconds(zone: ZoneInfo, instant: int) -> int:
    """How far the wall clock of `zone` is ahead of UTC at that instant."""
    shift = datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset()
    assert shift is not None  # an aware datetime always has one
    return int(shift.total_seconds())


def local_seconds(zone: ZoneInfo, instant: int) -> int:
    return instant + offset_seconds(zone, instant)


def instant_of_local(zone: ZoneInfo, wall_clock: datetime, fold: int = 0) -> int:
    """The instant of a wall-clock time; of two equal ones the earlier, or with `fold` 1 the later (PEP 495).

    A skipped one is moved on.
    """
    return int(wall_clock.replace(tzinfo=zone, fold=fold).timestamp())


def today_in(zone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(zone).date()


@lru_cache(maxsize=8192)
def offsets_of_year(zone_name: str, year: int) -> tuple[tuple[int, int], ...]:
    """The (instant from, offset seconds) steps of one UTC year, the first at its very beginning.

    Found by probing and bisection, so that the answer is exactly `zoneinfo`'s and no second copy of the tz database
    (Polars brings its own) can disagree with it.
    """
    zone = zone_of(zone_name)
    year_first = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    year_end = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    steps = [(year_first, offset_seconds(zone, year_first))]
    for low in range(year_first, year_end, PROBE_SECONDS):
        high = min(low + PROBE_SECONDS, year_end) - 1
        if offset_seconds(zone, high) != steps[-1][1]:
            changed_at = _first_change(zone, steps[-1][1], low, high)
            steps.append((changed_at, offset_seconds(zone, changed_at)))
    return tuple(steps)


def _first_change(zone: ZoneInfo, before: int, low: int, high: int) -> int:
    """The first instant in [low, high] whose offset is not `before`; that of `high` is known to differ."""
    while low < high:
        middle = (low + high) // 2
        if offset_seconds(zone, middle) == before:
            low = middle + 1
        else:
            high = middle
    return high
