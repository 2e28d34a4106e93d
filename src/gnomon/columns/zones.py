"""Instants to wall clocks, by the zone of the user who tracked them (D3.1)."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl

from gnomon.units.dates import SECONDS_PER_DAY, offsets_of_year


def localise(
    facts: pl.DataFrame, users: pl.DataFrame, zone_names: Mapping[int, str]
) -> pl.DataFrame:
    """Add `local_start` and `local_day` from `start` and `user_code`; `zone_names` is by user id."""
    zones = sorted({*zone_names.values(), "UTC"})
    places = {zone: place for place, zone in enumerate(zones)}
    zone_of_code = pl.Series(
        [places[zone_names.get(user_id, "UTC")] for user_id in users["id"].to_list()],
        dtype=pl.UInt16,
    )
    parts = facts.with_columns(zone=zone_of_code.gather(facts["user_code"])).partition_by(
        "zone", as_dict=True, include_key=False
    )
    local = [_with_local_starts(part, zones[int(str(key[0]))]) for key, part in parts.items()]
    if not local:
        return _with_days(facts.with_columns(local_start="start"))
    return _with_days(pl.concat(local, rechunk=True))


def _with_days(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.with_columns(local_day=(pl.col("local_start") // SECONDS_PER_DAY).cast(pl.Int32))


def _with_local_starts(facts: pl.DataFrame, zone_name: str) -> pl.DataFrame:
    instants = facts["start"]
    first, last = instants.min(), instants.max()
    assert isinstance(first, int)
    assert isinstance(last, int)
    years = range(_year(first), _year(last) + 1)
    steps = [step for year in years for step in offsets_of_year(zone_name, year)]
    starts = pl.Series([start for start, _ in steps], dtype=pl.Int64)
    offsets = pl.Series([offset for _, offset in steps], dtype=pl.Int64)
    offset = offsets.gather(starts.search_sorted(instants, side="right") - 1)
    return facts.with_columns(local_start=instants + offset)


def _year(instant: int) -> int:
    return datetime.fromtimestamp(instant, UTC).year
