"""The vendor's hourly quota, emulated for who tests a client against it (track-api-v9.md, rule 22); off by default."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from gnomon.model.account import Plan

WINDOW_SECONDS = 3_600
LIMITS = {Plan.FREE: 30, Plan.STARTER: 240, Plan.PREMIUM: 600, Plan.ENTERPRISE: 600}
LIMIT_OF_NONE = 30  # calls that belong to no organization
WINDOWS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Remaining:
    """How many calls are left; `is_spent`: this one was too many."""

    organization_id: int | None
    remaining: int
    resets_in_seconds: int
    total: int
    is_spent: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-Toggl-Quota-Remaining": str(self.remaining),
            "X-Toggl-Quota-Resets-In": str(self.resets_in_seconds),
            "X-Toggl-Quota-Total": str(self.total),
        }


class Quota:
    """Counts by user and organization; a window opens with the first call and lasts an hour."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._windows: dict[tuple[int, int | None], tuple[float, int]] = {}
        self._guard = Lock()

    def count(self, user_id: int, organization_id: int | None, plan: Plan | None) -> Remaining:
        """One more call; what is too much is not counted."""
        total = LIMIT_OF_NONE if plan is None else LIMITS[plan]
        now = self._now()
        with self._guard:
            began, used = self._window(user_id, organization_id, now)
            is_spent = used >= total
            if not is_spent:
                used += 1
                self._windows[user_id, organization_id] = (began, used)
            if len(self._windows) > WINDOWS_MAX:
                self._drop_old(now)
        return Remaining(organization_id, max(0, total - used), _left(began, now), total, is_spent)

    def left(self, user_id: int, organization_id: int | None, plan: Plan | None) -> Remaining:
        """The same without counting."""
        total = LIMIT_OF_NONE if plan is None else LIMITS[plan]
        now = self._now()
        with self._guard:
            began, used = self._window(user_id, organization_id, now)
        return Remaining(organization_id, max(0, total - used), _left(began, now), total)

    def _window(self, user_id: int, organization_id: int | None, now: float) -> tuple[float, int]:
        began, used = self._windows.get((user_id, organization_id), (now, 0))
        return (now, 0) if now >= began + WINDOW_SECONDS else (began, used)

    def _drop_old(self, now: float) -> None:
        self._windows = {
            key: window for key, window in self._windows.items() if now < window[0] + WINDOW_SECONDS
        }


def _left(began: float, now: float) -> int:
    return max(0, -int(-(began + WINDOW_SECONDS - now) // 1))
