"""Rounds the seconds of one entry (D5)."""

from collections.abc import Mapping
from typing import Any

from tests.worlds.world import User, World

DOWN, NEAREST, UP = -1, 0, 1


def direction_and_minutes(world: World, viewer: User, asked: Mapping[str, Any]) -> tuple[int, int]:
    """What the body says, completed by the viewer's preference and the workspace (D5.2)."""
    if "rounding_minutes" in asked:
        return asked.get("rounding", NEAREST), asked["rounding_minutes"]
    if "rounding" in asked:
        return asked["rounding"], viewer.report_rounding_minutes or world.rounding_minutes
    if viewer.report_rounding:
        return viewer.report_rounding_direction, viewer.report_rounding_minutes
    return NEAREST, 0


def rounded(seconds: int, direction: int, minutes: int) -> int:
    """Whole steps; nearest takes half a step up (D5.3)."""
    if minutes == 0:
        return seconds
    step = minutes * 60
    if direction == DOWN:
        return seconds // step * step
    if direction == UP:
        return (seconds + step - 1) // step * step
    return (seconds + step // 2) // step * step
