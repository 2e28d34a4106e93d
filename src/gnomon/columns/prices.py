"""Which rate and which labour cost each entry has, found out once when the columns are built (D6.3, D6.4)."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from gnomon.columns.dimension import FEW, with_ranks
from gnomon.columns.rate_book import EVER, PriceList, RateBook

RATE_SCHEMA = {"currency": pl.String(), "cents": pl.Int64()}
COST_SCHEMA = {"cents": pl.Int64()}

CODES = {"task_id": "task_code", "project_id": "project_code", "user_id": "user_code"}

Case = Mapping[str, int]  # codes of things by column, and the period


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """The dimensions that rates hang on, by the name of the id they hold."""

    tasks: pl.DataFrame
    projects: pl.DataFrame
    users: pl.DataFrame

    def ids(self, name: str) -> pl.Series:
        return {"task_id": self.tasks, "project_id": self.projects, "user_id": self.users}[name][
            "id"
        ]


def no_rates() -> pl.DataFrame:
    return _ranked([])


def no_costs() -> pl.DataFrame:
    return pl.DataFrame(schema=COST_SCHEMA)


@dataclass(frozen=True, slots=True)
class Priced:
    """Facts with `rate_code` and `cost_code`, and the dimensions these point into."""

    facts: pl.DataFrame
    rates: pl.DataFrame
    costs: pl.DataFrame


def price(
    facts: pl.DataFrame, prices: PriceList, things: Things, known: Priced | None = None
) -> Priced:
    """Give every fact its codes; the dimensions of `known` grow where they must, and their codes stay."""
    rates = no_rates() if known is None else known.rates
    costs = no_costs() if known is None else known.costs
    pairs, rate_codes = _rate_codes(facts, prices.billable, things, rates)
    amounts, cost_codes = _cost_codes(facts, prices.labour, things, costs)
    priced = facts.with_columns(
        rate_code=pl.when("is_billable").then(rate_codes), cost_code=cost_codes
    )
    return Priced(priced, pairs, amounts)


def _rate_codes(
    facts: pl.DataFrame, book: RateBook, things: Things, rates: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    """The rates grown by the pairs (currency, cents) that were met, and the code of each fact's pair."""
    currencies = things.projects["currency"]
    uses = book.keys_used | ({"project_id"} if currencies.n_unique() > 1 else set())
    pairs = zip(rates["currency"], rates["cents"], strict=True)
    codes = {pair: code for code, pair in enumerate(pairs)}

    def code_of(case: Case) -> int:
        pair = (currencies[case.get("project_code", 0)], _cents_of_case(book, case, things))
        return codes.setdefault(pair, len(codes))

    found = _codes_by_case(facts, uses, book.start_days, code_of)
    return rates if len(codes) == rates.height else _ranked(codes), found


def _cost_codes(
    facts: pl.DataFrame, book: RateBook, things: Things, costs: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    codes = {amount: code for code, amount in enumerate(costs["cents"])}

    def code_of(case: Case) -> int:
        return codes.setdefault(_cents_of_case(book, case, things), len(codes))

    found = _codes_by_case(facts, book.keys_used, book.start_days, code_of)
    grown = (
        costs if len(codes) == costs.height else pl.DataFrame({"cents": list(codes)}, COST_SCHEMA)
    )
    return grown, found


def _codes_by_case(
    facts: pl.DataFrame, keys: set[str], start_days: list[int], code_of: Callable[[Case], int]
) -> pl.Series:
    """A code for each fact.

    It is looked up once per case, not per entry: the things that rates hang on, and the period between start days.
    """
    uses = [CODES[name] for name in sorted(keys)]
    if facts.height <= FEW:
        periods = [bisect_right(start_days, day) for day in facts["local_day"]]
        rows = zip(periods, *(facts[name] for name in uses), strict=True)
        cases = [dict(zip(("period", *uses), row, strict=True)) for row in rows]
        return pl.Series([code_of(case) for case in cases], dtype=pl.UInt32)
    starts = pl.Series(start_days, dtype=pl.Int32)
    period = starts.search_sorted(facts["local_day"], side="right")
    keyed = facts.select(*uses, period=period)
    distinct = keyed.unique()
    codes = pl.Series(map(code_of, distinct.iter_rows(named=True)), dtype=pl.UInt32)
    coded = distinct.with_columns(code=codes)
    return keyed.join(coded, on=keyed.columns, how="left", maintain_order="left")["code"]


def _cents_of_case(book: RateBook, case: Case, things: Things) -> int:
    period = case["period"]
    day = book.start_days[period - 1] if period else EVER
    keys = {
        name: things.ids(name)[case[code]] if code in case else None for name, code in CODES.items()
    }
    return book.cents_on(keys, day)


def _ranked(codes: Iterable[tuple[str, int]]) -> pl.DataFrame:
    pairs = pl.DataFrame(list(codes), schema=RATE_SCHEMA, orient="row")
    order = pairs.with_row_index("code").sort("currency", "cents").with_row_index("rank")
    return with_ranks(pairs, order.sort("code")["rank"])
