"""Which rate and which labour cost each entry has, resolved once when the columns are built (D6.3, D6.4)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gnomon.model.rate import LEVEL_KEYS, Rate, RateKind, RateLevel
from gnomon.units.dates import day_number

EVER = -(10**9)  # the start day of a rate without one
KEYS = ("task_id", "project_id", "user_id")
RATE_SCHEMA = {"currency": pl.String(), "cents": pl.Int64(), "rank": pl.UInt32()}


@dataclass(frozen=True, slots=True)
class RateBook:
    """Rates of one kind, by level and keys, each history ascending by start day."""

    histories: Mapping[RateLevel, Mapping[tuple[int, ...], Sequence[tuple[int, int]]]]

    def cents_on(self, keys: Mapping[str, int | None], day: int) -> int:
        """The hourly rate in force: the most specific level that has one on that day, else 0 (D6.3)."""
        for level, by_keys in self.histories.items():
            wanted = tuple(keys[name] for name in LEVEL_KEYS[level])
            history = by_keys.get(wanted) if None not in wanted else None  # type: ignore[call-overload]
            if history is None:
                continue
            position = bisect_right(history, day, key=lambda step: step[0])
            if position:
                return int(history[position - 1][1])
        return 0

    @property
    def start_days(self) -> list[int]:
        """Every day on which some rate starts, ascending: between two of them nothing changes."""
        days = {
            day
            for by_keys in self.histories.values()
            for steps in by_keys.values()
            for day, _ in steps
        }
        return sorted(days - {EVER})

    @property
    def keys_used(self) -> set[str]:
        return {name for level in self.histories for name in LEVEL_KEYS[level]}


def rate_book(rates: Iterable[Rate], kind: RateKind) -> RateBook:
    """Of two rates of the same level, keys and start day the one with the higher id counts."""
    found: dict[RateLevel, dict[tuple[int, ...], dict[int, int]]] = {}
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


def hourly_cents(facts: pl.DataFrame, book: RateBook) -> pl.Series:
    """The rate of every fact, billable or not; needs `local_day` and the keys.

    Rates are looked up once per distinct (keys in use, span between start days), not per entry.
    """
    if not book.histories or facts.is_empty():
        return pl.zeros(facts.height, dtype=pl.Int64(), eager=True)
    starts = pl.Series(book.start_days, dtype=pl.Int32)
    spans = (
        starts.search_sorted(facts["local_day"], side="right")
        if len(starts)
        else pl.lit(0, dtype=pl.UInt32)
    )
    used = [name for name in KEYS if name in book.keys_used]
    keyed = facts.select(*used, span=spans)
    cases = keyed.unique()
    cents = [_cents_of_case(book, case) for case in cases.iter_rows(named=True)]
    priced = cases.with_columns(cents=pl.Series(cents, dtype=pl.Int64))
    return keyed.join(
        priced, on=[*used, "span"], how="left", nulls_equal=True, maintain_order="left"
    )["cents"]


def _cents_of_case(book: RateBook, case: dict[str, int | None]) -> int:
    span = case["span"]
    assert span is not None
    day = book.start_days[span - 1] if span else EVER
    return book.cents_on({name: case.get(name) for name in KEYS}, day)


def no_rates() -> pl.DataFrame:
    return pl.DataFrame(schema=RATE_SCHEMA)


def no_costs() -> pl.DataFrame:
    return pl.DataFrame(schema={"cents": pl.Int64()})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """What prices depend on. `currencies` holds the projects that have one of their own (D6.5)."""

    rates: Sequence[Rate]
    currencies: Mapping[int, str]
    default_currency: str


@dataclass(frozen=True, slots=True)
class Priced:
    """Facts with `rate_code` and `cost_code`, and the dimensions these point into."""

    facts: pl.DataFrame
    rates: pl.DataFrame
    costs: pl.DataFrame


def price(
    facts: pl.DataFrame, prices: PriceList, rates: pl.DataFrame, costs: pl.DataFrame
) -> Priced:
    """Give every fact its codes; the dimensions grow where they must, and old codes stay."""
    priced = facts.with_columns(
        cents=hourly_cents(facts, rate_book(prices.rates, RateKind.BILLABLE)),
        currency=_currency(prices),
        cost=hourly_cents(facts, rate_book(prices.rates, RateKind.LABOUR_COST)),
    )
    rates = _ranked(
        _extended(rates.select("currency", "cents"), priced.select("currency", "cents"))
    )
    costs = _extended(costs, priced.select(cents="cost"))
    coded = priced.join(
        rates.drop("rank").with_row_index("rate_code"),
        on=["currency", "cents"],
        how="left",
        maintain_order="left",
    ).join(
        costs.rename({"cents": "cost"}).with_row_index("cost_code"),
        on="cost",
        how="left",
        maintain_order="left",
    )
    billed = coded.with_columns(rate_code=pl.when("is_billable").then("rate_code"))
    return Priced(billed.drop("cents", "currency", "cost"), rates, costs)


def _currency(prices: PriceList) -> pl.Expr:
    own = {
        project: code
        for project, code in prices.currencies.items()
        if code != prices.default_currency
    }
    if not own:
        return pl.lit(prices.default_currency)
    return pl.col("project_id").replace_strict(
        own, default=prices.default_currency, return_dtype=pl.String
    )


def _extended(known: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([known, met.unique()]).unique(maintain_order=True)


def _ranked(pairs: pl.DataFrame) -> pl.DataFrame:
    order = pairs.with_row_index("code").sort("currency", "cents").with_row_index("rank")
    return pairs.with_columns(rank=order.sort("code")["rank"])
