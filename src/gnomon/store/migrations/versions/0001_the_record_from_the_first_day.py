"""The record from the first day."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST_IDS = {
    "organization": 1_000_001,
    "workspace": 2_000_001,
    "user": 3_000_001,
    "user_group": 4_000_001,
    "client": 5_000_001,
    "project": 6_000_001,
    "task": 7_000_001,
    "tag": 8_000_001,
    "rate": 9_000_001,
    "description": 1,
    "tag_set": 1,
    "entry": 3_000_000_001,  # beyond 32 bits from the first day, so that no client gets used to less
}


def upgrade() -> None:
    _create_people()
    _create_groups_and_workspaces()
    _create_clients_and_projects()
    _create_rates_tags_and_tasks()
    _create_entries()
    _create_counting()


def _create_people() -> None:
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_folded", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("api_token_digest", sa.LargeBinary(), nullable=True),
        sa.Column("api_token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("rounds_reports", sa.Boolean(), nullable=False),
        sa.Column("rounding_minutes", sa.Integer(), nullable=False),
        sa.Column("rounding_mode", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("api_token_digest", name=op.f("uq_accounts_api_token_digest")),
        sa.UniqueConstraint("email_folded", name=op.f("uq_accounts_email_folded")),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_memberships")),
    )
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("organization_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organizations")),
    )


def _create_groups_and_workspaces() -> None:
    op.create_table(
        "user_group_members",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "user_group_id", "user_id", name=op.f("pk_user_group_members")
        ),
    )
    op.create_table(
        "user_groups",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "user_group_id", name=op.f("pk_user_groups")),
    )
    op.create_table(
        "workspaces",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("default_currency", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("rounding_minutes", sa.Integer(), nullable=False),
        sa.Column("only_admins_see_billable_rates", sa.Boolean(), nullable=False),
        sa.Column("only_admins_see_team_dashboard", sa.Boolean(), nullable=False),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspaces")),
    )


def _create_clients_and_projects() -> None:
    op.create_table(
        "clients",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "client_id", name=op.f("pk_clients")),
    )
    op.create_table(
        "project_groups",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_group_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "project_id", "user_group_id", name=op.f("pk_project_groups")
        ),
    )
    op.create_table(
        "project_users",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "project_id", "user_id", name=op.f("pk_project_users")
        ),
    )
    op.create_table(
        "projects",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "project_id", name=op.f("pk_projects")),
    )


def _create_rates_tags_and_tasks() -> None:
    op.create_table(
        "rates",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rate_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("hourly_rate_cents", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("start_day", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "rate_id", name=op.f("pk_rates")),
    )
    op.create_table(
        "tags",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "tag_id", name=op.f("pk_tags")),
    )
    op.create_table(
        "tasks",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "task_id", name=op.f("pk_tasks")),
    )


def _create_entries() -> None:
    op.create_table(
        "descriptions",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("description_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "description_id", name=op.f("pk_descriptions")),
        sa.UniqueConstraint(
            "workspace_id", "digest", name=op.f("uq_descriptions_workspace_id_digest")
        ),
    )
    op.create_table(
        "entries",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("description_id", sa.BigInteger(), nullable=True),
        sa.Column("tag_set_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
        sa.Column("checksum", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "entry_id", name=op.f("pk_entries")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entries_workspace_id_change_number",
        "entries",
        ["workspace_id", "change_number"],
        unique=False,
    )
    op.create_index(
        "ix_entries_workspace_id_started_at",
        "entries",
        ["workspace_id", "started_at"],
        unique=False,
    )
    op.create_table(
        "tag_sets",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag_set_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("tag_ids", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "tag_set_id", name=op.f("pk_tag_sets")),
        sa.UniqueConstraint("workspace_id", "digest", name=op.f("uq_tag_sets_workspace_id_digest")),
    )


def _create_counting() -> None:
    op.create_table(
        "changes",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("change_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "change_number", name=op.f("pk_changes")),
    )
    op.create_table(
        "id_counters",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("next_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_id_counters")),
    )
    counters = sa.table("id_counters", sa.column("kind"), sa.column("next_id"))
    op.bulk_insert(
        counters,
        [{"kind": kind, "next_id": first} for kind, first in FIRST_IDS.items()],
    )


def downgrade() -> None:
    op.drop_table("workspaces")
    op.drop_table("user_groups")
    op.drop_table("user_group_members")
    op.drop_table("tasks")
    op.drop_table("tags")
    op.drop_table("tag_sets")
    op.drop_table("rates")
    op.drop_table("projects")
    op.drop_table("project_users")
    op.drop_table("project_groups")
    op.drop_table("organizations")
    op.drop_index("ix_memberships_user_id", table_name="memberships")
    op.drop_table("memberships")
    op.drop_table("id_counters")
    op.drop_index("ix_entries_workspace_id_started_at", table_name="entries")
    op.drop_index("ix_entries_workspace_id_change_number", table_name="entries")
    op.drop_table("entries")
    op.drop_table("descriptions")
    op.drop_table("clients")
    op.drop_table("changes")
    op.drop_table("accounts")
