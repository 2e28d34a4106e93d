"""Imports under way: bounded, one's own, and gone after an hour."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, cast

import pytest

from gnomon.store.database import Database
from gnomon.store.imports import ImportPlan
from gnomon.tracking.refusals import BadChange
from gnomon.web.import_jobs import FILE, ImportJobs, Job, Stage

ADA, CLEO, HOME, OTHER = 1, 3, 10, 11
PATIENCE_SECONDS = 20


def folder_with(text: str) -> "TemporaryDirectory[str]":
    folder = TemporaryDirectory(prefix="gnomon-test-")
    (Path(folder.name) / FILE).write_text(text)
    return folder


def plan(workspace_id: int, at: int = 0) -> ImportPlan:
    return ImportPlan(workspace_id=workspace_id, timezone="UTC", at=at)


def settled(job: Job) -> Job:
    end = time.monotonic() + PATIENCE_SECONDS
    while job.is_busy:
        assert time.monotonic() < end
        time.sleep(0.01)
    return job


def test_what_is_no_export_is_told_and_leaves_nothing(sqlite_database: Database) -> None:
    jobs = ImportJobs(sqlite_database, lambda: 0)
    job = settled(jobs.add(ADA, "notes.txt", folder_with("Milk\nBread\n"), plan(HOME)))
    assert job.stage is Stage.FAILED
    assert job.problem
    assert not Path(job.folder.name).exists()


def test_a_job_is_its_makers_for_an_hour(sqlite_database: Database) -> None:
    now = [0]
    jobs = ImportJobs(sqlite_database, lambda: now[0])
    job = settled(jobs.add(ADA, "a.csv", folder_with("x\n"), plan(HOME)))
    assert jobs.find(job.key, ADA, HOME) is job
    assert jobs.find(job.key, CLEO, HOME) is None
    assert jobs.find(job.key, ADA, OTHER) is None
    now[0] = 3_601
    assert jobs.find(job.key, ADA, HOME) is None


def test_nobody_makes_room_with_what_others_have(sqlite_database: Database) -> None:
    jobs = ImportJobs(sqlite_database, lambda: 0)
    job = settled(jobs.add(ADA, "a.csv", folder_with("x\n"), plan(HOME)))
    for _ in range(21):
        settled(jobs.add(CLEO, "c.csv", folder_with("x\n"), plan(OTHER)))
    assert jobs.find(job.key, ADA, HOME) is job


class Slow:
    """A record that somebody else is writing to."""

    def __init__(self) -> None:
        self.is_free = Event()

    def write(self, change: Any) -> Any:
        assert self.is_free.wait(PATIENCE_SECONDS)
        raise BadChange("Try again.")


def test_who_has_many_under_way_has_to_wait() -> None:
    record = Slow()
    jobs = ImportJobs(cast("Database", record), lambda: 0)
    mine = [jobs.add(ADA, "a.csv", folder_with("x\n"), plan(HOME)) for _ in range(3)]
    with pytest.raises(BadChange):
        jobs.check_room(ADA)
    jobs.check_room(CLEO)
    record.is_free.set()
    assert {settled(one).stage for one in mine} == {Stage.FAILED}
    jobs.check_room(ADA)
