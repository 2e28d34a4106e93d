"""What is wrong with a request as the wire says it, and the one table of statuses (D1.7)."""

from collections.abc import Iterable

from gnomon import errors
from gnomon.errors import BadQuery, GnomonError, SignInRefused


class NothingAsked(BadQuery):
    def __init__(self) -> None:
        super().__init__("At least one parameter must be set")


class NotJson(BadQuery):
    def __init__(self) -> None:
        super().__init__("JSON is not valid")


class InvalidFormat(BadQuery):
    """A known key of the wrong type (D1.5)."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"Invalid {parameter} format")


class InvalidValue(BadQuery):
    """A value of the right type that cannot be meant (D4.5)."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"Invalid {parameter} value")


class NotAllowed(BadQuery):
    """A value outside a closed list (D1.5)."""

    def __init__(self, parameter: str, allowed: Iterable[object]) -> None:
        values = ", ".join(str(value) for value in allowed)
        super().__init__(f"Invalid '{parameter}' value, allowed values are: '{values}'")


class NotSupported(BadQuery):
    """What this report cannot be asked for (reports-api-v3.md, 3.33)."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"The '{parameter}' parameter is not supported")


class Missing(BadQuery):
    def __init__(self, parameter: str) -> None:
        super().__init__(f"The {parameter} parameter is required")


class InvalidPathId(BadQuery):
    """A path id that is no positive 64-bit integer (D1.5)."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Invalid {kind} id")


class TooManyIds(BadQuery):
    def __init__(self, count_max: int) -> None:
        super().__init__(f"Maximum count of posted IDs is {count_max}")


class OutsideCalendar(BadQuery):
    """A date outside the vendor's calendar (D2.3)."""

    def __init__(self, parameter: str) -> None:
        super().__init__(f"{parameter} should be within 2006-01-01 to 2030-01-01")


class ShareSignInRefused(SignInRefused):
    """Credentials that are sent with a saved report must be right, even for a public one (D9.1, D10.3)."""


class BodyTooLarge(GnomonError):
    def __init__(self) -> None:
        super().__init__("Request body is too large")


class BodyTooSlow(GnomonError):
    def __init__(self) -> None:
        super().__init__("Request body did not arrive in time")


class BodyCutOff(GnomonError):
    """The client hung up; nobody will read this."""

    def __init__(self) -> None:
        super().__init__("Request body was cut off")


STATUS_OF: dict[type[GnomonError], int] = {
    GnomonError: 500,
    errors.BadQuery: 400,
    errors.BadData: 400,
    errors.SignInNeeded: 401,
    errors.SignInRefused: 403,
    errors.FeatureOff: 402,
    errors.WorkspaceHidden: 403,
    errors.ProjectHidden: 403,
    errors.ShareTokenRefused: 403,
    errors.ShareTokenSpent: 404,
    errors.OwnerGone: 403,
    ShareSignInRefused: 401,
    BodyTooLarge: 413,
    BodyTooSlow: 408,
    BodyCutOff: 400,
}
