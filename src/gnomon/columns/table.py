"""EntryTable: a star. Facts of whole numbers in months, small dimensions around them (dimension.py).

Facts, one row per stopped, undeleted entry (D3.3):
    entry_id                                                    Int64
    start seconds updated_at                                    Int64    Unix seconds, unrounded duration, Unix seconds
    is_billable                                                 Boolean
    user_code project_code task_code                            UInt32   rows of the dimensions; 0 is none
    description_code tag_set_code client_code                   UInt32
    local_start                                                 Int64    wall-clock seconds (units/dates.py)
    local_day                                                   Int32    days since 1970-01-01 of the wall clock
    rate_code? cost_code                                        UInt32   null rate: not billable (D6.3)

in this order, in which they are found out one after the other (build.py).
"""

from dataclasses import dataclass, fields

import polars as pl

from gnomon.columns.months import Months
from gnomon.columns.surroundings import Surroundings

FACT_SCHEMA: dict[str, pl.DataType] = {
    "entry_id": pl.Int64(),
    "start": pl.Int64(),
    "seconds": pl.Int64(),
    "updated_at": pl.Int64(),
    "is_billable": pl.Boolean(),
    "user_code": pl.UInt32(),
    "project_code": pl.UInt32(),
    "task_code": pl.UInt32(),
    "description_code": pl.UInt32(),
    "tag_set_code": pl.UInt32(),
    "client_code": pl.UInt32(),
    "local_start": pl.Int64(),
    "local_day": pl.Int32(),
    "rate_code": pl.UInt32(),
    "cost_code": pl.UInt32(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """What facts point to, as dimension.py describes them.

    `clients projects tasks users` also have is_active, projects client_id, client_name, color and currency, tasks
    project_name and client_name, users email; `descriptions` folded;
    `tag_sets` tag_ids and names (lists), ids_json and names_json instead of name and name_json.
    `rates`: currency, cents, rank (by currency and cents), by_rank; `costs`: cents; both by code, without a row for none.
    """

    clients: pl.DataFrame
    projects: pl.DataFrame
    tasks: pl.DataFrame
    users: pl.DataFrame
    descriptions: pl.DataFrame
    tag_sets: pl.DataFrame
    rates: pl.DataFrame
    costs: pl.DataFrame

    def frames(self) -> list[pl.DataFrame]:
        return [getattr(self, one.name) for one in fields(self)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTable:
    """All entries of one workspace as of one change; never altered, only replaced."""

    around: Surroundings
    months: Months  # columns as in FACT_SCHEMA
    dimensions: Dimensions

    @property
    def workspace_id(self) -> int:
        return self.around.workspace.workspace_id

    @property
    def change_number(self) -> int:
        return self.around.change_number

    @property
    def entry_count(self) -> int:
        return sum(facts.height for facts in self.months.values())

    def facts(self) -> pl.DataFrame:
        """The facts of all months together, in no particular order."""
        return pl.concat([pl.DataFrame(schema=FACT_SCHEMA), *self.months.values()])

    def byte_count(self) -> int:
        """What the frames take in memory, near enough for a budget."""
        frames = (*self.months.values(), *self.dimensions.frames())
        return sum(int(frame.estimated_size()) for frame in frames)
