"""Instants to wall clocks, by the zone of the user who tracked them (D3.1)."""

from collections.abc import Mapping
from datetime import UTC, datetime

import polars as pl

from gnomon.units.dates import SECONDS_PER_DAY, offsets_of_year


def localise(facts: pl.DataFrame, zone_names: Mapping[int, str]) -> pl.DataFrame:
    """Add `local_start` and `local_day` from `start` and `user_id`; `zone_names` is by user id."""
    if facts.is_empty():
        return facts.with_columns(
            local_start=pl.lit(None, dtype=pl.Int64),
            local_day=pl.lit(None, dtype=pl.Int32),
        )
    zones = sorted(set(zone_names.values()))
    if len(zones) == 1:
        local = _local_starts(facts["start"], zones[0])
        return _with_days(facts.with_columns(local_start=local))
    zone_codes = {user_id: zones.index(name) for user_id, name in zone_names.items()}
    coded = facts.with_columns(
        zone_code=pl.col("user_id").replace_strict(zone_codes, return_dtype=pl.UInt16)
    )
    parts = coded.partition_by("zone_code", as_dict=True, include_key=False)
    return _with_days(
        pl.concat(
            part.with_columns(local_start=_local_starts(part["start"], zones[int(str(key[0]))]))
            for key, part in parts.items()
        )
    )


def _with_days(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.with_columns(local_day=(pl.col("local_start") // SECONDS_PER_DAY).cast(pl.Int32))


def _local_starts(instants: pl.Series, zone_name: str) -> pl.Series:
    first, last = instants.min(), instants.max()
    assert isinstance(first, int) and isinstance(last, int)
    steps = [
        step
        for year in range(_year(first), _year(last) + 1)
        for step in offsets_of_year(zone_name, year)
    ]
    starts = pl.Series([start for start, _ in steps], dtype=pl.Int64)
    offsets = pl.Series([offset for _, offset in steps], dtype=pl.Int64)
    return instants + offsets.gather(starts.search_sorted(instants, side="right") - 1)


def _year(instant: int) -> int:
    return datetime.fromtimestamp(instant, UTC).year
