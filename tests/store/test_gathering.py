"""What is gathered in a loop is handed over when the loop is quiet, and soon in any case."""

import asyncio
import time
from collections.abc import Sequence

from gnomon.store.gathering import COUNT_MAX, SECONDS_MAX, Gathering


def handed_over(pause_seconds: float) -> list[Sequence[int]]:
    """What is handed over while numbers come in every turn of the loop, which takes that long."""
    handed: list[Sequence[int]] = []

    async def add() -> None:
        gathering = Gathering(handed.append)
        for number in range(10 * COUNT_MAX):
            if handed:
                return
            gathering.add(number)
            time.sleep(pause_seconds)  # noqa: ASYNC251  # the turn is to take that long
            await asyncio.sleep(0)

    asyncio.run(add())
    return handed


def test_those_who_come_and_come_do_not_keep_the_first_waiting() -> None:
    (heap,) = handed_over(SECONDS_MAX / 10)
    assert 1 < len(heap) <= 11
    assert list(heap) == list(range(len(heap)))


def test_a_heap_does_not_grow_for_ever() -> None:
    (heap,) = handed_over(0)
    assert len(heap) <= COUNT_MAX


def test_loops_do_not_wait_for_each_other() -> None:
    handed: list[Sequence[str]] = []
    gathering = Gathering(handed.append)

    async def add(name: str) -> None:
        gathering.add(name)
        while [name] not in handed:  # noqa: ASYNC110  # turns are what it counts
            await asyncio.sleep(0)

    for name in ("one", "two"):
        asyncio.run(asyncio.wait_for(add(name), 10))
    assert handed == [["one"], ["two"]]
