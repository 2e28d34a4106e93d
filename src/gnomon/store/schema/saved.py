"""Saved reports and how they are mailed."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from gnomon.store.schema.columns import flag, key, maybe, metadata, number, text, workspace_key

saved_reports = Table(
    "saved_reports",
    metadata,
    workspace_key(),
    key("report_id"),
    number("owner_id"),
    text("name"),
    text("params"),
    flag("is_public"),
    flag("has_fixed_days"),
    Column("token_digest", LargeBinary, nullable=False, unique=True),
    Column("token_sealed", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=True),
    maybe("expires_at"),
    number("created_at"),
    number("updated_at"),
    number("updated_by"),
    maybe("deleted_at"),
)

# Tokens that were replaced: who still has one is told that it is gone, not that it never was (D10.3).
spent_share_tokens = Table(
    "spent_share_tokens",
    metadata,
    workspace_key(),
    Column("token_digest", LargeBinary, primary_key=True),
    Index("ix_spent_share_tokens_token_digest", "token_digest"),
)

schedules = Table(
    "schedules",
    metadata,
    workspace_key(),
    key("schedule_id"),
    number("report_id"),
    number("creator_id"),
    Column("frequency_days", Integer, nullable=False),
    number("created_at"),
    maybe("deleted_at"),
    number("next_at"),
    Index("ix_schedules_next_at", "next_at"),
)

schedule_recipients = Table(
    "schedule_recipients",
    metadata,
    workspace_key(),
    key("schedule_id"),
    Column("kind", String(10), primary_key=True),
    key("recipient_id"),
)

# One mail to one person; it is there from the moment it is due until it is sent or given up.
deliveries = Table(
    "deliveries",
    metadata,
    workspace_key(),
    key("schedule_id"),
    key("due_at"),
    key("user_id"),
    Column("attempts", Integer, nullable=False),
    number("try_at"),
    Index("ix_deliveries_try_at", "try_at"),
)
