"""Instants to wall clocks, by the zone of the user who tracked them (D3.1)."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.units.dates import SECONDS_PER_DAY, offsets_of_year

Instants = NDArray[np.int64]


def localise(
    facts: pl.DataFrame, users: pl.DataFrame, zone_names: Mapping[int, str]
) -> pl.DataFrame:
    """Add `local_start` and `local_day` from `start` and `user_code`; `zone_names` is by user id."""
    local = wall_clocks(facts["start"], facts["user_code"], users, zone_names)
    days = (local.to_numpy() // SECONDS_PER_DAY).astype(np.int32)
    return facts.with_columns(local_start=local, local_day=pl.Series(days))


def wall_clocks(
    instants: pl.Series, user_codes: pl.Series, users: pl.DataFrame, zone_names: Mapping[int, str]
) -> pl.Series:
    """What the clock on the user's wall showed at each instant, in seconds of that clock."""
    names = [zone_names.get(user_id, "UTC") for user_id in users["id"].to_list()]
    zones = sorted(set(names))
    places = {zone: place for place, zone in enumerate(zones)}
    zone_of_code = np.array([places[name] for name in names])
    numbers = zone_of_code[user_codes.to_numpy()]
    moments = instants.to_numpy()
    local = moments.copy()
    for number, zone in enumerate(zones):
        rows = np.flatnonzero(numbers == number)
        if len(rows):
            local[rows] += _offsets(moments[rows], zone)
    return pl.Series(local, dtype=pl.Int64)


def _offsets(instants: Instants, zone_name: str) -> Instants:
    """How far the wall clock is ahead of UTC at each instant."""
    years = range(_year(instants.min()), _year(instants.max()) + 1)
    steps = np.array([step for year in years for step in offsets_of_year(zone_name, year)])
    offsets: Instants = steps[np.searchsorted(steps[:, 0], instants, side="right") - 1, 1]
    return offsets


def _year(instant: int) -> int:
    return datetime.fromtimestamp(int(instant), UTC).year
