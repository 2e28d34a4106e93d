"""What a viewer may know by name: the one answer for filters in words and for dictionaries (D4.7, D9.3, D9.4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """By id; archived things and deactivated people are known, too."""

    users: Names
    user_groups: Names
    clients: Names
    projects: Names
    tasks: Names
    tags: Names


def known_names(table: EntryTable, sight: Sight) -> KnownNames:
    catalog = table.around.catalog
    projects = {
        one.project_id: one.name
        for one in catalog.projects
        if sight.project_ids is None or one.project_id in sight.project_ids
    }
    accounts = [member.account for member in table.around.members]
    return KnownNames(
        users={
            one.user_id: one.name
            for one in accounts
            if sight.sees_team or one.user_id == sight.user_id
        },
        user_groups={one.user_group_id: one.name for one in catalog.user_groups},
        clients={one.client_id: one.name for one in catalog.clients},
        projects=projects,
        tasks={one.task_id: one.name for one in catalog.tasks if one.project_id in projects},
        tags={one.tag_id: one.name for one in catalog.tags},
    )
