"""Imports that go on while their page waits: one at a time, each for an hour at most (R9)."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Timer

import structlog

from gnomon.errors import GnomonError
from gnomon.ingest.toggl_csv import read_toggl_csv
from gnomon.store.database import Database
from gnomon.store.imports import ImportPlan, ImportResult, import_file
from gnomon.tracking.refusals import BadChange
from gnomon.units.dates import zone_of

JOBS_MAX, JOBS_EACH_MAX = 12, 3
SECONDS_KEPT = 3_600
FILE = "export.csv"
LOG = structlog.get_logger("gnomon.web")


class Stage(StrEnum):
    LOOKING = "looking"
    LOOKED = "looked"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True, kw_only=True)
class Job:
    """One file of one person. `rows` of `line_count` were read so far."""

    key: str
    user_id: int
    name: str
    folder: "TemporaryDirectory[str]"
    plan: ImportPlan
    line_count: int = 0
    stage: Stage = Stage.LOOKING
    rows: int = 0
    result: ImportResult | None = None
    problem: str = ""

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / FILE

    @property
    def is_busy(self) -> bool:
        return self.stage in (Stage.LOOKING, Stage.WORKING)


class ImportJobs:
    """Of this process: another server on the same record does not know them."""

    def __init__(self, database: Database, seconds: Callable[[], float]) -> None:
        self._database = database
        self._seconds = seconds
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
        self._guard = Lock()

    def add(
        self, user_id: int, name: str, folder: "TemporaryDirectory[str]", plan: ImportPlan
    ) -> Job:
        """The file lies in the folder already; what would happen is found out at once. Raises `BadChange`."""
        job = Job(key=secrets.token_hex(16), user_id=user_id, name=name, folder=folder, plan=plan)
        with self._guard:
            self._make_room(user_id)
            self._jobs[job.key] = job
        timer = Timer(SECONDS_KEPT, self._forget, [job])
        timer.daemon = True
        timer.start()
        self._worker.submit(self._run, job, Stage.LOOKED)
        return job

    def find(self, key: str, user_id: int, workspace_id: int) -> Job | None:
        """Of this very person and workspace, and not too old."""
        job = self._jobs.get(key)
        if job is None or (job.user_id, job.plan.workspace_id) != (user_id, workspace_id):
            return None
        return job if job.is_busy or self._seconds() - job.plan.at <= SECONDS_KEPT else None

    def start(self, job: Job) -> None:
        """Once only, however often the button is pressed."""
        with self._guard:
            if job.stage is not Stage.LOOKED:
                return
            job.stage, job.rows = Stage.WORKING, 0
        self._worker.submit(self._run, job, Stage.DONE)

    def check_room(self, user_id: int) -> None:
        """Before a file is read; raises `BadChange`."""
        with self._guard:
            self._make_room(user_id)

    def _make_room(self, user_id: int) -> None:
        """One's own oldest goes; what others have looked at stays."""
        mine = [job for job in self._jobs.values() if job.user_id == user_id]
        idle = [job for job in mine if not job.is_busy]
        if len(mine) >= JOBS_EACH_MAX and idle:
            self._forget(idle[0])
            mine.remove(idle[0])
        if len(mine) >= JOBS_EACH_MAX or len(self._jobs) >= JOBS_MAX:
            raise BadChange("Other imports are under way. Try again when they are done.")

    def _forget(self, job: Job) -> None:
        """One that is under way is let finish; its file goes with it."""
        if not job.is_busy and self._jobs.pop(job.key, None) is not None:
            job.folder.cleanup()

    def _run(self, job: Job, then: Stage) -> None:
        try:
            job.line_count = job.line_count or _line_count(job.path)
            rows = read_toggl_csv(job.path, zone_of(job.plan.timezone))
            job.result = import_file(
                self._database,
                rows,
                job.plan,
                lambda count: setattr(job, "rows", count),
                is_dry=then is Stage.LOOKED,
            )
            job.stage = then
        except GnomonError as error:
            job.problem, job.stage = str(error), Stage.FAILED
        except Exception as error:
            job.problem, job.stage = "The import broke off; nothing was changed.", Stage.FAILED
            LOG.exception("import failed", reason=type(error).__name__)
        if not job.is_busy and job.stage is not Stage.LOOKED:
            job.folder.cleanup()


def _line_count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1024 * 1024), b""))
