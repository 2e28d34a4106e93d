"""Records made once and then copied: the migrations take longer than most of what is tested on them."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from gnomon.store.database import RECORD_FILE, Database, open_database

Fill = Callable[[Connection], None]
_KEPT: list[TemporaryDirectory[str]] = []  # gone with the process


@cache
def _template(fill: Fill | None) -> Path:
    kept = TemporaryDirectory(prefix="gnomon-template-")
    _KEPT.append(kept)
    database = open_database(Path(kept.name))
    if fill is not None:
        database.write(fill)
    database.close()
    return Path(kept.name) / RECORD_FILE


def open_copy(folder: Path, fill: Fill | None = None) -> Database:
    """A SQLite record in that folder, empty or as `fill` leaves one; the folder may not hold one yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    template = _template(fill)
    for path in sorted(template.parent.glob(f"{RECORD_FILE}*")):
        shutil.copy(path, folder / path.name)
    return open_database(folder)
