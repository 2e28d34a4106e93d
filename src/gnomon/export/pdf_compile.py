"""Page templates and data to PDF, in processes of their own."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from gnomon.errors import FileFailed
from gnomon.export.fonts import font_folders

TEMPLATES = Path(__file__).parent / "typst"
WORKERS = 2
PIECE_SECONDS_MAX = 60


def compiled(
    work: Path, template: str, pieces: Iterable[Mapping[str, Any]], *, has_tags: bool = True
) -> list[Path]:
    """A PDF in the folder for each piece of data, in order; raises `FileFailed`.

    The compiler sees that folder and nothing else. Data go to disk at once: there may be any number of pieces.
    """
    shutil.copyfile(TEMPLATES / template, work / template)
    data = [_written(work, template, number, piece) for number, piece in enumerate(pieces)]
    tasks = [_task(work / template, path, has_tags=has_tags) for path in data]
    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(_run_worker, tasks))
    return [path.with_suffix(".pdf") for path in data]


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


def _run_worker(task: Path) -> None:
    command = [sys.executable, "-m", "gnomon.export.typst_worker", str(task)]
    try:
        subprocess.run(command, check=True, timeout=PIECE_SECONDS_MAX, capture_output=True)  # noqa: S603  # our own module
    except subprocess.CalledProcessError as error:
        raise FileFailed(error.stderr.decode(errors="replace")) from error
    except subprocess.TimeoutExpired as error:
        raise FileFailed("The compiler took too long.") from error
