"""What the forms of the timer say, as the rules of tracking take it (`tracking/entry_fields.py`)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from gnomon.model.entry import TimeEntry
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import SECONDS_PER_DAY, instant_of_local
from gnomon.units.durations import read_duration
from gnomon.web.pages.forms import Form
from gnomon.web.pages.reader import Reader
from gnomon.wire.body import positive_id

Given = dict[str, Any]
RUNS = -1
CLOCK = "%H:%M"


def what(form: Form) -> Given:
    """Description, project and task, tags, billable."""
    project_id, task_id = _place(form.text("place"))
    return {
        "description": form.text("description"),
        "project_id": project_id,
        "task_id": task_id,
        "tag_ids": tuple(form.numbers("tag", "A tag")),
        "billable": form.flag("billable"),
    }


def _place(text: str) -> tuple[int | None, int | None]:
    """`12` is a project, `12.34` a task of it."""
    if not text:
        return None, None
    project, _, task = text.partition(".")
    project_id, task_id = positive_id(project), positive_id(task) if task else None
    if project_id is None or (task and task_id is None):
        raise BadChange("The project makes no sense.")
    return project_id, task_id


def when(form: Form, reader: Reader) -> Given:
    """Start and stop of an entry made by hand; one that stops before it starts stops on the next day."""
    day, start = _day(form), _clock(form, "start", "Start")
    if start is None or day is None:
        raise BadChange("Date and start are needed.")
    started_at = _instant(reader, day, start)
    stop = _clock(form, "stop", "End")
    if stop is not None:
        days = int(stop < start)
        return {"start": started_at, "stop": _instant(reader, day, stop, days)}
    if not form.text("duration"):
        raise BadChange("An end or a duration is needed.")
    return {"start": started_at, "duration": read_duration(form.text("duration"))}


def when_changed(form: Form, reader: Reader, old: TimeEntry) -> Given:
    """Start and stop each by itself: what reads as it was shown stays, to the second, and so do the days between."""
    shown = shown_times(old, reader)
    told = {name: form.text(name)[:5] if name != "date" else form.text(name) for name in shown}
    start = _changed_start(form, reader, old, has_moved=told != {**shown, "stop": told["stop"]})
    if form.text("duration"):
        return {"start": start, "duration": read_duration(form.text("duration"))}
    if told["stop"] != shown["stop"]:
        return {"start": start, "stop": _changed_stop(form, reader, old, start)}
    if old.stopped_at is None:
        return {"start": start, "duration": RUNS}
    moved = _local_day(reader, start) - _local_day(reader, old.started_at)
    return {"start": start, "stop": _moved(reader, old.stopped_at, moved)}


def _changed_start(form: Form, reader: Reader, old: TimeEntry, *, has_moved: bool) -> int:
    if not has_moved:
        return old.started_at
    day, start = _day(form), _clock(form, "start", "Start")
    if day is None or start is None:
        raise BadChange("Date and start are needed.")
    if start == _minute(reader, old.started_at):  # another day, at the same second
        return _moved(reader, old.started_at, day - _local_day(reader, old.started_at))
    return _instant(reader, day, start, near=old.started_at)


def _changed_stop(form: Form, reader: Reader, old: TimeEntry, started_at: int) -> int:
    """Of an entry that lasts for days on the same one of them; else on the day of its start, or on the next."""
    stop = _clock(form, "stop", "End")
    if stop is None:
        raise BadChange("An end or a duration is needed.")
    seconds = old.duration_seconds or 0
    if old.stopped_at is not None and seconds >= SECONDS_PER_DAY:
        days = (_local_day(reader, old.stopped_at) - _local_day(reader, old.started_at)).days
    else:
        days = int(stop < _minute(reader, started_at))
    return _instant(reader, _local_day(reader, started_at), stop, days, near=old.stopped_at)


def shown_times(entry: TimeEntry, reader: Reader) -> dict[str, str]:
    """As the form of an entry shows them."""
    start = reader.local(entry.started_at)
    return {
        "date": start.date().isoformat(),
        "start": f"{start:{CLOCK}}",
        "stop": "" if entry.stopped_at is None else f"{reader.local(entry.stopped_at):{CLOCK}}",
    }


def _local_day(reader: Reader, instant: int) -> date:
    return reader.local(instant).date()


def _minute(reader: Reader, instant: int) -> time:
    return reader.local(instant).time().replace(second=0, microsecond=0)


def _moved(reader: Reader, instant: int, by: timedelta) -> int:
    """As many days later, at the same second of the wall clock."""
    if not by:
        return instant
    local = reader.local(instant)
    return _instant(reader, local.date(), local.time(), by.days, near=instant)


def _instant(reader: Reader, day: date, clock: time, days: int = 0, near: int | None = None) -> int:
    """So many days later; of two equal wall-clock times the one that is nearer to what was."""
    try:
        wall_clock = datetime.combine(day + timedelta(days=days), clock)
        found = [instant_of_local(reader.zone, wall_clock, fold) for fold in (0, 1)]
    except (OverflowError, ValueError):
        raise BadChange("The date makes no sense.") from None
    return found[0] if near is None else min(found, key=lambda one: abs(one - near))


def _day(form: Form) -> date | None:
    text = form.text("date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadChange("The date makes no sense.") from None


def _clock(form: Form, name: str, label: str) -> time | None:
    text = form.text(name)
    try:
        return time.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        raise BadChange(f"{label} makes no sense.") from None
