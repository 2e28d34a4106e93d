"""Gather what the tasks of an event loop have ready, and hand it over when the loop has nothing else to do.

Those who are handed over together share the disk's answer; and a thread that writes beside the one that reads requests
takes several times as long as one that writes while it waits, because both need the interpreter's lock. So the next
ones are not handed over before the last ones have their answer: in between the loop would be busy with them.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
QUIET_TURNS = 3  # a request takes up to three turns from its bytes to its change
SECONDS_MAX, COUNT_MAX = 0.01, 256


class Gathering(Generic[T]):
    """Of any number of loops, each for itself; `hand_over` is called in the loop's thread."""

    def __init__(self, hand_over: Callable[[Sequence[T]], None]) -> None:
        self._hand_over = hand_over
        self._heaps: dict[asyncio.AbstractEventLoop, _Heap[T]] = {}

    def add(self, one: T, answer: asyncio.Future[Any]) -> None:
        """To be called by what runs in a loop; `answer` is what it will wait for."""
        loop = answer.get_loop()
        heap = self._heaps.get(loop)
        if heap is None:
            self._heaps = {
                known: kept for known, kept in list(self._heaps.items()) if not known.is_closed()
            }
            heap = self._heaps[loop] = _Heap(loop, self._hand_over)
        heap.add(one, answer)

    def flush(self) -> None:
        """Hand over everything: no loop will do it."""
        for heap in list(self._heaps.values()):
            heap.hand_over()


class _Heap(Generic[T]):
    """What one loop has ready."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, hand_over: Callable[[Sequence[T]], None]
    ) -> None:
        self._loop = loop
        self._hand_over = hand_over
        self._things: list[T] = []
        self._answers: list[asyncio.Future[Any]] = []
        self._waited_for = 0  # answers to those who were handed over
        self._is_looking = False
        self._seen, self._quiet_turns, self._until = 0, 0, 0.0

    def add(self, one: T, answer: asyncio.Future[Any]) -> None:
        self._things.append(one)
        self._answers.append(answer)
        self._look_on()

    def _look_on(self) -> None:
        if self._things and not self._is_looking and not self._waited_for:
            self._is_looking = True
            self._seen, self._quiet_turns = 0, 0
            self._until = self._loop.time() + SECONDS_MAX
            self._loop.call_soon(self._look)

    def _look(self) -> None:
        """Once in every turn of the loop."""
        count = len(self._things)
        self._quiet_turns = self._quiet_turns + 1 if count == self._seen else 0
        self._seen = count
        is_quiet = self._quiet_turns == QUIET_TURNS
        if not is_quiet and count < COUNT_MAX and self._loop.time() < self._until:
            self._loop.call_soon(self._look)
            return
        self._is_looking = False
        self._waited_for = len(self._answers)
        for answer in self._answers:
            answer.add_done_callback(self._answered)
        self.hand_over()

    def hand_over(self) -> None:
        things, self._things, self._answers = self._things, [], []
        if things:
            self._hand_over(things)

    def _answered(self, _: asyncio.Future[Any]) -> None:
        self._waited_for -= 1
        self._look_on()
