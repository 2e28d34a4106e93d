"""By what entries are put together (D7.1)."""

from enum import StrEnum


class Grouping(StrEnum):
    PROJECTS = "projects"
    CLIENTS = "clients"
    USERS = "users"
    TASKS = "tasks"
    TAGS = "tags"


class SubGrouping(StrEnum):
    TIME_ENTRIES = "time_entries"
    PROJECTS = "projects"
    CLIENTS = "clients"
    USERS = "users"
    TASKS = "tasks"


GROUPINGS_WITH_EMPTIES = frozenset({Grouping.USERS, Grouping.PROJECTS, Grouping.CLIENTS})  # D7.7
