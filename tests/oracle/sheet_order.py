"""The groups and sub groups of a sheet and their order (D8.3)."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.lines import Line, Price
from tests.oracle.sheet_names import Names
from tests.oracle.summary import Asked, null_first


@dataclass(frozen=True)
class Part:
    """A group or sub group; `price` only where rates are distinguished."""

    value: Any
    names: Names
    price: Price | None
    lines: list[Line]

    @property
    def title(self) -> str:
        return next(iter(self.names.values()))

    @property
    def seconds(self) -> int:
        return sum(line.seconds for line in self.lines)


def ordered(parts: list[Part], asked: Asked) -> list[Part]:
    """Sorting is stable, also downwards: equal parts keep the ascending order of the ties."""
    by_ties = sorted(parts, key=tie_place)
    is_descending = asked["order_dir"] == "DESC"
    if asked["order_by"] == "duration":
        return sorted(by_ties, key=lambda part: part.seconds, reverse=is_descending)
    return sorted(by_ties, key=lambda part: part.title, reverse=is_descending)


def tie_place(part: Part) -> tuple[Any, ...]:
    """By name, then id (none first), then currency and rate (non-billable first)."""
    price = part.price
    price_place = (price.currency, price.hourly_rate_cents) if price else ()
    return part.title, null_first(part.value), price_place
