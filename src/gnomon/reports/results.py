"""What reports answer: columns still, because a big answer stays columns until it is bytes."""

from dataclasses import dataclass

import polars as pl

from gnomon.query.queries import SummaryQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryReport:
    """A summary in wire order (D7.5).

    `groups`: id?, seconds, name?, name_json?; project groups also color?; tag groups instead of the name
        tag_ids, ids_json, names, names_json.
    `sub_groups`: group_row (UInt32, into groups), id?, title, title_json, seconds, local_start (wall-clock seconds);
        where they are projects also color?; with `includes_entry_ids` entry_ids (ascending).
    `lines`: sub_row (UInt32, into sub_groups), seconds, rate_code? (into rates): what each sub group consists of, not
        billable first, then by currency and rate (D6.6); with `includes_amounts` also microcents (Int128).
    `rates`: currency, cents. A viewer who may not see rates finds no code in any line (D6.7).
    """

    query: SummaryQuery
    groups: pl.DataFrame
    sub_groups: pl.DataFrame
    lines: pl.DataFrame
    rates: pl.DataFrame
