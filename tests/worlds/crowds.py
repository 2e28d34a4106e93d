"""Hypothesis strategies that change a world: ties and twins among its entries, and a plan."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.worlds.world import Entry, World

TWIN_IDS = 50  # between the small and the big ids of the other entries


def plans() -> st.SearchStrategy[str]:
    """For `replace(world, plan=...)`: mostly one that sells everything."""
    return st.sampled_from(["enterprise", "enterprise", "premium", "starter", "free"])


@st.composite
def crowded(draw: st.DrawFn, world: World) -> World:
    """The world with twins of its entries, so that there are ties to break and rows to group."""
    if not world.entries:
        return world
    models = draw(st.lists(st.sampled_from(world.entries), max_size=8))
    twins = [draw(twins_of(entry, TWIN_IDS + place)) for place, entry in enumerate(models)]
    return replace(world, entries=(*world.entries, *twins))


@st.composite
def twins_of(draw: st.DrawFn, entry: Entry, entry_id: int) -> Entry:
    """Alike in all but the id, or in all but one thing that matters to a row."""
    changes: list[dict[str, Any]] = [
        *[{}] * 3,
        {"start": entry.start - 1},
        {"is_billable": not entry.is_billable},
        {"description": entry.description.upper()},
        {"tag_ids": entry.tag_ids[::-1]},
        {"tag_ids": entry.tag_ids[:1]},
        {"updated_at": entry.updated_at + 1},
    ]
    return replace(entry, entry_id=entry_id, **draw(st.sampled_from(changes)))
