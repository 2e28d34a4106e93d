"""Rates, currencies and amounts in whole numbers (D6)."""

from datetime import date

from tests.worlds.world import Entry, Rate, World

LEVELS = ("task", "project_user", "project", "workspace_user", "workspace")


def hours_e6(seconds: int) -> int:
    """Hours to six decimals, half up (D6.1)."""
    return (seconds * 1_000_000 + 1_800) // 3_600


def microcents(seconds: int, hourly_rate_cents: int) -> int:
    return hours_e6(seconds) * hourly_rate_cents


def cents(amount_microcents: int) -> int:
    """Half a cent goes up; of a sum, only once at its end (D6.2)."""
    return (amount_microcents + 500_000) // 1_000_000


def hourly_rate_cents(world: World, entry: Entry, day: date) -> int:
    """The rate of the most specific level that has one on that day (D6.3)."""
    for level in LEVELS:
        rates = [rate for rate in world.rates if rate.level == level and fits(rate, entry)]
        begun = [rate for rate in rates if start_day(rate) <= day]
        if begun:
            return max(begun, key=start_day).cents
    return 0


def start_day(rate: Rate) -> date:
    return rate.start_day or date.min


def fits(rate: Rate, entry: Entry) -> bool:
    """Whether the rate is of this entry's task, project and user, as far as its level asks."""
    return (
        (rate.level != "task" or rate.task_id == entry.task_id)
        and (rate.level not in ("project_user", "project") or rate.project_id == entry.project_id)
        and (rate.level not in ("project_user", "workspace_user") or rate.user_id == entry.user_id)
    )


def currency(world: World, entry: Entry) -> str:
    """The project's, else the workspace's (D6.5)."""
    for project in world.projects:
        if project.project_id == entry.project_id and project.currency is not None:
            return project.currency
    return world.currency
