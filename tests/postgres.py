"""Starts Debian's PostgreSQL for a test run: a free port, a temporary folder, nobody else's data."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg

STARTS_SECONDS_MAX = 60


class PostgresServer:
    """A running server; `new_database` gives the URL of a fresh, empty database in it."""

    def __init__(self, port: int, user: str, folder: Path) -> None:
        self.port = port
        self.user = user
        self.folder = folder
        self._numbers = count(1)

    def new_database(self) -> str:
        name = f"gnomon_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{name}"

    def _address(self, name: str) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{name}"


def postgres_programs() -> Path:
    """Where initdb is; the newest of what is installed. `make test` installs it where it can."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).parent
    if not found:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def start_postgres() -> Iterator[PostgresServer]:
    programs = postgres_programs()
    user = _server_user()
    folder = Path(tempfile.mkdtemp(prefix="gnomon-postgres-"))
    shutil.chown(folder, user)
    port = _free_port()
    as_user = _as_user(user)
    data = folder / "data"
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=200"
    )
    try:
        _run(
            [
                *as_user,
                str(programs / "initdb"),
                "-D",
                str(data),
                "-A",
                "trust",
                "-U",
                user,
                "-E",
                "UTF8",
            ],
            folder,
        )
        _run(
            [
                *as_user,
                str(programs / "pg_ctl"),
                "-D",
                str(data),
                "-w",
                "-t",
                str(STARTS_SECONDS_MAX),
            ]
            + ["-l", str(folder / "log"), "-o", options, "start"],
            folder,
        )
        yield PostgresServer(port, user, folder)
    finally:
        with suppress(subprocess.CalledProcessError):
            _run(
                [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
                folder,
            )
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)


def _server_user() -> str:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return getpass.getuser()
    pwd.getpwnam("postgres")
    return "postgres"


def _as_user(user: str) -> list[str]:
    return ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
