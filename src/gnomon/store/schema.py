"""The tables of the record.

Every key begins with `workspace_id`, so that the record can be spread by workspace; the exceptions are what exists
before any workspace: organizations, accounts and the id counters. Instants are Unix seconds, days are days since
1970-01-01, money is cents. `change_number` is the workspace's change in which a row was last written.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _workspace_id() -> Column[int]:
    return Column("workspace_id", BigInteger, primary_key=True, autoincrement=False)


def _key(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _maybe(name: str) -> Column[int | None]:
    return Column(name, BigInteger, nullable=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


id_counters = Table(
    "id_counters",
    metadata,
    Column("kind", String(40), primary_key=True),
    _number("next_id"),
)

organizations = Table(
    "organizations",
    metadata,
    _key("organization_id"),
    _text("name"),
    _number("created_at"),
)

accounts = Table(
    "accounts",
    metadata,
    _key("user_id"),
    _text("name"),
    Column("email", Text, nullable=True),
    Column("email_folded", Text, nullable=True, unique=True),
    Column("password_hash", Text, nullable=True),
    Column("api_token_digest", LargeBinary, nullable=True, unique=True),
    Column("api_token_sealed", LargeBinary, nullable=True),
    _text("timezone"),
    _flag("rounds_reports"),
    Column("rounding_minutes", Integer, nullable=False),
    Column("rounding_mode", Integer, nullable=False),
    Column("first_weekday", Integer, nullable=False, server_default="1"),
    _number("created_at"),
)

workspaces = Table(
    "workspaces",
    metadata,
    _workspace_id(),
    _number("organization_id"),
    _text("name"),
    _text("default_currency"),
    _text("plan"),
    Column("rounding_minutes", Integer, nullable=False),
    _flag("only_admins_see_billable_rates"),
    _flag("only_admins_see_team_dashboard"),
    _number("change_number"),
    _number("created_at"),
)

workspace_logos = Table(
    "workspace_logos",
    metadata,
    _workspace_id(),
    Column("image", LargeBinary, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    _workspace_id(),
    _key("change_number"),
    _number("changed_at"),
    Column("touched", Integer, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    _workspace_id(),
    _key("user_id"),
    _text("role"),
    _flag("is_active"),
    Index("ix_memberships_user_id", "user_id"),
)

user_groups = Table(
    "user_groups",
    metadata,
    _workspace_id(),
    _key("user_group_id"),
    _text("name"),
)

user_group_members = Table(
    "user_group_members",
    metadata,
    _workspace_id(),
    _key("user_group_id"),
    _key("user_id"),
)

clients = Table(
    "clients",
    metadata,
    _workspace_id(),
    _key("client_id"),
    _text("name"),
    _flag("is_archived"),
)

projects = Table(
    "projects",
    metadata,
    _workspace_id(),
    _key("project_id"),
    _maybe("client_id"),
    _text("name"),
    _text("color"),
    Column("currency", Text, nullable=True),
    _flag("is_private"),
    _flag("is_active"),
)

project_users = Table(
    "project_users",
    metadata,
    _workspace_id(),
    _key("project_id"),
    _key("user_id"),
)

project_groups = Table(
    "project_groups",
    metadata,
    _workspace_id(),
    _key("project_id"),
    _key("user_group_id"),
)

tasks = Table(
    "tasks",
    metadata,
    _workspace_id(),
    _key("task_id"),
    _number("project_id"),
    _text("name"),
    _flag("is_active"),
)

tags = Table(
    "tags",
    metadata,
    _workspace_id(),
    _key("tag_id"),
    _text("name"),
)

rates = Table(
    "rates",
    metadata,
    _workspace_id(),
    _key("rate_id"),
    _text("kind"),
    _text("level"),
    _number("hourly_rate_cents"),
    _maybe("task_id"),
    _maybe("project_id"),
    _maybe("user_id"),
    _maybe("start_day"),
)

# Texts and tag sets repeat: each stands once, found by digest (a text is too long for a key of PostgreSQL).
descriptions = Table(
    "descriptions",
    metadata,
    _workspace_id(),
    _key("description_id"),
    Column("digest", LargeBinary, nullable=False),
    _text("text"),
    UniqueConstraint("workspace_id", "digest"),
)

tag_sets = Table(
    "tag_sets",
    metadata,
    _workspace_id(),
    _key("tag_set_id"),
    Column("digest", LargeBinary, nullable=False),
    _text("tag_ids"),
    UniqueConstraint("workspace_id", "digest"),
)

entries = Table(
    "entries",
    metadata,
    _workspace_id(),
    _key("entry_id"),
    _number("user_id"),
    _maybe("project_id"),
    _maybe("task_id"),
    _maybe("description_id"),
    _maybe("tag_set_id"),
    _number("started_at"),
    _maybe("stopped_at"),
    _flag("is_billable"),
    _number("updated_at"),
    _maybe("deleted_at"),
    _number("change_number"),
    _number("checksum"),
    Index("ix_entries_workspace_id_change_number", "workspace_id", "change_number"),
    Index("ix_entries_workspace_id_started_at", "workspace_id", "started_at"),
    sqlite_with_rowid=False,
)

saved_reports = Table(
    "saved_reports",
    metadata,
    _workspace_id(),
    _key("report_id"),
    _number("owner_id"),
    _text("name"),
    _text("params"),
    _flag("is_public"),
    _flag("has_fixed_days"),
    Column("token_digest", LargeBinary, nullable=False, unique=True),
    Column("token_sealed", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=True),
    _maybe("expires_at"),
    _number("created_at"),
    _number("updated_at"),
    _number("updated_by"),
    _maybe("deleted_at"),
)

# Tokens that were replaced: who still has one is told that it is gone, not that it never was (D10.3).
spent_share_tokens = Table(
    "spent_share_tokens",
    metadata,
    _workspace_id(),
    Column("token_digest", LargeBinary, primary_key=True),
    Index("ix_spent_share_tokens_token_digest", "token_digest"),
)

schedules = Table(
    "schedules",
    metadata,
    _workspace_id(),
    _key("schedule_id"),
    _number("report_id"),
    _number("creator_id"),
    Column("frequency_days", Integer, nullable=False),
    _number("created_at"),
    _maybe("deleted_at"),
    _number("next_at"),
    Index("ix_schedules_next_at", "next_at"),
)

schedule_recipients = Table(
    "schedule_recipients",
    metadata,
    _workspace_id(),
    _key("schedule_id"),
    Column("kind", String(10), primary_key=True),
    _key("recipient_id"),
)

# One mail to one person; it is there from the moment it is due until it is sent or given up.
deliveries = Table(
    "deliveries",
    metadata,
    _workspace_id(),
    _key("schedule_id"),
    _key("due_at"),
    _key("user_id"),
    Column("attempts", Integer, nullable=False),
    _number("try_at"),
    Index("ix_deliveries_try_at", "try_at"),
)
