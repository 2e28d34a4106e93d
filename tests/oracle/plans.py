"""What the emulated plans of the vendor do not sell (D9.5)."""

from collections.abc import Mapping
from typing import Any

from tests.oracle.rounding import direction_and_minutes
from tests.worlds.world import User, World

DURATIONS = ("min_duration_seconds", "max_duration_seconds")
ROUNDINGS = ("rounding", "rounding_minutes")


def is_sold(world: World, viewer: User, asked: Mapping[str, Any]) -> bool:
    """Free has no billable filter and no rounding, free and starter have no duration bounds."""
    if world.plan == "free" and ("billable" in asked or asks_to_round(world, viewer, asked)):
        return False
    has_durations = any(key in asked for key in DURATIONS)
    return not (has_durations and world.plan in ("free", "starter"))


def asks_to_round(world: World, viewer: User, asked: Mapping[str, Any]) -> bool:
    """A step of no minutes rounds nothing, and a preference that was not asked for is no wish."""
    _, minutes = direction_and_minutes(world, viewer, asked)
    return minutes > 0 and any(key in asked for key in ROUNDINGS)
