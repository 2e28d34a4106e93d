"""What is gathered in a loop is handed over when the loop is quiet, and soon in any case."""

import asyncio
import time
from collections.abc import Sequence

from gnomon.store.gathering import COUNT_MAX, QUIET_TURNS, SECONDS_MAX, Gathering

Pair = tuple[int, asyncio.Future[None]]
ENOUGH_TURNS = 3 * QUIET_TURNS


class Taker:
    """Keeps what it is handed, and answers when told to."""

    def __init__(self) -> None:
        self.heaps: list[list[int]] = []
        self._answers: list[asyncio.Future[None]] = []
        self._gathering: Gathering[Pair] = Gathering(self._take)

    def add(self, number: int) -> asyncio.Future[None]:
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathering.add((number, answer), answer)
        return answer

    def _take(self, pairs: Sequence[Pair]) -> None:
        self.heaps.append([number for number, _ in pairs])
        self._answers += [answer for _, answer in pairs]

    def answer(self) -> None:
        for one in self._answers:
            if not one.done():
                one.set_result(None)
        self._answers.clear()


async def turns(count: int = ENOUGH_TURNS) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def handed_over(turn_seconds: float) -> list[list[int]]:
    """What is handed over while numbers come in every turn of the loop, which takes that long."""
    taker = Taker()

    async def add() -> None:
        for number in range(10 * COUNT_MAX):
            if taker.heaps:
                return
            taker.add(number)
            time.sleep(turn_seconds)  # noqa: ASYNC251  # the turn is to take that long
            await asyncio.sleep(0)

    asyncio.run(add())
    return taker.heaps


def test_those_who_come_and_come_do_not_keep_the_first_waiting() -> None:
    (heap,) = handed_over(SECONDS_MAX / 10)
    assert len(heap) <= 11
    assert heap == list(range(len(heap)))


def test_a_heap_does_not_grow_for_ever() -> None:
    (heap,) = handed_over(0)
    assert len(heap) <= COUNT_MAX


def test_who_comes_while_others_wait_for_their_answers_goes_with_those_who_come_then() -> None:
    taker = Taker()

    async def add() -> None:
        taker.add(1)
        await turns()
        taker.add(2)
        await turns()
        assert taker.heaps == [[1]]
        taker.answer()
        await asyncio.sleep(0)
        taker.add(3)
        await turns()

    asyncio.run(add())
    assert taker.heaps == [[1], [2, 3]]


def test_who_hangs_up_does_not_stop_the_others() -> None:
    taker = Taker()

    async def add() -> None:
        gone = taker.add(1)
        await turns()
        gone.cancel()
        taker.add(2)
        await turns()
        taker.add(3).cancel()
        taker.answer()
        taker.add(4)
        await turns()

    asyncio.run(add())
    assert taker.heaps == [[1], [2], [3, 4]]


def test_loops_do_not_wait_for_each_other() -> None:
    taker = Taker()

    async def add(number: int) -> None:
        taker.add(number)
        await turns()

    for number in (1, 2):
        asyncio.run(add(number))
    assert taker.heaps == [[1], [2]]
