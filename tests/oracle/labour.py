"""What the tracked time costs the workspace (D6.4)."""

from tests.oracle.lines import Line
from tests.oracle.money import cents, fits, microcents, start_day
from tests.worlds.world import Rate, User, World

COST_LEVELS = ("project_user", "workspace_user")


def cost_rates(world: World) -> tuple[Rate, ...]:
    return world.costs


def labour_cost_cents(world: World, viewer: User, lines: list[Line]) -> int | None:
    """All seconds count, billable or not; admins only, whatever the workspace shows (D9.3, D9.5)."""
    if viewer.role != "admin" or world.plan == "free":
        return None
    return cents(sum(microcents(line.seconds, hourly_cost_cents(world, line)) for line in lines))


def hourly_cost_cents(world: World, line: Line) -> int:
    """The cost of the most specific level that has one on the local day."""
    day = line.local_start.date()
    for level in COST_LEVELS:
        costs = [one for one in cost_rates(world) if one.level == level and fits(one, line.entry)]
        begun = [one for one in costs if start_day(one) <= day]
        if begun:
            return max(begun, key=start_day).cents
    return 0
