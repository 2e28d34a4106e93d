"""Many things at once: each by itself, so that what fails for one leaves the others (track-api-v9.md, rule 14)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gnomon.errors import GnomonError
from gnomon.tracking.actor import Actor


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one of many could not be changed."""

    thing_id: int
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of many: partly done is done."""

    success: tuple[int, ...]
    failure: tuple[Failure, ...]


def merged(patches: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """As one change; of two that speak of the same the later holds."""
    whole: dict[str, Any] = {}
    for given in patches:
        whole.update(given)
    return whole


def each(actor: Actor, ids: Iterable[int], change: Callable[[int], object]) -> Outcome:
    """All of a `change` holds or nothing of it."""
    success: list[int] = []
    failure: list[Failure] = []
    for thing_id in ids:
        try:
            with actor.connection.begin_nested():
                change(thing_id)
        except GnomonError as error:
            failure.append(Failure(thing_id, str(error)))
        else:
            success.append(thing_id)
    return Outcome(tuple(success), tuple(failure))
