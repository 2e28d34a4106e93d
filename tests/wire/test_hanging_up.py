"""Long work ends when nobody waits for it any more, and its own failures come through as they are."""

from threading import Event

import anyio
import pytest
from anyio import CapacityLimiter

from gnomon.errors import FileFailed, RecordBroken
from gnomon.web.reports.files import while_connected

SECONDS_MAX = 20


class Caller:
    """A request that somebody waits for until he hangs up."""

    def __init__(self, hangs_up_after: float) -> None:
        self._seconds = hangs_up_after

    async def receive(self) -> dict[str, str]:
        await anyio.sleep(self._seconds)
        return {"type": "http.disconnect"}


def ask(caller: Caller, work) -> object:
    async def main() -> object:
        return await while_connected(caller, work, CapacityLimiter(1))

    return anyio.run(main)


def test_the_work_is_told_that_the_client_has_gone() -> None:
    told = Event()

    def work(gone: Event) -> None:
        if gone.wait(SECONDS_MAX):
            told.set()

    with pytest.raises(FileFailed):
        ask(Caller(0.05), work)
    assert told.wait(SECONDS_MAX)


def test_who_hangs_up_while_waiting_for_a_turn_never_begins() -> None:
    begun: list[str] = []

    async def main() -> None:
        limiter = CapacityLimiter(1)
        busy = Event()

        async def first() -> None:
            await while_connected(Caller(SECONDS_MAX), lambda _: busy.wait(SECONDS_MAX), limiter)

        async with anyio.create_task_group() as group:
            group.start_soon(first)
            await anyio.sleep(0.1)
            with pytest.raises(FileFailed):
                await while_connected(Caller(0.05), lambda _: begun.append("late"), limiter)
            busy.set()

    anyio.run(main)
    assert begun == []


def test_results_and_failures_come_through() -> None:
    assert ask(Caller(SECONDS_MAX), lambda _: "made") == "made"

    def fails(_: Event) -> None:
        raise RecordBroken("broken")

    with pytest.raises(RecordBroken):
        ask(Caller(SECONDS_MAX), fails)
