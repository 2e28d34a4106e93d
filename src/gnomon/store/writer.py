"""One thread that writes to SQLite: callers that wait at the same time share one commit (and one fsync)."""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from gnomon.store.gathering import COUNT_MAX, Gathering
from gnomon.store.memory import Memory, forget_on_rollback, give_memory

T = TypeVar("T")
Waiting = Future[Any] | asyncio.Future[Any]


class _Job(NamedTuple):
    change: Callable[[Connection], Any]
    future: Waiting
    leaves_people: bool


class _Told(NamedTuple):
    """What somebody who waits is told: a result, or why there is none."""

    future: Waiting
    result: Any = None
    error: BaseException | None = None


class _TransactionLost(Exception):  # not an error of ours: SQLite has rolled everything back
    """After a full disk or an I/O error SQLite ends the whole transaction by itself, not just the savepoint."""


class GroupCommitWriter:
    """Each change runs in a savepoint of its own, so that a refused one does not take its neighbours along."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[Sequence[_Job] | None] = queue.SimpleQueue()
        self._is_open = True
        self._guard = threading.Lock()
        self._gathering = Gathering(self._put)
        self._kept: Connection | None = None
        self._memory = Memory()
        forget_on_rollback(engine)
        self.commit_count = 0
        self.people_count = 0  # commits that may have touched accounts, memberships or sessions
        self._thread = threading.Thread(target=self._run, name="gnomon-writer", daemon=True)
        self._thread.start()

    def submit(self, change: Callable[[Connection], T], *, leaves_people: bool = False) -> T:
        """Returns after the commit that holds the change."""
        future: Future[T] = Future()
        self._put([_Job(change, future, leaves_people)])
        return future.result()

    def submit_soon(
        self, change: Callable[[Connection], T], *, leaves_people: bool = False
    ) -> asyncio.Future[T]:
        """The same for who waits in an event loop. Who stops waiting has his change made all the same."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._gathering.add(_Job(change, future, leaves_people), future)
        return future

    def _put(self, jobs: Sequence[_Job]) -> None:
        with self._guard:
            if self._is_open:
                self._waiting.put(jobs)
                return
        _fail(jobs, RuntimeError("The record is closed."))

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._gathering.flush()
        with self._guard:  # nothing comes behind the end
            self._is_open = False
            self._waiting.put(None)
        self._thread.join()
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _run(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            try:
                self._write(batch)
            except BaseException as error:  # noqa: BLE001  # the thread must outlive whatever a driver does
                _fail(batch, error)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """The one that is kept, or after a failure a new one."""
        if self._kept is None:
            self._kept = self._engine.connect()
            self._memory = give_memory(self._kept)
        try:
            yield self._kept
        except BaseException:
            kept, self._kept = self._kept, None
            with suppress(SQLAlchemyError):
                kept.close()
            raise

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """What was put together stays together."""
        jobs = self._waiting.get()
        batch: list[_Job] = []
        while jobs is not None:
            batch += jobs
            if len(batch) >= COUNT_MAX or self._waiting.empty():
                return batch, True
            jobs = self._waiting.get()
        return batch, False

    def _write(self, batch: list[_Job]) -> None:
        try:
            self._commit(batch)
        except _TransactionLost as lost:
            if len(batch) == 1:
                _fail(batch, _root_of(lost))
                return
            for job in batch:  # nothing of the batch was kept: each once more, on its own
                self._write([job])

    def _commit(self, batch: list[_Job]) -> None:
        """Nobody hears anything before the commit; after it everybody hears of his own change."""
        told: list[_Told] = []
        with self._connection() as connection, connection.begin():
            self._memory.begin(len(batch))
            for job in batch:
                try:
                    with _savepoint(connection):
                        result = job.change(connection)
                except Exception as error:  # the caller's own failure goes to the caller alone
                    self._memory.forget()
                    told.append(_Told(job.future, error=error))
                    if not _is_in_transaction(connection):
                        raise _TransactionLost from error
                else:
                    told.append(_Told(job.future, result))
            if not _is_in_transaction(connection):
                raise _TransactionLost
        self.commit_count += 1  # before anybody hears of it
        if not all(job.leaves_people for job in batch):
            self.people_count += 1
        _tell(told)


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """SQLite's own, past SQLAlchemy: its savepoints take longer than what stands between them."""
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT job")
    try:
        yield
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK TO job")
            driver.execute("RELEASE job")
        raise
    driver.execute("RELEASE job")


def _is_in_transaction(connection: Connection) -> bool:
    return bool(getattr(connection.connection.driver_connection, "in_transaction", False))


def _root_of(error: BaseException) -> BaseException:
    """What SQLAlchemy said first; giving back a savepoint that is gone only hides it."""
    found = error
    while (earlier := error.__cause__ or error.__context__) is not None:
        error = earlier
        if isinstance(error, SQLAlchemyError):
            found = error
    return found


def _fail(batch: Sequence[_Job], error: BaseException) -> None:
    _tell([_Told(job.future, error=error) for job in batch])


def _tell(told: list[_Told]) -> None:
    """Everybody who waits in one loop at once: each wake-up of its thread would else take the interpreter's lock from
    this one, which had to wait for it before it could tell the next.
    """
    loops: dict[asyncio.AbstractEventLoop, list[_Told]] = {}
    for one in told:
        if isinstance(one.future, asyncio.Future):
            loops.setdefault(one.future.get_loop(), []).append(one)
        else:
            _settle([one])
    for loop, those in loops.items():
        with suppress(RuntimeError):  # a loop that is closed has nobody who waits
            loop.call_soon_threadsafe(_settle, those)


def _settle(told: list[_Told]) -> None:
    for one in told:
        if one.future.done():
            continue
        if one.error is None:
            one.future.set_result(one.result)
        elif isinstance(one.error, StopIteration):  # which futures of a loop do not take
            one.future.set_exception(RuntimeError("A change raised StopIteration."))
        else:
            one.future.set_exception(one.error)
