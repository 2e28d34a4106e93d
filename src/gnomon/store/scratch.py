"""Where files lie that are needed for a while: uploads, reports in the making, what helper processes hand over.

They hold what people wrote. A process that was killed could not clear up, so the next one does before anything else.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "tmp"


@contextmanager
def scratch_within(folder: Path) -> Iterator[Path]:
    """An empty folder in the data folder, which the caller has locked, for every `tempfile` of this process."""
    before, scratch = tempfile.tempdir, folder / FOLDER
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(scratch)
    try:
        yield scratch
    finally:
        tempfile.tempdir = before
        shutil.rmtree(scratch, ignore_errors=True)
