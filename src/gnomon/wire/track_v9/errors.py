"""What the Track API refuses, in its own words (reports-api-v3.md, 10.2)."""

from gnomon.errors import BadQuery, FeatureOff, SignInNeeded, WorkspaceHidden
from gnomon.errors import GnomonError as Refusal
from gnomon.tracking.refusals import Absent, Forbidden, NotOffered, Unchanged


class TrackSignInNeeded(SignInNeeded):
    """Answered with an empty body and `X-Authorization-Missing: true` (D9.1)."""


class InvalidInput(BadQuery):
    """A body that cannot be read at all; families of endpoints have different words for it."""


class QuotaSpent(Refusal):
    """The emulated quota of the hour (track-api-v9.md, rule 22)."""

    def __init__(self, resets_in_seconds: int) -> None:
        super().__init__(
            "You have hit your hourly limit for API calls."
            f" The quota will reset in {resets_in_seconds} seconds."
        )
        self.resets_in_seconds = resets_in_seconds


class TooManyFailures(Refusal):
    """Somebody tries passwords."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("Too many failed sign-ins")
        self.retry_after_seconds = retry_after_seconds


class SavedReportsHidden(WorkspaceHidden):
    """No such workspace, or not the asker's: here the words end with a full stop, and it is a 404."""

    def __init__(self) -> None:
        Refusal.__init__(self, "Workspace not found/accessible.")


class SchedulesHidden(WorkspaceHidden):
    """The same for scheduled reports, without a full stop."""


class SavedReportsOff(FeatureOff):
    def __init__(self) -> None:
        Refusal.__init__(self, "Available only for premium workspaces.")


class SchedulesOff(FeatureOff):
    def __init__(self) -> None:
        Refusal.__init__(self, "Workspace needs to have the scheduled_reports feature enabled.")


class Blank(BadQuery):
    def __init__(self, key: str) -> None:
        super().__init__(f"saved report {key} can't be blank")


class NoReportType(BadQuery):
    """Making and changing have different words for it."""

    def __init__(self, *, is_new: bool) -> None:
        super().__init__(f"parameter report_type {'is ' if is_new else ''}invalid or blank")


class OneOfManyFailed(BadQuery):
    def __init__(self, report_id: int, reason: str) -> None:
        super().__init__(f"Report ID {report_id} failed with: {reason}")


class BadJsonStop(BadQuery):
    """Only `bulk_delete` ends it with a full stop."""

    def __init__(self) -> None:
        super().__init__("JSON is not valid.")


class InvalidParameter(BadQuery):
    """Of the query string of a list."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Invalid parameter {name}.")


class PublicNeedsAdmin(Refusal):
    def __init__(self) -> None:
        super().__init__("Public reports can be saved only by admins.")


class ReportHidden(Refusal):
    """No such report, or not the asker's; `told` is the id, or nothing for what is no id."""

    def __init__(self, told: int | str) -> None:
        super().__init__(f"Report ID {told} not found/accessible.")


class SomeReportsHidden(Refusal):
    def __init__(self, found_count: int, asked_count: int) -> None:
        super().__init__(
            f"Some IDs were not found: Only {found_count} Saved Reports found"
            f" for {asked_count} given IDs."
        )


class ScheduleHidden(Refusal):
    def __init__(self) -> None:
        super().__init__("Scheduled report not found.")


class ScheduleNotYours(Refusal):
    def __init__(self) -> None:
        super().__init__("Can't remove the schedule.")


STATUS_OF: dict[type[Refusal], int] = {
    SavedReportsHidden: 404,
    SchedulesHidden: 404,
    PublicNeedsAdmin: 403,
    ReportHidden: 404,
    SomeReportsHidden: 404,
    ScheduleHidden: 404,
    ScheduleNotYours: 403,
    QuotaSpent: 402,
    TooManyFailures: 429,
    Forbidden: 403,
    Absent: 404,
    Unchanged: 409,
    NotOffered: 402,
}
