"""Clients that cannot live beside Gnomon get folders of their own, made once for each lock file."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
KEPT = Path(sys.prefix) / "clients"
INSTALLS_SECONDS_MAX = 300


def python_with_toggl_python() -> Path:
    """The Python of an environment that holds toggl-python and what it needs."""
    lock = HERE / "requirements.lock"

    def install(folder: Path) -> None:
        _run((sys.executable, "-m", "venv", "--without-pip", str(folder)))
        into = (sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"))
        hashed = ("install", "-q", "--disable-pip-version-check", "--require-hashes", "--no-deps")
        _run((*into, *hashed, "-r", str(lock)))

    return _installed_once("toggl-python", [lock], install) / "bin" / "python"


def toggl_client_module() -> Path:
    """The main module of the JavaScript client."""
    files = [HERE / "package.json", HERE / "package-lock.json"]

    def install(folder: Path) -> None:
        for file in files:
            shutil.copy(file, folder)
        _run((program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"), folder)

    made = _installed_once("toggl-client", files, install)
    return made / "node_modules" / "toggl-client" / "index.js"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is not installed: apt-get install nodejs npm")
    return found


def _installed_once(name: str, locks: Sequence[Path], install: Callable[[Path], None]) -> Path:
    """Tests run in several processes; the first one installs, a broken attempt is made anew."""
    KEPT.mkdir(exist_ok=True)
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    folder = KEPT / f"{name}-{digest[:16]}"
    with FileLock(KEPT / f"{name}.lock", timeout=2 * INSTALLS_SECONDS_MAX):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            install(folder)
            (folder / "ready").touch()
    return folder


def _run(words: Sequence[str], folder: Path = HERE) -> None:
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=INSTALLS_SECONDS_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
