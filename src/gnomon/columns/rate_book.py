"""Which hourly rates and labour costs a workspace has, put in order to be asked for a day (D6.3, D6.4)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gnomon.model.rate import LEVEL_KEYS, Rate, RateKind, RateLevel
from gnomon.units.dates import day_number

EVER = -(10**9)  # the start day of a rate without one


@dataclass(frozen=True)
class RateBook:
    """Rates of one kind, by level and keys, each history ascending by start day."""

    histories: Mapping[RateLevel, Mapping[tuple[int, ...], Sequence[tuple[int, int | None]]]]

    def cents_on(self, keys: Mapping[str, int | None], day: int) -> int:
        """The hourly rate in force: the most specific level that has one on that day, else 0 (D6.3)."""
        for level, by_keys in self.histories.items():
            wanted = [keys[name] for name in LEVEL_KEYS[level]]
            history = by_keys.get(tuple(key for key in wanted if key is not None))
            if history is None or None in wanted:
                continue
            position = bisect_right(history, day, key=lambda step: step[0])
            cents = history[position - 1][1] if position else None
            if cents is not None:
                return cents
        return 0

    @cached_property
    def start_days(self) -> list[int]:
        """Every day on which some rate starts, ascending: between two of them nothing changes."""
        days = {
            day
            for by_keys in self.histories.values()
            for steps in by_keys.values()
            for day, _ in steps
        }
        return sorted(days - {EVER})

    @cached_property
    def keys_used(self) -> set[str]:
        """The names of the ids that its rates hang on."""
        return {name for level in self.histories for name in LEVEL_KEYS[level]}


def rate_book(rates: Iterable[Rate], kind: RateKind) -> RateBook:
    """Of two rates of the same level, keys and start day the one with the higher id counts."""
    found: dict[RateLevel, dict[tuple[int, ...], dict[int, int | None]]] = {}
    for rate in sorted(
        (rate for rate in rates if rate.kind is kind), key=lambda rate: rate.rate_id
    ):
        keys = tuple(getattr(rate, name) for name in LEVEL_KEYS[rate.level])
        start = EVER if rate.start_day is None else day_number(rate.start_day)
        found.setdefault(rate.level, {}).setdefault(keys, {})[start] = rate.hourly_rate_cents
    return RateBook(
        {
            level: {keys: sorted(steps.items()) for keys, steps in found[level].items()}
            for level in RateLevel
            if level in found
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """What prices depend on; `currencies` holds the projects that have one of their own (D6.5)."""

    billable: RateBook
    labour: RateBook
    currencies: Mapping[int, str]
    default_currency: str
