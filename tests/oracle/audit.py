"""Which groups an audit shows (D7.7)."""

from collections.abc import Mapping

from tests.oracle.lines import Line
from tests.oracle.money import cents
from tests.oracle.visibility import sees_project, sees_user
from tests.worlds.world import User, World


def empty_group_ids(world: World, viewer: User, grouping: str) -> list[int]:
    """The active users, projects or clients that get a line even without time."""
    if grouping == "users":
        users = [user for user in world.users if user.is_active]
        return [user.user_id for user in users if sees_user(world, viewer, user)]
    if grouping == "projects":
        projects = [project for project in world.projects if project.is_active]
        return [one.project_id for one in projects if sees_project(world, viewer, one)]
    if grouping == "clients":
        return [client.client_id for client in world.clients if not client.is_archived]
    return []


def passes_group_filter(
    lines: list[Line], bounds: Mapping[str, object], *, amounts_count: bool
) -> bool:
    """The group's rounded seconds and its amount in one currency, bounds included."""
    seconds = sum(line.seconds for line in lines)
    low, high = bounds.get("min_duration_seconds"), bounds.get("max_duration_seconds")
    lasts = is_between(low, seconds, high)
    amount = amount_cents(lines, bounds.get("currency"))
    low, high = bounds.get("min_amount_cents"), bounds.get("max_amount_cents")
    return lasts and (not amounts_count or is_between(low, amount, high))


def amount_cents(lines: list[Line], currency: object) -> int:
    """Amounts of other currencies are no part of it (D6.5); rounded once (D6.2)."""
    priced = [line for line in lines if line.price and line.price.currency == currency]
    return cents(sum(line.microcents for line in priced))


def is_between(low: object, value: int, high: object) -> bool:
    is_low_enough = not isinstance(high, int) or value <= high
    return is_low_enough and (not isinstance(low, int) or low <= value)
