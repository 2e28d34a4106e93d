"""Accounts, organizations, workspaces and who belongs to them."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from gnomon.store.schema.columns import (
    flag,
    key,
    maybe,
    metadata,
    number,
    stamp,
    switch,
    text,
    workspace_key,
)

id_counters = Table(
    "id_counters",
    metadata,
    Column("kind", String(40), primary_key=True),
    number("next_id"),
)

organizations = Table(
    "organizations",
    metadata,
    key("organization_id"),
    text("name"),
    number("created_at"),
    maybe("owner_id"),
    stamp("updated_at"),
)

accounts = Table(
    "accounts",
    metadata,
    key("user_id"),
    text("name"),
    Column("email", Text, nullable=True),
    Column("email_folded", Text, nullable=True, unique=True),
    Column("password_hash", Text, nullable=True),
    Column("api_token_digest", LargeBinary, nullable=True, unique=True),
    Column("api_token_sealed", LargeBinary, nullable=True),
    text("timezone"),
    flag("rounds_reports"),
    Column("rounding_minutes", Integer, nullable=False),
    Column("rounding_mode", Integer, nullable=False),
    Column("first_weekday", Integer, nullable=False, server_default="1"),
    Column("preferences", Text, nullable=False, server_default="{}"),
    maybe("default_workspace_id"),
    maybe("country_id"),
    number("created_at"),
    stamp("updated_at"),
)

workspaces = Table(
    "workspaces",
    metadata,
    workspace_key(),
    number("organization_id"),
    text("name"),
    text("default_currency"),
    text("plan"),
    Column("rounding_minutes", Integer, nullable=False),
    flag("only_admins_see_billable_rates"),
    flag("only_admins_see_team_dashboard"),
    Column("rounding_mode", Integer, nullable=False, server_default="0"),
    switch("only_admins_may_create_projects", default=False),
    switch("only_admins_may_create_tags", default=False),
    switch("projects_billable_by_default", default=True),
    switch("projects_private_by_default", default=True),
    switch("projects_enforce_billable", default=False),
    switch("reports_collapse", default=True),
    number("change_number"),
    number("created_at"),
    stamp("updated_at"),
)

workspace_logos = Table(
    "workspace_logos",
    metadata,
    workspace_key(),
    Column("image", LargeBinary, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    workspace_key(),
    key("change_number"),
    number("changed_at"),
    Column("touched", Integer, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    workspace_key(),
    key("user_id"),
    text("role"),
    flag("is_active"),
    stamp("workspace_user_id"),
    stamp("updated_at"),
    Index("ix_memberships_user_id", "user_id"),
)

user_groups = Table(
    "user_groups",
    metadata,
    workspace_key(),
    key("user_group_id"),
    text("name"),
    stamp("updated_at"),
)

user_group_members = Table(
    "user_group_members",
    metadata,
    workspace_key(),
    key("user_group_id"),
    key("user_id"),
)

# Who was asked to join a workspace; one link may be for several.
invitations = Table(
    "invitations",
    metadata,
    workspace_key(),
    key("invitation_id"),
    text("email"),
    text("role"),
    text("user_group_ids"),
    Column("code_digest", LargeBinary, nullable=False),
    number("sender_id"),
    number("created_at"),
    number("expires_at"),
    Index("ix_invitations_code_digest", "code_digest"),
)

# Signed-in browsers, and links by which somebody may set a new password: known by the digest of their secret only.
sessions = Table(
    "sessions",
    metadata,
    Column("code_digest", LargeBinary, primary_key=True),
    number("user_id"),
    number("created_at"),
    number("expires_at"),
    Index("ix_sessions_user_id", "user_id"),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("code_digest", LargeBinary, primary_key=True),
    number("user_id"),
    number("expires_at"),
    Index("ix_password_resets_user_id", "user_id"),
)
