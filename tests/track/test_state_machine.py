"""Any sequence of requests leaves the agency as a model in plain Python says: lists, timers, reports, amounts."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from tests.properties.test_summary import PHASES
from tests.track.asking import ADA, BO
from tests.track.state_catalog import CatalogRules, people, picks
from tests.track.state_comparing import HOME, zulu
from tests.track.state_model import LEVELS, ModelEntry, rate_key

RUNS, STEPS = 3, 25
ZONES = ("Europe/Tallinn", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "UTC")
instants = st.integers(1_767_225_600, 1_768_900_000)  # from 1 January 2026 to the agency's now
lengths = st.integers(0, 30_000)
days = st.dates(date(2025, 12, 25), date(2026, 1, 25))


class Agency(CatalogRules):
    """Entries, people and rates."""

    def place(self, by: int, pick: int) -> dict[str, Any]:
        """A project that he sees, a task of it that is not done, some tags, billable or not."""
        project = self.pick(self.model.seen_projects(by), pick) if pick % 4 else None
        tasks = [
            key
            for key, one in self.model.tasks.items()
            if one.project_id == project and one.is_active
        ]
        tags = [tag for tag in sorted(self.model.tags) if (tag + pick) % 2]
        return {
            "project_id": project,
            "task_id": self.pick(tasks, pick) if pick % 3 else None,
            "tag_ids": tags,
            "billable": bool(pick % 5),
            "description": f"Work {pick}",
        }

    def remember(self, number: int, body: dict[str, Any], entry: ModelEntry) -> None:
        """An entry with the given place is in the model."""
        entry.project_id, entry.task_id = body["project_id"], body["task_id"]
        entry.tag_ids, entry.is_billable = {*body["tag_ids"]}, body["billable"]
        entry.description = body["description"]
        self.model.entries[number] = entry

    def track(self, by: int, pick: int, start: int, stop: int | None) -> None:
        body = self.place(by, pick)
        end = {"duration": -1} if stop is None else {"duration": stop - start}
        asked = {**body, **end, "created_with": "model", "start": zulu(start)}
        made = self.agency.post(f"{HOME}/time_entries", asked, by)
        if stop is None:
            self.model.stop_running(by, start)
        self.remember(made["id"], body, ModelEntry(by, start, stop))

    @rule(by=people, pick=picks)
    def start_entry(self, by: int, pick: int) -> None:
        """What ran before is stopped at that moment."""
        if self.may(by):
            self.track(by, pick, self.moment(), None)

    @rule(by=people, pick=picks, start=instants, seconds=lengths)
    def create_entry(self, by: int, pick: int, start: int, seconds: int) -> None:
        if self.may(by):
            self.track(by, pick, start, start + seconds)

    @rule(by=people)
    def stop_entry(self, by: int) -> None:
        number = self.model.running(by)
        if self.may(by) and number is not None:
            self.agency.patch(f"{HOME}/time_entries/{number}/stop", by=by)
            self.model.stop_running(by, self.moment())
            again = self.agency.ask("PATCH", f"{HOME}/time_entries/{number}/stop", by)
            assert again.status_code == 409

    @rule(by=people, pick=picks, start=instants, seconds=lengths)
    def edit_entry(self, by: int, pick: int, start: int, seconds: int) -> None:
        """Ada also those of others; what runs goes on running."""
        mine = self.model.entries if by == ADA else self.model.own_entries(by)
        if not self.may(by) or (number := self.pick(mine, pick)) is None:
            return
        entry = self.model.entries[number]
        asked = body = self.place(entry.user_id, pick)
        if entry.stop is not None:
            entry.start, entry.stop = start, start + seconds
            asked = {**body, "start": zulu(start), "stop": zulu(start + seconds)}
        self.agency.put(f"{HOME}/time_entries/{number}", asked, by)
        self.remember(number, body, entry)

    @rule(pick=picks, start=instants)
    def move_the_start(self, pick: int, start: int) -> None:
        """The stop stays where it is."""
        fitting = [
            key
            for key, one in self.model.own_entries(ADA).items()
            if one.stop is None or one.stop >= start
        ]
        if number := self.pick(fitting, pick):
            self.agency.put(f"{HOME}/time_entries/{number}", {"start": zulu(start)})
            self.model.entries[number].start = start

    @rule(by=people, pick=picks)
    def edit_many(self, by: int, pick: int) -> None:
        """A third or more of his own; a number that nobody has fails by itself."""
        own = sorted(self.model.own_entries(by))[pick % 3 :: 1 + pick % 2]
        if not self.may(by) or not own:
            return
        text, is_billable = f"Many {pick}", bool(pick % 2)
        operations = [
            {"op": "replace", "path": "/description", "value": text},
            {"op": "replace", "path": "/billable", "value": is_billable},
        ]
        path = f"{HOME}/time_entries/{','.join(map(str, [*own, 987_654_321]))}"
        told = self.agency.patch(path, operations, by)
        assert told["success"] == own
        assert [one["id"] for one in told["failure"]] == [987_654_321]
        for number in own:
            entry = self.model.entries[number]
            entry.description, entry.is_billable = text, is_billable

    @rule(by=people, pick=picks)
    def delete_entry(self, by: int, pick: int) -> None:
        mine = self.model.entries if by == ADA else self.model.own_entries(by)
        if self.may(by) and (number := self.pick(mine, pick)):
            self.agency.delete(f"{HOME}/time_entries/{number}", by)
            del self.model.entries[number]
            again = self.agency.ask("DELETE", f"{HOME}/time_entries/{number}", by)
            assert again.status_code == 404

    @rule(pick=picks, method=st.sampled_from(["PUT", "DELETE"]))
    def a_member_leaves_others_alone(self, pick: int, method: str) -> None:
        """Theirs do not exist for him, and stay as they are."""
        theirs = set(self.model.entries) - set(self.model.own_entries(BO))
        if self.may(BO) and (number := self.pick(theirs, pick)):
            path = f"{HOME}/time_entries/{number}"
            answer = self.agency.ask(method, path, BO, json={"description": "Stolen"})
            assert answer.status_code == 404

    # people

    @rule(by=people, zone=st.sampled_from(ZONES))
    def change_zone(self, by: int, zone: str) -> None:
        """Local days follow, and with them the rates (D3.1)."""
        if self.may(by):
            self.agency.put("/me", {"timezone": zone}, by)
            self.model.zones[by] = zone

    @rule(by=people)
    def rename_person(self, by: int) -> None:
        if self.may(by):
            self.model.names[by] = name = self.name()
            self.agency.put("/me", {"fullname": name}, by)

    @precondition(lambda self: self.model.running(BO) is None)
    @rule()
    def deactivate_or_return_bo(self) -> None:
        is_active = self.may(BO)
        self.agency.put(f"{HOME}/workspace_users/{self.members[BO]}", {"inactive": is_active})
        self.model.inactive ^= {BO}

    # rates

    @rule(
        level=st.sampled_from(LEVELS),
        pick=picks,
        cents=st.integers(1, 20_000),
        when=st.none() | st.just("today") | days,
    )
    def set_rate(self, level: str, pick: int, cents: int, when: date | str | None) -> None:
        """From a day on, from the admin's today on, or for all times (D6.3)."""
        found = self.level_of(level, pick)
        if found is None:
            return
        level_id, key = found
        body: dict[str, Any] = {"level": level, "level_id": level_id, "amount": cents / 100}
        if when is None:
            body["mode"] = "override-all"
            self.model.rates[key] = {date.min: cents}
        elif isinstance(when, str):
            body["mode"] = "start-today"
            self.model.rates[key][self.today()] = cents
        else:
            body["start"] = when.isoformat()
            self.model.rates[key][when] = cents
        answer = self.agency.ask("POST", f"{HOME}/rates", json={**body, "type": "billable_rates"})
        assert answer.status_code == 201, answer.text

    def level_of(self, level: str, pick: int) -> tuple[int, tuple[Any, ...]] | None:
        """What the rate is of, as the API names it and as the model does."""
        if level == "workspace":
            return 10, rate_key(level, None, None, None)
        if level == "workspace_user":
            user_id = self.pick(set(self.members) - self.model.inactive, pick)
            return self.members[user_id], rate_key(level, None, None, user_id)
        if level == "project_user":
            place = self.pick(self.places, pick)
            return place and (self.places[place], rate_key(level, None, *place))
        number = self.pick(self.model.tasks if level == "task" else self.model.projects, pick)
        return number and (number, rate_key(level, number, number, None))

    def today(self) -> date:
        zone = ZoneInfo(self.model.zones[ADA])
        return datetime.fromtimestamp(self.moment(), UTC).astimezone(zone).date()


def test_the_agency_is_what_the_model_says(agency_template: Path) -> None:
    """Few runs here; the nightly profile asks for as many as it likes."""
    Agency.template = agency_template
    ground = settings()
    runs = ground.max_examples if ground.max_examples > 100 else RUNS
    told = settings(ground, max_examples=runs, stateful_step_count=STEPS, phases=PHASES)
    run_state_machine_as_test(Agency, settings=told)


def test_a_run_by_hand_passes_every_rule_once(agency_template: Path) -> None:
    """One fixed sequence, so that a rule that never fits is seen at once."""
    Agency.template = agency_template
    machine = Agency()
    try:
        walk(machine)
    finally:
        machine.teardown()


def walk(machine: Agency) -> None:
    at = 1_768_000_000
    steps: list[tuple[Any, ...]] = [
        (machine.add_client, ADA),
        (machine.add_client, BO),
        (machine.add_project, BO, True, 1),
        (machine.add_project, ADA, True, None),
        (machine.put_bo_on_a_project, 0),
        (machine.add_task, 0),
        (machine.add_tag, BO),
        (machine.start_entry, ADA, 7),
        (machine.time_passes, 30),
        (machine.start_entry, ADA, 11),
        (machine.start_entry, BO, 5),
        (machine.create_entry, BO, 13, at, 3_600),
        (machine.edit_entry, ADA, 3, at - 90_000, 1_234),
        (machine.edit_entry, BO, 1, at + 9_999, 60),
        (machine.move_the_start, 2, at - 700_000),
        (machine.edit_many, BO, 4),
        *((machine.set_rate, level, 0, 6_050, None) for level in LEVELS),
        (machine.set_rate, "workspace", 0, 7_777, date(2026, 1, 9)),
        (machine.change_zone, ADA, "Pacific/Auckland"),
        (machine.a_member_leaves_others_alone, 0, "DELETE"),
        (machine.stop_entry, BO),
        (machine.deactivate_or_return_bo,),
        (machine.archive_client, 0),
        (machine.deactivate_or_return_bo,),
        (machine.restore_client, 0),
        (machine.change_project, 0, "is_private"),
        (machine.rename_person, BO),
        (machine.delete_entry, ADA, 0),
        (machine.delete_tag, 0),
        (machine.delete_task, 0),
        (machine.delete_client, 0),
        (machine.delete_project, 0, False),
        (machine.delete_project, 0, True),
    ]
    for ask, *given in steps:
        ask(*given)
        machine.agrees()
