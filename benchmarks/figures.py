"""Figures, their targets, and the one way in which everything here is timed."""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

HEAD = "| question | entries | figure | value | target | |\n|---|--:|---|--:|--:|---|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the results; figures without a target are there to be compared with."""

    question: str
    entry_count: int
    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def target(self) -> str:
        if self.at_most is not None:
            return f"≤ {_number(self.at_most)}"
        return "" if self.at_least is None else f"≥ {_number(self.at_least)}"

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        low = self.at_least is None or self.value >= self.at_least
        high = self.at_most is None or self.value <= self.at_most
        return "met" if low and high else "MISSED"

    @property
    def line(self) -> str:
        cells = (
            self.question,
            f"{self.entry_count:,}",
            self.name,
            _number(self.value),
            self.target,
            self.verdict,
        )
        return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def figure_table(figures: Iterable[Figure]) -> str:
    return "\n".join([HEAD, *(figure.line for figure in figures)])


def interleaved(rounds: int, actions: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median milliseconds of each action, run A, B, A, B ... after a round that does not count.

    The machine's moods then fall on all of them alike, so that their ratios can be trusted. What an action leaves
    behind is collected before the next one is timed; what was there before is frozen, because going over all of it
    would throw everything out of the processor's caches, as no server does between two requests.
    """
    gc.collect()
    gc.freeze()
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            gc.collect()
            started = time.perf_counter()
            action()
            if number:
                seconds[name].append(time.perf_counter() - started)
    return {name: median(taken) * 1_000 for name, taken in seconds.items()}


def rounds_for(entry_count: int) -> int:
    """Small things are over soon and vary most."""
    return 41 if entry_count < 500_000 else 21
