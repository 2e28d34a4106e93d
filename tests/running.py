"""Run the real command line and the real server, as a person would."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

COMMAND = (sys.executable, "-m", "gnomon")
STARTS_SECONDS_MAX = 60
_KEPT: list[TemporaryDirectory[str]] = []  # gone with the process


def clean_environment() -> dict[str, str]:
    """No setting of the developer's own reaches a test."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GNOMON_")}


def gnomon(*words: str | Path, expects: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        env={**clean_environment(), **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == expects, (done.returncode, done.stdout, done.stderr)
    return done


def gnomon_json(*words: str | Path, expects: int = 0) -> Any:
    return json.loads(gnomon(*words, "--json", expects=expects).stdout)


def init(data: Path, **more: str) -> dict[str, Any]:
    """What `gnomon init` answers and leaves in that folder; the same words are run once and copied after that."""
    options = {"email": "ada@example.com", "password": "correct horse", "name": "Ada", "workspace": "Home", "timezone": "Europe/Tallinn", "currency": "EUR"} | more  # fmt: skip
    made, answer = _made_once(tuple(options.items()))
    shutil.copytree(made, data, dirs_exist_ok=True)
    told: dict[str, Any] = json.loads(answer)
    return told


@cache
def _made_once(options: tuple[tuple[str, str], ...]) -> tuple[Path, str]:
    kept = TemporaryDirectory(prefix="gnomon-template-")
    _KEPT.append(kept)
    data = Path(kept.name) / "data"
    words = [word for name, value in options for word in (f"--{name}", value)]
    answer = gnomon("init", "--data", data, *words, "--json").stdout
    (data / "gnomon.lock").unlink(missing_ok=True)
    return data, answer


class RunningServer:
    """A server process; `address` such as http://127.0.0.1:34567."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.port = int(address.rpartition(":")[2])


@contextmanager
def serving(data: Path, **more: str) -> Iterator[RunningServer]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", str(data)],
        env={**clean_environment(), **more},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield RunningServer(process, _address(process))
    finally:
        process.kill()
        process.communicate(timeout=STARTS_SECONDS_MAX)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"http://\S+", line)
        if found:
            return found[0]
    raise AssertionError(f"the server stopped with {process.wait()}")
