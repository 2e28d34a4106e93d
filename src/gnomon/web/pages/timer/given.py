"""What the forms of the timer say, as the rules of tracking take it (`tracking/entry_fields.py`)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from gnomon.model.entry import TimeEntry
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import instant_of_local
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
    day = _day(form)
    start = _clock(form, "start", "Start")
    if start is None or day is None:
        raise BadChange("Date and start are needed.")
    started_at = _instant(reader, day, start)
    stop = _clock(form, "stop", "End")
    if stop is not None:
        return {"start": started_at, "stop": _stop(reader, day, start, stop)}
    if not form.text("duration"):
        raise BadChange("An end or a duration is needed.")
    return {"start": started_at, "duration": read_duration(form.text("duration"))}


def when_changed(form: Form, reader: Reader, old: TimeEntry) -> Given:
    """Only what is not as it was shown, so that seconds, and days between start and stop, stay."""
    shown = shown_times(old, reader)
    told = {name: form.text(name)[:5] if name != "date" else form.text(name) for name in shown}
    if form.text("duration"):
        start = _started(form, reader, old, told, shown)
        return {"start": start, "duration": read_duration(form.text("duration"))}
    if told == shown:
        return {}
    if not told["stop"] and old.stopped_at is None:
        return {"start": _started(form, reader, old, told, shown), "duration": RUNS}
    return when(form, reader)


def _started(
    form: Form, reader: Reader, old: TimeEntry, told: dict[str, str], shown: dict[str, str]
) -> int:
    if (told["date"], told["start"]) == (shown["date"], shown["start"]):
        return old.started_at
    day, start = _day(form), _clock(form, "start", "Start")
    if day is None or start is None:
        raise BadChange("Date and start are needed.")
    return _instant(reader, day, start)


def shown_times(entry: TimeEntry, reader: Reader) -> dict[str, str]:
    """As the form of an entry shows them."""
    start = reader.local(entry.started_at)
    return {
        "date": start.date().isoformat(),
        "start": f"{start:{CLOCK}}",
        "stop": f"{reader.local(entry.stopped_at):{CLOCK}}" if entry.stopped_at else "",
    }


def _stop(reader: Reader, day: date, start: time, stop: time) -> int:
    return _instant(reader, day + timedelta(days=1) if stop < start else day, stop)


def _instant(reader: Reader, day: date, clock: time) -> int:
    try:
        return instant_of_local(reader.zone, datetime.combine(day, clock))
    except (OverflowError, ValueError):
        raise BadChange("The date makes no sense.") from None


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
