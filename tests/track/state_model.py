"""What the agency should be after any sequence of requests: plain dictionaries, worked out without the server."""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.track.asking import ADA, BO
from tests.wire.agency import AGENCY

LEVELS = ("task", "project_user", "project", "workspace_user", "workspace")
STUDIO = {BO}  # the members of the agency's user group 70
Seconds = dict[int | None, dict[int, int]]


@dataclass
class ModelProject:
    name: str
    client_id: int | None = None
    is_private: bool = False
    is_active: bool = True
    currency: str = AGENCY.currency
    people: set[int] = field(default_factory=set)


@dataclass
class ModelTask:
    name: str
    project_id: int
    is_active: bool = True


@dataclass
class ModelEntry:
    user_id: int
    start: int
    stop: int | None
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    tag_ids: set[int] = field(default_factory=set)
    is_billable: bool = False


class Model:
    """The agency of `tests/wire/agency.py`, and what becomes of it."""

    def __init__(self) -> None:
        self.clients = {one.client_id: [one.name, one.is_archived] for one in AGENCY.clients}
        self.projects = {
            one.project_id: ModelProject(
                one.name,
                one.client_id,
                one.is_private,
                one.is_active,
                one.currency or AGENCY.currency,
                {*one.user_ids, *(STUDIO if one.user_group_ids else ())},
            )
            for one in AGENCY.projects
        }
        self.tasks = {one.task_id: ModelTask(one.name, one.project_id) for one in AGENCY.tasks}
        self.tags = {one.tag_id: one.name for one in AGENCY.tags}
        self.entries = {
            one.entry_id: ModelEntry(
                one.user_id,
                one.start,
                one.stop,
                one.description,
                one.project_id,
                one.task_id,
                {*one.tag_ids},
                one.is_billable,
            )
            for one in AGENCY.entries
            if not one.is_deleted
        }
        self.names = {one.user_id: one.name for one in AGENCY.users}
        self.zones = {one.user_id: one.timezone for one in AGENCY.users}
        self.inactive = {one.user_id for one in AGENCY.users if not one.is_active}
        self.rates: dict[tuple[Any, ...], dict[date, int]] = defaultdict(dict)
        for rate in AGENCY.rates:
            key = rate_key(rate.level, rate.task_id, rate.project_id, rate.user_id)
            self.rates[key][rate.start_day or date.min] = rate.cents

    def sees_project(self, user_id: int, project_id: int) -> bool:
        """D9.3."""
        project = self.projects[project_id]
        return user_id == ADA or not project.is_private or user_id in project.people

    def sees_entry(self, user_id: int, entry: ModelEntry) -> bool:
        """His own, and those of others on projects that are public or shared with him (D9.3)."""
        if user_id in {ADA, entry.user_id}:
            return True
        return entry.project_id is not None and self.sees_project(user_id, entry.project_id)

    def seen_projects(self, user_id: int) -> dict[int, tuple[Any, ...]]:
        return {
            number: (one.name, one.client_id, one.is_private, one.is_active)
            for number, one in self.projects.items()
            if self.sees_project(user_id, number)
        }

    def seen_clients(self, user_id: int) -> dict[int, tuple[Any, ...]]:
        """A member's are those without a project and those with one that he sees."""
        found = {}
        for number, told in self.clients.items():
            its = [key for key, project in self.projects.items() if project.client_id == number]
            if not its or any(self.sees_project(user_id, key) for key in its):
                found[number] = tuple(told)
        return found

    def seen_tasks(self, user_id: int) -> dict[int, tuple[Any, ...]]:
        return {
            number: (one.name, one.project_id, one.is_active)
            for number, one in self.tasks.items()
            if self.sees_project(user_id, one.project_id)
        }

    def own_entries(self, user_id: int) -> dict[int, ModelEntry]:
        return {key: one for key, one in self.entries.items() if one.user_id == user_id}

    def running(self, user_id: int) -> int | None:
        """The one entry that runs."""
        found = [key for key, one in self.own_entries(user_id).items() if one.stop is None]
        assert len(found) <= 1
        return found[0] if found else None

    def reported(self, viewer_id: int) -> list[tuple[ModelEntry, int]]:
        """The entries of a report with their seconds; running ones are in none (D3.3)."""
        return [
            (one, one.stop - one.start)
            for one in self.entries.values()
            if one.stop is not None and self.sees_entry(viewer_id, one)
        ]

    def seconds(self, viewer_id: int) -> Seconds:
        """By project and user."""
        found: Seconds = defaultdict(lambda: defaultdict(int))
        for entry, seconds in self.reported(viewer_id):
            found[entry.project_id][entry.user_id] += seconds
        return {project: dict(people) for project, people in found.items()}

    def priced(self) -> list[tuple[str, int, int]]:
        """Currency, rate in cents and seconds of every billable entry of a report of an admin's."""
        return [
            (self.currency(entry), self.rate(entry), seconds)
            for entry, seconds in self.reported(ADA)
            if entry.is_billable
        ]

    def currency(self, entry: ModelEntry) -> str:
        if entry.project_id is None:
            return AGENCY.currency
        return self.projects[entry.project_id].currency

    def rate(self, entry: ModelEntry) -> int:
        """The most specific level that has one on the entry's local day (D6.3, D3.1)."""
        zone = ZoneInfo(self.zones[entry.user_id])
        day = datetime.fromtimestamp(entry.start, UTC).astimezone(zone).date()
        for level in LEVELS:
            key = rate_key(level, entry.task_id, entry.project_id, entry.user_id)
            begun = [start for start in self.rates.get(key, {}) if start <= day]
            if begun and None not in key:
                return self.rates[key][max(begun)]
        return 0

    def amount_cents(self) -> int:
        """Of the only currency, or of several in the workspace's (D6.1, D6.2, D6.5)."""
        priced = self.priced()
        currencies = {currency for currency, _, _ in priced}
        counted = currencies if len(currencies) == 1 else {AGENCY.currency}
        microcents = sum(
            hours_e6(seconds) * cents for currency, cents, seconds in priced if currency in counted
        )
        return (microcents + 500_000) // 1_000_000

    def rate_lines(self) -> list[dict[str, Any]] | None:
        """D6.6."""
        found: dict[tuple[str, int], int] = defaultdict(int)
        for currency, cents, seconds in self.priced():
            found[currency, cents] += seconds
        return [
            {"billable_seconds": seconds, "hourly_rate_in_cents": cents, "currency": currency}
            for (currency, cents), seconds in sorted(found.items())
        ] or None

    def stop_running(self, user_id: int, moment: int) -> None:
        number = self.running(user_id)
        if number is not None:
            entry = self.entries[number]
            entry.stop = max(entry.start, moment)

    def lose_client(self, client_id: int) -> None:
        del self.clients[client_id]
        for project in self.projects.values():
            if project.client_id == client_id:
                project.client_id = None

    def lose_project(self, project_id: int, *, with_entries: bool) -> None:
        del self.projects[project_id]
        self.tasks = {key: one for key, one in self.tasks.items() if one.project_id != project_id}
        for number, entry in deepcopy(self.entries).items():
            if entry.project_id == project_id and with_entries:
                del self.entries[number]
            elif entry.project_id == project_id:
                self.entries[number].project_id = self.entries[number].task_id = None

    def lose_task(self, task_id: int) -> None:
        del self.tasks[task_id]
        for entry in self.entries.values():
            if entry.task_id == task_id:
                entry.task_id = None

    def lose_tag(self, tag_id: int) -> None:
        del self.tags[tag_id]
        for entry in self.entries.values():
            entry.tag_ids.discard(tag_id)


def hours_e6(seconds: int) -> int:
    """Hours to six decimals, half up (D6.1)."""
    return (seconds * 1_000_000 + 1_800) // 3_600


def rate_key(
    level: str, task_id: int | None, project_id: int | None, user_id: int | None
) -> tuple[Any, ...]:
    """What a level's history is of; None in it when an entry has no such thing."""
    of = {
        "task": (task_id,),
        "project_user": (project_id, user_id),
        "project": (project_id,),
        "workspace_user": (user_id,),
        "workspace": (),
    }
    return (level, *of[level])
