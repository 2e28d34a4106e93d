"""One thread that writes to SQLite: callers that wait at the same time share one commit (and one fsync)."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
BATCH_MAX = 256


class GroupCommitWriter:
    """Each change runs in a savepoint of its own, so that a refused one does not take its neighbours along."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._thread = threading.Thread(target=self._run, name="gnomon-writer", daemon=True)
        self._thread.start()

    def submit(self, change: Callable[[Connection], T]) -> T:
        """Returns after the commit that holds the change."""
        if not self._thread.is_alive():
            raise RuntimeError("The record is closed.")
        future: Future[T] = Future()
        self._waiting.put((change, future))
        return future.result()

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            if batch:
                self._commit(batch)

    def _next_batch(
        self,
    ) -> tuple[list[tuple[Callable[[Connection], Any], Future[Any]]], bool]:
        item = self._waiting.get()
        batch = []
        while item is not None:
            batch.append(item)
            if len(batch) == BATCH_MAX or self._waiting.empty():
                return batch, True
            item = self._waiting.get()
        return batch, False

    def _commit(self, batch: list[tuple[Callable[[Connection], Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._engine.begin() as connection:
                for change, future in batch:
                    try:
                        with connection.begin_nested():
                            done.append((future, change(connection)))
                    except Exception as error:  # the caller's own failure goes to the caller alone
                        future.set_exception(error)
        except (
            BaseException
        ) as error:  # no commit: nobody's change is kept, and everybody must hear it
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)
