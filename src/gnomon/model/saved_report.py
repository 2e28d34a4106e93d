"""Questions that are kept: saved reports, and the schedules by which they are mailed (D10)."""

from dataclasses import dataclass
from enum import StrEnum


class ReportType(StrEnum):
    SUMMARY = "summary"
    DETAILED = "detailed"
    WEEKLY = "weekly"


FREQUENCIES = (1, 7, 30)  # days: daily, weekly, monthly (reports-api-v3.md, SR26)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """`params` is JSON as it was given. `token_sealed` can be opened by the installation only. Instants are Unix seconds;
    behind `expires_at` a public report is a private one.
    """

    workspace_id: int
    report_id: int
    owner_id: int
    name: str
    params: str
    is_public: bool
    has_fixed_days: bool
    token_sealed: bytes
    created_at: int
    updated_at: int
    updated_by: int
    password_hash: str | None = None
    expires_at: int | None = None
    deleted_at: int | None = None

    def is_open(self, now: int) -> bool:
        """Anybody who has the link may see it, or be asked for its password."""
        return self.is_public and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A saved report that is mailed every so many days, next at `next_at`."""

    workspace_id: int
    schedule_id: int
    report_id: int
    creator_id: int
    frequency_days: int
    user_ids: tuple[int, ...]
    user_group_ids: tuple[int, ...]
    created_at: int
    next_at: int
    deleted_at: int | None = None
