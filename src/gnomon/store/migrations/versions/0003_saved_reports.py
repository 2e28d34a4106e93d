"""Saved reports, their schedules and mails, and the first day of somebody's week."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIRST_IDS = {"saved_report": 9_000_001, "schedule": 9_500_001}


def key(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def upgrade() -> None:
    op.add_column(
        "accounts", sa.Column("first_weekday", sa.Integer(), nullable=False, server_default="1")
    )
    make_saved_reports()
    make_schedules()
    counters = sa.table("id_counters", sa.column("kind"), sa.column("next_id"))
    rows = [{"kind": kind, "next_id": first} for kind, first in FIRST_IDS.items()]
    op.bulk_insert(counters, rows)


def make_saved_reports() -> None:
    op.create_table(
        "saved_reports",
        key("workspace_id"),
        key("report_id"),
        number("owner_id"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("has_fixed_days", sa.Boolean(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        number("expires_at", nullable=True),
        number("created_at"),
        number("updated_at"),
        number("updated_by"),
        number("deleted_at", nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "report_id", name="pk_saved_reports"),
        sa.UniqueConstraint("token_digest", name="uq_saved_reports_token_digest"),
    )
    op.create_table(
        "spent_share_tokens",
        key("workspace_id"),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "token_digest", name="pk_spent_share_tokens"),
    )
    op.create_index("ix_spent_share_tokens_token_digest", "spent_share_tokens", ["token_digest"])


def make_schedules() -> None:
    op.create_table(
        "schedules",
        key("workspace_id"),
        key("schedule_id"),
        number("report_id"),
        number("creator_id"),
        sa.Column("frequency_days", sa.Integer(), nullable=False),
        number("created_at"),
        number("deleted_at", nullable=True),
        number("next_at"),
        sa.PrimaryKeyConstraint("workspace_id", "schedule_id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"])
    op.create_table(
        "schedule_recipients",
        key("workspace_id"),
        key("schedule_id"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        key("recipient_id"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "schedule_id", "kind", "recipient_id", name="pk_schedule_recipients"
        ),
    )
    op.create_table(
        "deliveries",
        key("workspace_id"),
        key("schedule_id"),
        key("due_at"),
        key("user_id"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        number("try_at"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "schedule_id", "due_at", "user_id", name="pk_deliveries"
        ),
    )
    op.create_index("ix_deliveries_try_at", "deliveries", ["try_at"])


def downgrade() -> None:
    for table in (
        "deliveries",
        "schedule_recipients",
        "schedules",
        "spent_share_tokens",
        "saved_reports",
    ):
        op.drop_table(table)
    op.drop_column("accounts", "first_weekday")
    op.execute("DELETE FROM id_counters WHERE kind IN ('saved_report', 'schedule')")
