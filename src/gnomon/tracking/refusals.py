"""What the rules refuse, in the words of the vendor where he has any (track-api-v9.md, A.3)."""

from gnomon.errors import BadData, GnomonError


class Forbidden(GnomonError):
    """The asker is known, but may not do this."""

    def __init__(self, text: str = "User does not have access to this resource.") -> None:
        super().__init__(text)


class Absent(GnomonError):
    """No such thing, or not the asker's to know of: the same words for both (R1)."""


class Unchanged(GnomonError):
    """The thing is already as asked."""


class NotOffered(GnomonError):
    """The workspace's emulated plan lacks it (D9.5)."""


class BadChange(BadData):
    """What is asked for cannot be; nothing was changed."""


class NameTaken(BadChange):
    def __init__(self) -> None:
        super().__init__("Name has already been taken")


class ProjectUnknown(BadChange):
    """A project that a body names."""

    def __init__(self) -> None:
        super().__init__("Project not found/accessible")


class ProjectAbsent(Absent):
    def __init__(self) -> None:
        super().__init__("Resource can not be found")


class EntryAbsent(Absent):
    def __init__(self) -> None:
        super().__init__("Time entry not found")


class ClientAbsent(Absent):
    def __init__(self, client_id: int) -> None:
        super().__init__(f"No client with ID {client_id} was found")


class ClientUnknown(BadChange):
    """A client that a body names."""

    def __init__(self, client_id: int, workspace_id: int) -> None:
        super().__init__(
            f"Client with the ID {client_id} isn't present in workspace {workspace_id}"
        )


class TaskAbsent(Absent):
    def __init__(self) -> None:
        super().__init__("Task not found/accessible")


class TaskUnknown(BadChange):
    """A task that a body names."""

    def __init__(self) -> None:
        super().__init__("Task not found/accessible")


class UserUnknown(BadChange):
    """A person that a body names."""

    def __init__(self) -> None:
        super().__init__("User not found/accessible")


class ResetCodeUnknown(BadChange):
    """For a new password: never given, spent, or too old."""

    def __init__(self) -> None:
        super().__init__("Invalid code")


class LastAdmin(BadChange):
    def __init__(self) -> None:
        super().__init__("A workspace needs an active admin")
