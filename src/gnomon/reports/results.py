"""What reports answer: columns still, because a big answer stays columns until it is bytes."""

from dataclasses import dataclass

import polars as pl

from gnomon.query.queries import SummaryQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryReport:
    """A summary in wire order (D7.5).

    `groups`: code (into `group_things`), seconds.
    `sub_groups`: group_row (into groups), code (into `sub_things`), seconds, local_start (wall-clock seconds); with
        `includes_entry_ids` entry_ids (ascending).
    `lines`: sub_row (into sub_groups), seconds, rate_code? (into rates): what each sub group consists of, not
        billable first, then by currency and rate (D6.6); with `includes_amounts` also microcents (Int128).
    `rates`: currency, cents. A viewer who may not see rates finds no code in any line (D6.7).
    `group_things`, `sub_things`: the dimensions that say what a code is called (columns/dimension.py).
    """

    query: SummaryQuery
    groups: pl.DataFrame
    sub_groups: pl.DataFrame
    lines: pl.DataFrame
    rates: pl.DataFrame
    group_things: pl.DataFrame
    sub_things: pl.DataFrame

    def of_groups(self, column: str) -> pl.Series:
        """What the dimension says in that column, for each group."""
        return self.group_things[column].gather(self.groups["code"])

    def of_sub_groups(self, column: str) -> pl.Series:
        return self.sub_things[column].gather(self.sub_groups["code"])
