"""The one table of statuses (D1.7)."""

from gnomon.errors import GnomonError
from gnomon.wire import errors
from gnomon.wire.track_v9 import errors as track

STATUS_OF: dict[type[GnomonError], int] = {**errors.STATUS_OF, **track.STATUS_OF}


def status_of(error: GnomonError) -> int:
    """A class without an entry takes its parent's."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)
