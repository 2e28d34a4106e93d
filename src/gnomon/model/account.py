"""Who uses the house, and the workspaces they are members of."""

from dataclasses import dataclass
from enum import StrEnum

from gnomon.units.durations import Rounding, RoundingMode

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

    @property
    def rank(self) -> int:
        """The better, the higher."""
        return list(Plan).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's profile. `email` None: imported without one, cannot sign in.

    `rounding` is what the person prefers when rounding is asked for, `rounds_reports` whether it always is (D5.2).
    `first_weekday`: 0 is Sunday, 1 Monday, as the vendor counts. `preferences`: JSON of how the person likes to see
    things, kept as it was given.
    """

    user_id: int
    name: str
    email: str | None
    timezone: str = "UTC"
    rounds_reports: bool = False
    rounding: Rounding = Rounding()
    first_weekday: int = MONDAY
    preferences: str = "{}"
    default_workspace_id: int | None = None
    country_id: int | None = None
    created_at: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """What workspaces belong to; `owner_id` is who founded it."""

    organization_id: int
    name: str
    owner_id: int | None = None
    created_at: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """`rounding_minutes` is what is meant where only a direction is asked for (D5.2); the rest are the vendor's switches."""

    workspace_id: int
    organization_id: int
    name: str
    default_currency: str
    plan: Plan = Plan.ENTERPRISE
    rounding_minutes: int = 0
    rounding_mode: RoundingMode = RoundingMode.NEAREST
    only_admins_see_billable_rates: bool = True
    only_admins_see_team_dashboard: bool = False
    only_admins_may_create_projects: bool = False
    only_admins_may_create_tags: bool = False
    projects_billable_by_default: bool = True
    projects_private_by_default: bool = True
    projects_enforce_billable: bool = False
    reports_collapse: bool = True
    created_at: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`workspace_user_id` is the membership's own number, given by the record."""

    workspace_id: int
    user_id: int
    role: Role
    is_active: bool = True
    workspace_user_id: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody is asked to join a workspace; who has the link, whose digest is kept, may do so until `expires_at`."""

    workspace_id: int
    invitation_id: int
    email: str
    role: Role
    code_digest: bytes
    sender_id: int
    created_at: int
    expires_at: int
    user_group_ids: tuple[int, ...] = ()
