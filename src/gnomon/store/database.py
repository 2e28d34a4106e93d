"""The one door to the database: reads in a snapshot, writes one after the other, acknowledged after commit.

SQLite: WAL, `synchronous=FULL`, one connection that writes and checkpoints in one thread (`writer.py`); the readers
never do either, so the WAL-reset race of SQLite before 3.51.3 cannot happen, and only one process may hold the folder.
PostgreSQL: an ordinary pool; the row of the workspace is locked by the change number that each write takes.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, TypeVar

import psycopg
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from gnomon.errors import FolderBusy
from gnomon.store.migrate import upgrade
from gnomon.store.writer import GroupCommitWriter

T = TypeVar("T")
RECORD_FILE = "gnomon.db"
LOCK_FILE = "gnomon.lock"
WRITERS_MAX = 6
TRIES_MAX = 5
TRY_AGAIN = ("40P01", "40001")  # PostgreSQL: deadlock, and serialization failure


class Database:
    """Open with `open_database`; `close` when done."""

    def __init__(self, readers: Engine, writer: Engine, lock: FileLock) -> None:
        self.engine = readers
        self._write_engine = writer
        self._lock = lock
        self._group_commit = GroupCommitWriter(writer) if is_sqlite(writer) else None
        # A writer takes a second connection for new ids: the pool must always have one left to give.
        self._places = BoundedSemaphore(WRITERS_MAX)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose statements all see the same moment."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def write(self, change: Callable[[Connection], T], *, leaves_people: bool = False) -> T:
        """Run `change` in a transaction of its own; returns after the commit, raises what `change` raised.

        PostgreSQL may end one of two that wait for each other: that one is run again from its beginning.
        `leaves_people`: the change touches no account, membership or session.
        """
        if self._group_commit is not None:
            return self._group_commit.submit(change, leaves_people=leaves_people)
        with self._places:
            for _ in range(TRIES_MAX - 1):
                try:
                    with self._write_engine.begin() as connection:
                        return change(connection)
                except (DBAPIError, psycopg.Error) as error:
                    cause = error.orig if isinstance(error, DBAPIError) else error
                    if getattr(cause, "sqlstate", None) not in TRY_AGAIN:
                        raise
            with self._write_engine.begin() as connection:
                return change(connection)

    def write_soon(
        self, change: Callable[[Connection], T], *, leaves_people: bool = False
    ) -> asyncio.Future[T] | None:
        """The same without waiting; None where every write needs a thread that waits for it (PostgreSQL)."""
        if self._group_commit is None:
            return None
        return self._group_commit.submit_soon(change, leaves_people=leaves_people)

    @property
    def stamp(self) -> int | None:
        """A number that is another one after every acknowledged write; None where others write, too (PostgreSQL)."""
        return None if self._group_commit is None else self._group_commit.commit_count

    @property
    def people_stamp(self) -> int | None:
        """The same for writes that may have touched an account, a membership or a session."""
        return None if self._group_commit is None else self._group_commit.people_count

    @property
    def sqlite_path(self) -> Path | None:
        """The record's file; None where it is in PostgreSQL."""
        return Path(str(self.engine.url.database)) if is_sqlite(self.engine) else None

    def close(self) -> None:
        if self._group_commit is not None:
            self._group_commit.close()
        self.engine.dispose()
        self._write_engine.dispose()
        self._lock.release()


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def open_database(folder: Path, url: str = "") -> Database:
    """Open or make the record; raises `FolderBusy` when another process holds the folder (D11.7)."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FolderBusy(folder) from None
    try:
        readers, writer = _engines(folder, url)
        upgrade(writer)
    except BaseException:
        lock.release()
        raise
    return Database(readers, writer, lock)


def _engines(folder: Path, url: str) -> tuple[Engine, Engine]:
    if url:
        engine = postgres_engine(url)
        readers = engine.execution_options(isolation_level="REPEATABLE READ")
        return readers, engine
    path = folder / RECORD_FILE
    return sqlite_engine(path, is_writer=False), sqlite_engine(path, is_writer=True)


def postgres_engine(url: str) -> Engine:
    return create_engine(
        make_url(url), pool_size=10, max_overflow=22, pool_pre_ping=True, hide_parameters=True
    )


def sqlite_engine(path: Path, *, is_writer: bool) -> Engine:
    """An engine on that file; a reader can neither write nor checkpoint."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,  # an error's text must not hold what somebody wrote, or a secret
        connect_args={"check_same_thread": False, "timeout": 30},
        pool_size=1 if is_writer else 8,
        max_overflow=0 if is_writer else 24,
    )
    pragmas = ["busy_timeout=30000", "cache_size=-65536"]
    if is_writer:
        pragmas += ["journal_mode=WAL", "synchronous=FULL"]
    else:
        pragmas += ["query_only=ON", "wal_autocheckpoint=0"]
    event.listen(engine, "connect", lambda connection, _: _set_up(connection, pragmas))
    begin = "BEGIN IMMEDIATE" if is_writer else "BEGIN"
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def sqlite_address(path: Path, *, read_only: bool = False) -> str:
    """The file as an address that no character of its name can turn into another."""
    return path.resolve().as_uri() + ("?mode=ro" if read_only else "")


def _begin(connection: Connection, begin: str) -> None:
    """Past SQLAlchemy's result objects, which would take longer than the statement."""
    driver: Any = connection.connection.driver_connection
    driver.execute(begin)


def _set_up(connection: Any, pragmas: list[str]) -> None:
    """Give the transactions to us (the driver would begin them late) and set what is kept per connection."""
    connection.isolation_level = None
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
