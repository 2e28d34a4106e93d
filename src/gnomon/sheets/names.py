"""What the name columns of a sheet are called, and where their texts come from (D8.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from gnomon.query.grouping import Grouping, SubGrouping

COLUMNS_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "projects": (("Project", "name"), ("Client", "client_name")),
    "clients": (("Client", "name"),),
    "users": (("User", "name"), ("Email", "email")),
    "tasks": (("Task", "name"), ("Project", "project_name"), ("Client", "client_name")),
    "tags": (("Tags", "names"),),
    "time_entries": (("Description", "name"),),
}
NO_NAMES = {  # what people read where a file has an empty cell
    "Project": "Without project",
    "Client": "Without client",
    "Task": "Without task",
    "Tags": "Without tags",
    "Description": "(no description)",
}


@dataclass(frozen=True, slots=True)
class NameColumn:
    """`texts` by the code of a thing; none has the empty text."""

    title: str
    texts: pl.Series

    def of(self, codes: pl.Series) -> pl.Series:
        """A null code is nothing at all and has the empty text, too."""
        return self.texts.gather(codes).fill_null("")


def no_name(grouping: Grouping | SubGrouping) -> str:
    """What people read for none."""
    return NO_NAMES.get(COLUMNS_OF[grouping][0][0], "")


def name_columns(grouping: Grouping | SubGrouping, things: pl.DataFrame) -> Sequence[NameColumn]:
    return [NameColumn(title, _texts(things[column])) for title, column in COLUMNS_OF[grouping]]


def _texts(names: pl.Series) -> pl.Series:
    """Of a set of tags the names in the order of their ids."""
    return names.list.join(", ") if names.dtype == pl.List else names
