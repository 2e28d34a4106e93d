"""Hostile cases are many: in a plain run each route meets some of them, and some route meets each."""

import os
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

from gnomon.web.route_row import RouteRow

TURNS = 5
DEEP_EXAMPLES = 10_000
K = TypeVar("K")
T = TypeVar("T")


def is_deep() -> bool:
    return os.environ.get("GNOMON_TEST_PROFILE") == "deep"


def examples(plain: int) -> int:
    """Of a property, where the profile's number would take too long in a plain run."""
    return DEEP_EXAMPLES if is_deep() else plain


def in_turn(cases: Sequence[T], turn: int, turns: int) -> Sequence[T]:
    """Every so many of them, beginning with that turn's; all of them in `make test-deep`."""
    return cases if is_deep() else cases[turn % turns :: turns]


def share_of(row: RouteRow, cases: dict[K, T], also: str = "") -> dict[K, T]:
    """A fifth of the cases, another one for another route; all of them in `make test-deep`."""
    if is_deep():
        return cases
    turn = crc32(f"{row.method} {row.path} {also}".encode())
    return {
        name: case
        for place, (name, case) in enumerate(cases.items())
        if (place + turn) % TURNS == 0
    }
