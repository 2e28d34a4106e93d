"""What the Track API tells and keeps: who made what and when, tombstones of the catalog, switches, invitations, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIRST_IDS = {
    "project_user": 10_000_001,
    "project_group": 11_000_001,
    "workspace_user": 12_000_001,
    "invitation": 13_000_001,
}
STAMP, TOMBSTONE = "updated_at", "deleted_at"


def number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=True)


def stamp(name: str = STAMP) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=True)


def switch(name: str, *, default: bool) -> "sa.Column[bool]":
    value = sa.true() if default else sa.false()
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=value)


def new_columns() -> "dict[str, list[sa.Column]]":
    return {
        "organizations": [number("owner_id"), stamp()],
        "accounts": [
            sa.Column("preferences", sa.Text(), nullable=False, server_default="{}"),
            number("default_workspace_id"),
            number("country_id"),
            stamp(),
        ],
        "workspaces": [
            sa.Column("rounding_mode", sa.Integer(), nullable=False, server_default="0"),
            switch("only_admins_may_create_projects", default=False),
            switch("only_admins_may_create_tags", default=False),
            switch("projects_billable_by_default", default=True),
            switch("projects_private_by_default", default=True),
            switch("projects_enforce_billable", default=False),
            switch("reports_collapse", default=True),
            stamp(),
        ],
        "memberships": [stamp("workspace_user_id"), stamp()],
        "user_groups": [stamp()],
        "clients": [
            sa.Column("notes", sa.Text(), nullable=False, server_default=""),
            words("external_reference"),
            number("creator_id"),
            stamp(),
            number(TOMBSTONE),
        ],
        "projects": [
            switch("is_billable", default=False),
            switch("is_template", default=False),
            number("start_day"),
            number("end_day"),
            number("estimated_seconds"),
            number("fixed_fee_cents"),
            words("external_reference"),
            stamp("created_at"),
            stamp(),
            number(TOMBSTONE),
        ],
        "project_users": [
            stamp("project_user_id"),
            switch("is_manager", default=False),
            stamp(),
        ],
        "project_groups": [stamp("project_group_id")],
        "tasks": [
            number("user_id"),
            number("estimated_seconds"),
            words("external_reference"),
            stamp(),
            number(TOMBSTONE),
        ],
        "tags": [number("creator_id"), stamp(), number(TOMBSTONE)],
        "rates": [number("creator_id"), stamp("created_at")],
    }


def upgrade() -> None:
    for table, columns in new_columns().items():
        for column in columns:
            op.add_column(table, column)
    with op.batch_alter_table("rates") as rates:
        rates.alter_column("hourly_rate_cents", existing_type=sa.BigInteger(), nullable=True)
    make_tables()
    make_indexes()
    counters = sa.table("id_counters", sa.column("kind"), sa.column("next_id"))
    rows = [{"kind": kind, "next_id": first} for kind, first in FIRST_IDS.items()]
    op.bulk_insert(counters, rows)
    fill()


def make_tables() -> None:
    op.create_table(
        "project_pins",
        *(
            sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
            for name in ("workspace_id", "user_id", "project_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", "project_id", name="pk_project_pins"),
    )
    op.create_table(
        "invitations",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("user_group_ids", sa.Text(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("sender_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "invitation_id", name="pk_invitations"),
    )
    op.create_index("ix_invitations_code_digest", "invitations", ["code_digest"])
    for table, extra in (("sessions", ("created_at",)), ("password_resets", ())):
        op.create_table(
            table,
            sa.Column("code_digest", sa.LargeBinary(), nullable=False),
            *(
                sa.Column(name, sa.BigInteger(), nullable=False)
                for name in ("user_id", *extra, "expires_at")
            ),
            sa.PrimaryKeyConstraint("code_digest", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_user_id", table, ["user_id"])


def make_indexes() -> None:
    """Somebody's entries by start, and who has one running."""
    op.create_index("ix_entries_user", "entries", ["workspace_id", "user_id", "started_at"])
    running = sa.text("stopped_at IS NULL AND deleted_at IS NULL")
    op.create_index(
        "ix_entries_running",
        "entries",
        ["user_id"],
        sqlite_where=running,
        postgresql_where=running,
    )


def fill() -> None:
    """What was there before gets numbers, stamps and owners."""
    for table, key, kind in (
        ("memberships", ("workspace_id", "user_id"), "workspace_user"),
        ("project_users", ("workspace_id", "project_id", "user_id"), "project_user"),
        ("project_groups", ("workspace_id", "project_id", "user_group_id"), "project_group"),
    ):
        number_rows(table, key, kind)
    made = "(SELECT created_at FROM workspaces AS w WHERE w.workspace_id = {0}.workspace_id)"
    for table in (
        "memberships",
        "user_groups",
        "clients",
        "projects",
        "project_users",
        "tasks",
        "tags",
    ):
        op.execute(f"UPDATE {table} SET updated_at = coalesce({made.format(table)}, 0)")  # noqa: S608
    for table in ("projects", "rates"):
        op.execute(f"UPDATE {table} SET created_at = coalesce({made.format(table)}, 0)")  # noqa: S608
    for table in ("accounts", "organizations", "workspaces"):
        op.execute(f"UPDATE {table} SET updated_at = created_at")  # noqa: S608
    op.execute(
        "UPDATE organizations SET owner_id = (SELECT min(m.user_id) FROM memberships AS m"
        " JOIN workspaces AS w ON w.workspace_id = m.workspace_id"
        " WHERE w.organization_id = organizations.organization_id AND m.role = 'admin' AND m.is_active)"
    )


def number_rows(name: str, key: "tuple[str, ...]", kind: str) -> None:
    table = sa.table(name, *(sa.column(part) for part in (*key, f"{kind}_id")))
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(*(table.c[part] for part in key)).order_by(*(table.c[part] for part in key))
    ).all()
    for position, row in enumerate(rows):
        here = sa.and_(*(table.c[part] == value for part, value in zip(key, row, strict=True)))
        given = {f"{kind}_id": FIRST_IDS[kind] + position}
        connection.execute(sa.update(table).where(here).values(given))
    counters = sa.table("id_counters", sa.column("kind"), sa.column("next_id"))
    connection.execute(
        sa.update(counters)
        .where(counters.c.kind == kind)
        .values(next_id=FIRST_IDS[kind] + len(rows))
    )


def downgrade() -> None:
    op.drop_index("ix_entries_running", "entries")
    op.drop_index("ix_entries_user", "entries")
    for table in ("password_resets", "sessions", "invitations", "project_pins"):
        op.drop_table(table)
    op.execute("DELETE FROM rates WHERE hourly_rate_cents IS NULL")
    with op.batch_alter_table("rates") as rates:
        rates.alter_column("hourly_rate_cents", existing_type=sa.BigInteger(), nullable=False)
    for table, columns in new_columns().items():
        with op.batch_alter_table(table) as changed:
            for column in columns:
                changed.drop_column(column.name)
    kinds = ", ".join(f"'{kind}'" for kind in FIRST_IDS)
    op.execute(f"DELETE FROM id_counters WHERE kind IN ({kinds})")  # noqa: S608
