"""What entries point to, who is on what, and prices."""

from sqlalchemy import Column, Table, Text

from gnomon.store.schema.columns import (
    flag,
    key,
    maybe,
    metadata,
    number,
    stamp,
    switch,
    text,
    words,
    workspace_key,
)

clients = Table(
    "clients",
    metadata,
    workspace_key(),
    key("client_id"),
    text("name"),
    flag("is_archived"),
    Column("notes", Text, nullable=False, server_default=""),
    words("external_reference"),
    maybe("creator_id"),
    stamp("updated_at"),
    maybe("deleted_at"),
)

projects = Table(
    "projects",
    metadata,
    workspace_key(),
    key("project_id"),
    maybe("client_id"),
    text("name"),
    text("color"),
    Column("currency", Text, nullable=True),
    flag("is_private"),
    flag("is_active"),
    switch("is_billable", default=False),
    switch("is_template", default=False),
    maybe("start_day"),
    maybe("end_day"),
    maybe("estimated_seconds"),
    maybe("fixed_fee_cents"),
    words("external_reference"),
    stamp("created_at"),
    stamp("updated_at"),
    maybe("deleted_at"),
)

project_users = Table(
    "project_users",
    metadata,
    workspace_key(),
    key("project_id"),
    key("user_id"),
    stamp("project_user_id"),
    switch("is_manager", default=False),
    stamp("updated_at"),
)

project_groups = Table(
    "project_groups",
    metadata,
    workspace_key(),
    key("project_id"),
    key("user_group_id"),
    stamp("project_group_id"),
)

# Projects that somebody wants at the top of his list.
project_pins = Table(
    "project_pins",
    metadata,
    workspace_key(),
    key("user_id"),
    key("project_id"),
)

tasks = Table(
    "tasks",
    metadata,
    workspace_key(),
    key("task_id"),
    number("project_id"),
    text("name"),
    flag("is_active"),
    maybe("user_id"),
    maybe("estimated_seconds"),
    words("external_reference"),
    stamp("updated_at"),
    maybe("deleted_at"),
)

tags = Table(
    "tags",
    metadata,
    workspace_key(),
    key("tag_id"),
    text("name"),
    maybe("creator_id"),
    stamp("updated_at"),
    maybe("deleted_at"),
)

rates = Table(
    "rates",
    metadata,
    workspace_key(),
    key("rate_id"),
    text("kind"),
    text("level"),
    maybe("hourly_rate_cents"),
    maybe("task_id"),
    maybe("project_id"),
    maybe("user_id"),
    maybe("start_day"),
    maybe("creator_id"),
    stamp("created_at"),
)
