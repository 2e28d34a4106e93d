"""Ids inside bodies and queries: every place where somebody could name a thing that is not his.

"$?" stands for the id that is tried.
"""

from dataclasses import dataclass
from typing import Any

from tests.track.matrix_recipe import Recipe, replacing
from tests.track.matrix_recipes import (
    CLIENT,
    ENTRY,
    LEVELS,
    ME,
    NAMED,
    NEW_ENTRY,
    NEW_INVITATION,
    NEW_RATE,
    PROJECT,
    SAVED,
    SCHEDULED,
    TASK,
    WEEK,
    O,
    R,
    W,
)


@dataclass(frozen=True)
class Probe:
    """`refuses`: it must be refused as a whole; else it answers as if the thing were not there."""

    recipe: Recipe
    kind: str
    refuses: bool = True

    def __str__(self) -> str:
        return f"{self.recipe.method} {self.recipe.path} {self.kind} {self.recipe.body}"[:160]


def refused(method: str, path: str, kind: str, body: Any) -> Probe:
    return Probe(Recipe(method, path, body), kind)


def empty(method: str, path: str, kind: str, body: Any) -> Probe:
    return Probe(Recipe(method, path, body), kind, refuses=False)


def bulk(path: str, places: dict[str, tuple[str, Any]]) -> list[Probe]:
    """One operation on one's own things, for each place that holds an id."""
    return [
        empty("PATCH", path, kind, replacing(at, value)) for at, (kind, value) in places.items()
    ]


ENTRY_KEYS = {
    "project_id": ("project_id", "$?"),
    "pid": ("project_id", "$?"),
    "task_id": ("task_id", "$?"),
    "tid": ("task_id", "$?"),
    "tag_ids": ("tag_id", ["$?"]),
    "user_id": ("user_id", "$?"),
    "uid": ("user_id", "$?"),
}
PROJECT_KEYS = {"client_id": ("client_id", "$?"), "cid": ("client_id", "$?")}
GROUP_KEYS = {"users": ("user_id", ["$?"]), "workspaces": ("workspace_id", ["$?"])}
PLAN = {"bookmark_id": "$report_id", "frequency": 7, "user_ids": [1], "group_ids": []}

ENTRIES = [
    *(
        refused("POST", f"{W}/time_entries", kind, {**NEW_ENTRY, key: value})
        for key, (kind, value) in ENTRY_KEYS.items()
    ),
    *(refused("PUT", ENTRY, kind, {key: value}) for key, (kind, value) in ENTRY_KEYS.items()),
    refused("PUT", ENTRY, "tag_id", {"tag_ids": ["$?"], "tag_action": "add"}),
    refused("POST", f"{W}/time_entries", "tag_id", {**NEW_ENTRY, "tag_ids": ["$tag_id", "$?"]}),
    *bulk(
        f"{W}/time_entries/{{time_entry_ids}}",
        {f"/{key}": place for key, place in ENTRY_KEYS.items()},
    ),
]
CATALOG = [
    *(
        refused("POST", f"{W}/projects", kind, {**NAMED, "active": True, key: value})
        for key, (kind, value) in PROJECT_KEYS.items()
    ),
    *(refused("PUT", PROJECT, kind, {key: value}) for key, (kind, value) in PROJECT_KEYS.items()),
    *bulk(
        f"{W}/projects/{{project_ids}}", {f"/{key}": place for key, place in PROJECT_KEYS.items()}
    ),
    refused("POST", f"{PROJECT}/tasks", "user_id", {**NAMED, "user_id": "$?"}),
    refused("PUT", TASK, "user_id", {"user_id": "$?"}),
    refused("POST", f"{W}/project_users", "project_id", {"project_id": "$?", "user_id": 2}),
    refused(
        "POST", f"{W}/project_users", "user_id", {"project_id": "$project_id", "user_id": "$?"}
    ),
    refused(
        "POST", f"{W}/project_groups", "project_id", {"project_id": "$?", "group_id": "$group_id"}
    ),
    refused(
        "POST", f"{W}/project_groups", "group_id", {"project_id": "$project_id", "group_id": "$?"}
    ),
    refused("PATCH", f"{W}/tags", "tag_id", {"delete": ["$tag_id", "$?"]}),
    *(
        refused(method, f"{W}/clients/{what}", "client_id", ["$client_id", "$?"])
        for method, what in (("POST", "archive"), ("POST", "delete"), ("PATCH", "delete"))
    ),
    empty("POST", f"{W}/clients/data", "client_id", ["$?"]),
    empty("POST", f"{W}/projects/billable-amounts", "project_id", {"project_ids": ["$?"]}),
]
PEOPLE = [
    refused("PUT", ME, "workspace_id", {"default_workspace_id": "$?"}),
    *(
        refused("POST", f"{O}/groups", kind, {**NAMED, key: value})
        for key, (kind, value) in GROUP_KEYS.items()
    ),
    *(
        refused("PUT", f"{O}/groups/{{group_id}}", kind, {**NAMED, key: value})
        for key, (kind, value) in GROUP_KEYS.items()
    ),
    *(
        empty(
            "PATCH",
            f"{O}/groups/{{group_id}}",
            kind,
            [{"op": op, "path": f"/{key}", "value": value}],
        )
        for key, (kind, value) in GROUP_KEYS.items()
        for op in ("add", "remove")
    ),
    refused(
        "POST",
        f"{O}/invitations",
        "workspace_id",
        {**NEW_INVITATION, "workspaces": [{"workspace_id": "$?", "role": "user"}]},
    ),
    refused("POST", f"{O}/invitations", "group_id", {**NEW_INVITATION, "groups": ["$?"]}),
    *(
        refused("POST", f"{W}/rates", kind, {**NEW_RATE, "level": level, "level_id": "$?"})
        for level, kind in LEVELS.items()
        if level != "user"
    ),
]
SAVING = [
    refused("PUT", SAVED, "report_id", [{"id": "$report_id", **NAMED}, {"id": "$?", **NAMED}]),
    refused("PATCH", f"{SAVED}/bulk_delete", "report_id", {"ids": ["$report_id", "$?"]}),
    refused("POST", SCHEDULED, "report_id", {**PLAN, "bookmark_id": "$?"}),
    refused("POST", SCHEDULED, "user_id", {**PLAN, "user_ids": [1, "$?"]}),
    refused("POST", SCHEDULED, "group_id", {**PLAN, "group_ids": ["$?"]}),
]
FILTERS = ("project_id", "client_id", "task_id", "tag_id", "user_id", "group_id")
LISTS = (
    (f"{W}/projects", "client_ids", "client_id"),
    (f"{W}/projects", "user_ids", "user_id"),
    (f"{W}/projects", "group_ids", "group_id"),
    (f"{W}/projects", "project_ids", "project_id"),
    (f"{W}/tasks", "pid", "project_id"),
    (f"{W}/tasks/basic", "project_id", "project_id"),
    (f"{W}/tasks/basic", "project_ids", "project_id"),
    (f"{W}/tasks/basic", "task_ids", "task_id"),
    (f"{W}/tasks/basic", "client_ids", "client_id"),
    (f"{W}/project_users", "project_ids", "project_id"),
    (f"{W}/project_users", "user_id", "user_id"),
    (f"{W}/project_groups", "project_ids", "project_id"),
    (f"{O}/groups", "workspace", "workspace_id"),
    (f"{O}/users", "groups", "group_id"),
    (f"{O}/users", "workspaces", "workspace_id"),
)
READING = [
    *(
        empty("POST", f"{R}/{report}", kind, {**WEEK, f"{kind}s": ["$?"]})
        for report in ("summary/time_entries", "search/time_entries", "weekly/time_entries")
        for kind in FILTERS
    ),
    *(
        empty("POST", f"{R}/{report}", "reported_id", {**WEEK, "time_entry_ids": ["$?"]})
        for report in ("summary/time_entries", "search/time_entries", "weekly/time_entries")
    ),
    *(
        empty("POST", f"{R}/search/{kind}s", f"{kind}_id", {"ids": ["$?"]})
        for kind in ("client", "project", "user", "task")
    ),
    *(
        empty("POST", f"{R}/filters/{what}", "project_id", {"project_ids": ["$?"]})
        for what in ("project_users", "project_groups", "tasks")
    ),
    empty("POST", f"{R}/filters/project_users", "client_id", {"client_ids": ["$?"]}),
    empty("POST", f"{R}/filters/project_groups", "group_id", {"group_ids": ["$?"]}),
    empty("POST", f"{R}/filters/projects", "client_id", {"client_ids": ["$?"]}),
    *(
        empty("POST", f"{R}/filters/{what}s/status", f"{what}_id", {"ids": ["$?"]})
        for what in ("project", "task")
    ),
    *(empty("GET", path, kind, {key: "$?"}) for path, key, kind in LISTS),
]
RESTORE = Probe(
    Recipe(
        "POST",
        f"{CLIENT}/restore",
        {"projects": ["$?"]},
        own={"client_id": "archived_client_id"},
    ),
    "project_id",
)
PROBES = [*ENTRIES, *CATALOG, *PEOPLE, *SAVING, *READING, RESTORE]
