"""When scheduled reports are due: at six in the morning of their creator (D10)."""

from datetime import UTC, date, datetime, time, timedelta

from gnomon.units.dates import instant_of_local, zone_of

MORNING = time(6)


def first_delivery(now: int, timezone: str) -> int:
    """The next six o'clock in that zone."""
    day = _local_day(now, timezone)
    today = _morning(day, timezone)
    return today if now < today else _morning(day + timedelta(days=1), timezone)


def next_delivery(due_at: int, frequency_days: int, now: int, timezone: str) -> int:
    """The first turn after now: a server that was away makes up for one mail, not for all."""
    day = _local_day(due_at, timezone)
    missed = max((_local_day(now, timezone) - day).days // frequency_days, 0)
    turn = day + timedelta(days=frequency_days * max(missed, 1))
    while (at := _morning(turn, timezone)) <= now:
        turn += timedelta(days=frequency_days)
    return at


def is_morning(instant: int, timezone: str) -> bool:
    """Whether it is the hour of deliveries in that zone."""
    return _morning(_local_day(instant, timezone), timezone) == instant


def _local_day(instant: int, timezone: str) -> date:
    return datetime.fromtimestamp(instant, UTC).astimezone(zone_of(timezone)).date()


def _morning(day: date, timezone: str) -> int:
    return instant_of_local(zone_of(timezone), datetime.combine(day, MORNING))
