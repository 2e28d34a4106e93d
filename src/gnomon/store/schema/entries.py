"""Time entries, their texts and their tag sets."""

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint
from sqlalchemy import text as sql

from gnomon.store.schema.columns import flag, key, maybe, metadata, number, text, workspace_key

RUNNING = "stopped_at IS NULL AND deleted_at IS NULL"

# Texts and tag sets repeat: each stands once, found by digest (a text is too long for a key of PostgreSQL).
descriptions = Table(
    "descriptions",
    metadata,
    workspace_key(),
    key("description_id"),
    Column("digest", LargeBinary, nullable=False),
    text("text"),
    UniqueConstraint("workspace_id", "digest"),
)

tag_sets = Table(
    "tag_sets",
    metadata,
    workspace_key(),
    key("tag_set_id"),
    Column("digest", LargeBinary, nullable=False),
    text("tag_ids"),
    UniqueConstraint("workspace_id", "digest"),
)

entries = Table(
    "entries",
    metadata,
    workspace_key(),
    key("entry_id"),
    number("user_id"),
    maybe("project_id"),
    maybe("task_id"),
    maybe("description_id"),
    maybe("tag_set_id"),
    number("started_at"),
    maybe("stopped_at"),
    flag("is_billable"),
    number("updated_at"),
    maybe("deleted_at"),
    number("change_number"),
    number("checksum"),
    Index("ix_entries_workspace_id_change_number", "workspace_id", "change_number"),
    Index("ix_entries_workspace_id_started_at", "workspace_id", "started_at"),
    Index("ix_entries_user", "workspace_id", "user_id", "started_at"),
    Index(
        "ix_entries_running",
        "user_id",
        sqlite_where=sql(RUNNING),
        postgresql_where=sql(RUNNING),
    ),
    sqlite_with_rowid=False,
)
