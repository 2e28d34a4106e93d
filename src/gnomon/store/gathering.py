"""Gather what the tasks of an event loop have ready, and hand it over when the loop has nothing else to do.

Those who are handed over together share the disk's answer; and a thread that writes beside the one that reads requests
takes several times as long as one that writes while it waits, because both need the interpreter's lock.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
QUIET_TURNS, SECONDS_MAX, COUNT_MAX = (
    3,
    0.01,
    256,
)  # a request takes up to three turns from its bytes to its change


class Gathering(Generic[T]):
    """Of any number of loops, each for itself; `hand_over` is called in the loop's thread."""

    def __init__(self, hand_over: Callable[[Sequence[T]], None]) -> None:
        self._hand_over = hand_over
        self._heaps: dict[asyncio.AbstractEventLoop, _Heap[T]] = {}

    def add(self, one: T) -> None:
        """To be called by what runs in a loop."""
        loop = asyncio.get_running_loop()
        heap = self._heaps.get(loop)
        if heap is None:
            heap = self._heaps[loop] = _Heap(loop.time() + SECONDS_MAX)
            loop.call_soon(self._look, loop)
        heap.things.append(one)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Once in every turn."""
        if self._heaps[loop].is_complete(loop.time()):
            self._hand_over(self._heaps.pop(loop).things)
        else:
            loop.call_soon(self._look, loop)


class _Heap(Generic[T]):
    def __init__(self, until: float) -> None:
        self.things: list[T] = []
        self._until = until
        self._seen = 0
        self._quiet_turns = 0

    def is_complete(self, now: float) -> bool:
        self._quiet_turns = self._quiet_turns + 1 if len(self.things) == self._seen else 0
        self._seen = len(self.things)
        return self._quiet_turns == QUIET_TURNS or self._seen >= COUNT_MAX or now >= self._until
