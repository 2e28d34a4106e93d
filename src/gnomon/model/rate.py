"""The price of an hour, for the client (billable) and for us (labour cost)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gnomon.errors import BadData
from gnomon.units.money import RATE_CENTS_MAX


class RateKind(StrEnum):
    BILLABLE = "billable"
    LABOUR_COST = "labour_cost"


class RateLevel(StrEnum):
    """What a rate hangs on, most specific first (D6.3)."""

    TASK = "task"
    PROJECT_USER = "project_user"
    PROJECT = "project"
    WORKSPACE_USER = "workspace_user"
    WORKSPACE = "workspace"


LEVEL_KEYS: dict[RateLevel, tuple[str, ...]] = {
    RateLevel.TASK: ("task_id",),
    RateLevel.PROJECT_USER: ("project_id", "user_id"),
    RateLevel.PROJECT: ("project_id",),
    RateLevel.WORKSPACE_USER: ("user_id",),
    RateLevel.WORKSPACE: (),
}
COST_LEVELS = (RateLevel.PROJECT_USER, RateLevel.WORKSPACE_USER)  # D6.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Valid from `start_day` (None: ever) until the next of the same level and keys starts (D6.3).

    `hourly_rate_cents` None: from here on there is none of this level, as if there had never been one.
    """

    rate_id: int
    kind: RateKind
    level: RateLevel
    hourly_rate_cents: int | None
    task_id: int | None = None
    project_id: int | None = None
    user_id: int | None = None
    start_day: date | None = None
    creator_id: int | None = None
    created_at: int = 0

    def __post_init__(self) -> None:
        if not 0 <= (self.hourly_rate_cents or 0) <= RATE_CENTS_MAX:
            raise BadData("An hourly rate lies between 0 and 1,000,000.00.")
        given = {
            key for key in ("task_id", "project_id", "user_id") if getattr(self, key) is not None
        }
        if given != set(LEVEL_KEYS[self.level]):
            raise BadData(f"A {self.level} rate needs {LEVEL_KEYS[self.level]}.")
        if self.kind is RateKind.LABOUR_COST and self.level not in COST_LEVELS:
            raise BadData("A labour cost hangs on a user or on a user of a project.")
