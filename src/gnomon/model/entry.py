"""A stretch of tracked time of one user."""

from dataclasses import dataclass

from gnomon.errors import BadData
from gnomon.units.durations import DURATION_SECONDS_MAX

DESCRIPTION_LENGTH_MAX = 3_000
INSTANT_MIN = 0  # 1970-01-01
INSTANT_MAX = 4_102_444_800  # 2100-01-01


class EntryRefused(BadData):
    """The entry cannot be kept as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """`stopped_at` None: still running; `deleted_at` not None: a tombstone. Instants are Unix seconds."""

    entry_id: int
    user_id: int
    started_at: int
    stopped_at: int | None
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    is_billable: bool = False
    updated_at: int = 0
    deleted_at: int | None = None

    def __post_init__(self) -> None:
        check_instants(self.started_at, self.stopped_at)
        check_description(self.description)

    @property
    def duration_seconds(self) -> int | None:
        return None if self.stopped_at is None else self.stopped_at - self.started_at


def check_instants(started_at: int, stopped_at: int | None) -> None:
    if not INSTANT_MIN <= started_at <= INSTANT_MAX:
        raise EntryRefused("An entry starts between 1970 and 2100.")
    if stopped_at is None:
        return
    if stopped_at < started_at:
        raise EntryRefused("An entry cannot stop before it starts.")
    if stopped_at - started_at > DURATION_SECONDS_MAX:
        raise EntryRefused("An entry lasts ten years at most.")


def check_description(description: str) -> None:
    if len(description) > DESCRIPTION_LENGTH_MAX:
        raise EntryRefused(f"A description has at most {DESCRIPTION_LENGTH_MAX} characters.")
    if "\0" in description:
        raise EntryRefused("A description cannot hold a NUL character.")
