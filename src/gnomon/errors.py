"""Every refusal of the house as a class that makes its own sentence; none of them knows HTTP.

GnomonError
├── BadQuery                the question makes no sense
│   ├── DaysReversed
│   ├── RangeTooLong
│   └── PeriodRefused
├── SignInNeeded            nobody said who asks
├── SignInRefused           the name or the secret is wrong
├── WorkspaceHidden         no such workspace, or not the asker's: the same words for both
├── ProjectHidden           no such project, or not the asker's to see
├── ShareTokenRefused       a share token that opens nothing for the asker
├── ShareTokenSpent         one that did once
├── OwnerGone               the owner of a saved report has left
├── FeatureOff              the workspace's emulated plan lacks it
├── BadData                 a file or a value that cannot be taken
├── FileFailed              a report that could not be made into a file
├── FolderBusy              another process works on the data folder
├── RecordBroken            the record contradicts itself
└── SchemaUnknown           the record was written by a newer program
"""


class GnomonError(Exception):
    """A request that cannot be answered; its text is safe to show."""


class BadQuery(GnomonError):
    """The question makes no sense."""


class DaysReversed(BadQuery):
    """The first day lies after the last (D2.3)."""

    def __init__(self) -> None:
        super().__init__("Start time must be before end time")


class RangeTooLong(BadQuery):
    """The operator's `report_days_max` is exceeded (D2.4)."""

    def __init__(self, days_max: int) -> None:
        super().__init__(f"Maximum allowed date range is {days_max} days")


class PeriodRefused(BadQuery):
    """Days that the saved report cannot be asked for (D8.9, D10.5)."""

    def __init__(self) -> None:
        super().__init__("The report period is not supported")


class SignInNeeded(GnomonError):
    """Nobody said who asks (D9.1)."""

    def __init__(self) -> None:
        super().__init__("Unable to extract authentication data")


class SignInRefused(GnomonError):
    """The name or the secret is wrong; which of the two is not said (D9.1)."""

    def __init__(self) -> None:
        super().__init__("Incorrect username and/or password")


class WorkspaceHidden(GnomonError):
    """No such workspace, or one the asker is not a member of (D9.2)."""

    def __init__(self) -> None:
        super().__init__("Workspace not found/accessible")


class ProjectHidden(GnomonError):
    """No such project in the workspace, or one the asker may not see (D9.3)."""

    def __init__(self) -> None:
        super().__init__("project not found or not accessible")


class ShareTokenRefused(GnomonError):
    """No report has this token, or it is not the asker's to see: the same words for both (D10.3)."""

    def __init__(self) -> None:
        super().__init__("Invalid token")


class ShareTokenSpent(GnomonError):
    """The report was deleted, or the token replaced (D10.3)."""

    def __init__(self) -> None:
        super().__init__("Not found")


class OwnerGone(GnomonError):
    """A saved report is run in the name of its owner, who is no active member any more (D10.3)."""

    def __init__(self) -> None:
        super().__init__("Workspace was not found or the report's owner is no longer active on it")


class FeatureOff(GnomonError):
    """The workspace emulates a plan of the vendor that lacks the feature (D9.5)."""

    def __init__(self) -> None:
        super().__init__("Workspace needs to have this feature enabled")


class BadData(GnomonError):
    """A file or a value that cannot be taken; nothing was changed."""


class FileFailed(GnomonError):
    """A report could not be made into a file; the reason is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__("Internal Server Error")
        self.reason = reason


class FolderBusy(GnomonError):
    """Another process works on the data folder (D11.7)."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"Another gnomon process is using the data folder {folder}. Stop it first."
        )


class RecordBroken(GnomonError):
    """The record contradicts itself; `gnomon check` tells where."""


class SchemaUnknown(GnomonError):
    """The record was written by a newer program."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"This version of Gnomon does not know the record's schema {revision}: a newer version wrote it"
        )
