"""The part of the state machine that makes and loses clients, projects, tasks and tags, and its invariants."""

import shutil
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from tests.track.asking import ADA, BO, Asker, agency_at
from tests.track.state_comparing import (
    HOME,
    assert_entries_agree,
    assert_lists_agree,
    assert_reports_agree,
)
from tests.track.state_model import Model, ModelProject, ModelTask

LISTS_EVERY = 4
picks = st.integers(0, 999)
people = st.sampled_from([ADA, BO])


class CatalogRules(RuleBasedStateMachine):
    """Rules ask the server and tell the model; what a rule picks from may be empty, then it does nothing."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(mkdtemp())
        self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder / "agency")
        (self.folder / "agency" / "gnomon.lock").unlink(missing_ok=True)
        self.agency: Asker = self.stack.enter_context(agency_at(self.folder / "agency"))
        self.model = Model()
        self.places: dict[tuple[int, int], int] = {}
        members = self.agency.get(f"{HOME}/workspace_users")
        self.members = {one["user_id"]: one["id"] for one in members}
        self.count = self.steps = 0

    def name(self) -> str:
        self.count += 1
        return f"Thing {self.count}"

    def pick(self, found: Any, pick: int) -> Any:
        """One of these, or None when there is none."""
        there = sorted(found)
        return there[pick % len(there)] if there else None

    def moment(self) -> int:
        return int(self.agency.now.timestamp())

    def may(self, user_id: int) -> bool:
        return user_id not in self.model.inactive

    @invariant()
    def agrees(self) -> None:
        """One viewer after each step, to keep it quick; all of it at the end."""
        self.steps += 1
        viewer = (ADA, BO)[self.steps % 2]
        assert_entries_agree(self.agency, self.model, viewer)
        assert_reports_agree(self.agency, self.model, viewer)
        if self.steps % LISTS_EVERY in (0, 1):
            assert_lists_agree(self.agency, self.model, viewer)

    def teardown(self) -> None:
        with self.stack:
            for viewer in (ADA, BO):
                assert_lists_agree(self.agency, self.model, viewer)
                assert_entries_agree(self.agency, self.model, viewer)
                assert_reports_agree(self.agency, self.model, viewer)

    @rule(minutes=st.integers(1, 2_000))
    def time_passes(self, minutes: int) -> None:
        self.agency.now += timedelta(minutes=minutes)

    # clients

    @rule(by=people)
    def add_client(self, by: int) -> None:
        if self.may(by):
            name = self.name()
            made = self.agency.post(f"{HOME}/clients", {"name": name}, by)
            self.model.clients[made["id"]] = [name, False]

    @rule(pick=picks)
    def rename_client(self, pick: int) -> None:
        if client := self.pick(self.model.clients, pick):
            name = self.name()
            self.agency.put(f"{HOME}/clients/{client}", {"name": name})
            self.model.clients[client][0] = name

    @rule(pick=picks)
    def archive_client(self, pick: int) -> None:
        """Its active projects go with it, and only they are told."""
        live = [key for key, (_, is_archived) in self.model.clients.items() if not is_archived]
        if client := self.pick(live, pick):
            told = self.agency.post(f"{HOME}/clients/{client}/archive") or []
            its = [key for key, one in self.model.projects.items() if one.client_id == client]
            gone = [key for key in its if self.model.projects[key].is_active]
            assert sorted(told) == sorted(gone)
            self.model.clients[client][1] = True
            for key in gone:
                self.model.projects[key].is_active = False

    @rule(pick=picks)
    def restore_client(self, pick: int) -> None:
        old = [key for key, (_, is_archived) in self.model.clients.items() if is_archived]
        if client := self.pick(old, pick):
            body = {"restore_all_projects": True}
            self.agency.post(f"{HOME}/clients/{client}/restore", body)
            self.model.clients[client][1] = False
            for project in self.model.projects.values():
                project.is_active |= project.client_id == client

    @rule(pick=picks)
    def delete_client(self, pick: int) -> None:
        if client := self.pick(self.model.clients, pick):
            assert self.agency.delete(f"{HOME}/clients/{client}") == client
            self.model.lose_client(client)

    # projects

    @rule(by=people, is_private=st.booleans(), pick=st.none() | picks)
    def add_project(self, by: int, is_private: bool, pick: int | None) -> None:
        if not self.may(by):
            return
        name = self.name()
        seen = [key for key, one in self.model.seen_clients(by).items() if not one[1]]
        client = None if pick is None else self.pick(seen, pick)
        body = {"name": name, "active": True, "is_private": is_private}
        more = {} if client is None else {"client_id": client}
        made = self.agency.post(f"{HOME}/projects", {**body, **more}, by)
        self.model.projects[made["id"]] = ModelProject(name, client, is_private, people={by})

    @rule(pick=picks, what=st.sampled_from(["name", "is_private", "active", "client_id"]))
    def change_project(self, pick: int, what: str) -> None:
        number = self.pick(self.model.projects, pick)
        if number is None:
            return
        project = self.model.projects[number]
        live = [key for key, (_, is_archived) in self.model.clients.items() if not is_archived]
        new: Any
        if what == "active" and project.client_id is not None and project.client_id not in live:
            return  # what becomes of a project of an archived client is not settled
        if what == "name":
            project.name = new = self.name()
        elif what == "is_private":
            project.is_private = new = not project.is_private
        elif what == "active":
            project.is_active = new = not project.is_active
        else:
            project.client_id = new = self.pick(live, pick) if pick % 3 else None
        self.agency.put(f"{HOME}/projects/{number}", {what: new})

    @rule(pick=picks, with_entries=st.booleans())
    def delete_project(self, pick: int, with_entries: bool) -> None:
        if number := self.pick(self.model.projects, pick):
            mode = "?teDeletionMode=delete" if with_entries else ""
            assert self.agency.delete(f"{HOME}/projects/{number}{mode}") == number
            self.model.lose_project(number, with_entries=with_entries)
            self.places = {key: one for key, one in self.places.items() if key[0] != number}

    @rule(pick=picks)
    def put_bo_on_a_project(self, pick: int) -> None:
        free = [key for key, one in self.model.projects.items() if BO not in one.people]
        if self.may(BO) and (number := self.pick(free, pick)):
            body = {"project_id": number, "user_id": BO}
            self.places[number, BO] = self.agency.post(f"{HOME}/project_users", body)["id"]
            self.model.projects[number].people.add(BO)

    @rule(pick=picks)
    def take_bo_off_a_project(self, pick: int) -> None:
        """Not where he has a rate: what becomes of that is not settled."""
        priced = {key[1:] for key in self.model.rates if key[0] == "project_user"}
        if place := self.pick(set(self.places) - priced, pick):
            self.agency.delete(f"{HOME}/project_users/{self.places.pop(place)}")
            self.model.projects[place[0]].people.discard(BO)

    # tasks and tags

    def task_path(self, number: int) -> str:
        return f"{HOME}/projects/{self.model.tasks[number].project_id}/tasks/{number}"

    def open_tasks(self) -> list[int]:
        """Those of projects that may be changed."""
        active = {key for key, one in self.model.projects.items() if one.is_active}
        return [key for key, one in self.model.tasks.items() if one.project_id in active]

    @rule(pick=picks)
    def add_task(self, pick: int) -> None:
        active = [key for key, one in self.model.projects.items() if one.is_active]
        if project := self.pick(active, pick):
            name = self.name()
            made = self.agency.post(f"{HOME}/projects/{project}/tasks", {"name": name})
            self.model.tasks[made["id"]] = ModelTask(name, project)

    @rule(pick=picks, is_done=st.booleans())
    def change_task(self, pick: int, is_done: bool) -> None:
        if number := self.pick(self.open_tasks(), pick):
            task = self.model.tasks[number]
            task.name, task.is_active = self.name(), not is_done
            body = {"name": task.name, "active": task.is_active}
            self.agency.put(self.task_path(number), body)

    @rule(pick=picks)
    def delete_task(self, pick: int) -> None:
        if number := self.pick(self.open_tasks(), pick):
            self.agency.delete(self.task_path(number))
            self.model.lose_task(number)

    @rule(by=people)
    def add_tag(self, by: int) -> None:
        if self.may(by):
            name = self.name()
            self.model.tags[self.agency.post(f"{HOME}/tags", {"name": name}, by)["id"]] = name

    @rule(pick=picks)
    def rename_tag(self, pick: int) -> None:
        if number := self.pick(self.model.tags, pick):
            self.model.tags[number] = name = self.name()
            self.agency.put(f"{HOME}/tags/{number}", {"name": name})

    @rule(pick=picks)
    def delete_tag(self, pick: int) -> None:
        if number := self.pick(self.model.tags, pick):
            self.agency.delete(f"{HOME}/tags/{number}")
            self.model.lose_tag(number)
