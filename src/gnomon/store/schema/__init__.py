"""The tables of the record.

Every key begins with `workspace_id`, so that the record can be spread by workspace; the exceptions are what exists
before any workspace: organizations, accounts and the id counters. Instants are Unix seconds, days are days since
1970-01-01, money is cents. `change_number` is the workspace's change in which a row was last written.
"""

from gnomon.store.schema.catalog import (
    clients,
    project_groups,
    project_pins,
    project_users,
    projects,
    rates,
    tags,
    tasks,
)
from gnomon.store.schema.columns import metadata
from gnomon.store.schema.entries import descriptions, entries, tag_sets
from gnomon.store.schema.people import (
    accounts,
    changes,
    id_counters,
    invitations,
    memberships,
    organizations,
    password_resets,
    sessions,
    user_group_members,
    user_groups,
    workspace_logos,
    workspaces,
)
from gnomon.store.schema.saved import (
    deliveries,
    saved_reports,
    schedule_recipients,
    schedules,
    spent_share_tokens,
)

__all__ = [
    "accounts",
    "changes",
    "clients",
    "deliveries",
    "descriptions",
    "entries",
    "id_counters",
    "invitations",
    "memberships",
    "metadata",
    "organizations",
    "password_resets",
    "project_groups",
    "project_pins",
    "project_users",
    "projects",
    "rates",
    "saved_reports",
    "schedule_recipients",
    "schedules",
    "sessions",
    "spent_share_tokens",
    "tag_sets",
    "tags",
    "tasks",
    "user_group_members",
    "user_groups",
    "workspace_logos",
    "workspaces",
]
