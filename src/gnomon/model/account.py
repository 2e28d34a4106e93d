"""Who uses the house, and the workspaces they are members of."""

from dataclasses import dataclass
from enum import StrEnum

from gnomon.units.durations import Rounding

MONDAY = 1


class Role(StrEnum):
    """What a member of a workspace may see and change (D9.3)."""

    ADMIN = "admin"
    MEMBER = "member"


class Plan(StrEnum):
    """The vendor's plan that a workspace emulates; enterprise has everything and is the default (D9.5)."""

    FREE = "free"
    STARTER = "starter"
    PREMIUM = "premium"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's profile. `email` None: imported without one, cannot sign in.

    `rounding` is what the person prefers when rounding is asked for, `rounds_reports` whether it always is (D5.2).
    `first_weekday`: 0 is Sunday, 1 Monday, as the vendor counts.
    """

    user_id: int
    name: str
    email: str | None
    timezone: str = "UTC"
    rounds_reports: bool = False
    rounding: Rounding = Rounding()
    first_weekday: int = MONDAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    workspace_id: int
    organization_id: int
    name: str
    default_currency: str
    plan: Plan = Plan.ENTERPRISE
    rounding_minutes: int = 0
    only_admins_see_billable_rates: bool = True
    only_admins_see_team_dashboard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    workspace_id: int
    user_id: int
    role: Role
    is_active: bool = True
