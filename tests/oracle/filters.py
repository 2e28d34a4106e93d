"""Whether an entry passes the filters of the body (D4); all must hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.worlds.world import Entry, World

Asked = Mapping[str, Any]


def passes(world: World, entry: Entry, asked: Asked) -> bool:
    return (
        one_of(entry.project_id, asked.get("project_ids"))
        and one_of(client_id(world, entry), asked.get("client_ids"))
        and one_of(entry.task_id, asked.get("task_ids"))
        and any_of(entry.tag_ids, asked.get("tag_ids"))
        and one_of(entry.entry_id, asked.get("time_entry_ids"))
        and is_by_asked_people(world, entry, asked)
        and has_text(entry, asked)
        and lasts_as_asked(entry, asked)
        and entry.is_billable == asked.get("billable", entry.is_billable)
    )


def client_id(world: World, entry: Entry) -> int | None:
    """The client of the entry's project; no project counts as no client (D4.2)."""
    for project in world.projects:
        if project.project_id == entry.project_id:
            return project.client_id
    return None


def one_of(value: int | None, ids: list[int | None] | None) -> bool:
    """No list, no filter (D1.4); null in the list means "has none" (D4.1)."""
    return not ids or value in ids


def any_of(values: Iterable[int], ids: list[int | None] | None) -> bool:
    """As `one_of` for a thing that may have several ids."""
    held: list[int | None] = [*values] or [None]
    return not ids or any(value in ids for value in held)


def is_by_asked_people(world: World, entry: Entry, asked: Asked) -> bool:
    """D4.3: two lists, one set of people; null among the user groups is people in no group."""
    user_ids, group_ids = asked.get("user_ids"), asked.get("group_ids")
    if not user_ids and not group_ids:
        return True
    held = [one.user_group_id for one in world.user_groups if entry.user_id in one.user_ids]
    is_in_group = bool(group_ids) and any_of(held, group_ids)
    return entry.user_id in (user_ids or []) or is_in_group


def has_text(entry: Entry, asked: Asked) -> bool:
    text: str = asked.get("description", "")
    return text.casefold() in entry.description.casefold()


def lasts_as_asked(entry: Entry, asked: Asked) -> bool:
    """D4.5: on unrounded seconds."""
    assert entry.stop is not None
    seconds = entry.stop - entry.start
    shortest: int = asked.get("min_duration_seconds", seconds)
    longest: int = asked.get("max_duration_seconds", seconds)
    return shortest <= seconds <= longest
