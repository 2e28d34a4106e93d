"""Page templates and data to PDF, in processes of their own."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import msgspec

from gnomon.errors import FileFailed
from gnomon.export.fonts import font_folders

TEMPLATES = Path(__file__).parent / "typst"
WORKERS = 2
PIECE_SECONDS_MAX = 60
LOOK_SECONDS = 0.2  # between two looks whether somebody still waits


def compiled(
    work: Path,
    template: str,
    pieces: Iterable[Mapping[str, Any]],
    *,
    has_tags: bool = True,
    nobody_waits: Event | None = None,
) -> list[Path]:
    """A PDF in the folder for each piece of data, in order; raises `FileFailed`, also soon after `nobody_waits` is set.

    The compiler sees that folder and nothing else. Data go to disk at once: there may be any number of pieces.
    """
    shutil.copyfile(TEMPLATES / template, work / template)
    data = [_written(work, template, number, piece) for number, piece in enumerate(pieces)]
    tasks = [_task(work / template, path, has_tags=has_tags) for path in data]
    is_over = nobody_waits or Event()
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(lambda task: _run_worker(task, is_over), tasks))
    return [path.with_suffix(".pdf") for path in data]


def compiled_file(work: Path, template: str, data: Path) -> Path:
    """The same for a file that lies in the folder already."""
    shutil.copyfile(TEMPLATES / template, work / template)
    _run_worker(_task(work / template, data, has_tags=False), Event())
    return data.with_suffix(".pdf")


def _written(work: Path, template: str, number: int, piece: Mapping[str, Any]) -> Path:
    path = work / f"{Path(template).stem}-{number}.json"
    path.write_bytes(msgspec.json.encode(piece))
    return path


def _task(template: Path, data: Path, *, has_tags: bool) -> Path:
    """What one worker is to do, as a file beside its piece; a new one for each, because its memory only grows."""
    task = {
        "template": str(template),
        "fonts": font_folders(),
        "data": f"/{data.name}",
        "pdf": str(data.with_suffix(".pdf")),
        "tags": has_tags,
    }
    path = data.with_suffix(".task")
    path.write_bytes(msgspec.json.encode(task))
    return path


def _run_worker(task: Path, is_over: Event) -> None:
    command = [sys.executable, "-m", "gnomon.export.typst_worker", str(task)]
    errors = task.with_suffix(".errors")
    ends = monotonic() + PIECE_SECONDS_MAX
    with errors.open("wb") as told, subprocess.Popen(command, stderr=told) as worker:  # noqa: S603  # our own module
        try:
            while worker.poll() is None:
                if is_over.is_set():
                    raise FileFailed("Nobody waits for it any more.")
                if monotonic() > ends:
                    raise FileFailed("The compiler took too long.")
                with suppress(subprocess.TimeoutExpired):
                    worker.wait(LOOK_SECONDS)
        finally:
            worker.kill()
    if worker.returncode:
        raise FileFailed(errors.read_text(encoding="utf-8", errors="replace"))
