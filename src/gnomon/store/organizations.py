"""Organizations of the record, and which workspaces they have."""

from sqlalchemy import Connection, insert, select, update

from gnomon.model.account import Organization, Workspace
from gnomon.store.schema import organizations, workspaces
from gnomon.store.workspaces import workspace_of


def add_organization(
    connection: Connection, organization_id: int, name: str, at: int, owner_id: int | None = None
) -> None:
    connection.execute(
        insert(organizations).values(
            organization_id=organization_id,
            name=name,
            owner_id=owner_id,
            created_at=at,
            updated_at=at,
        )
    )


def put_organization(connection: Connection, organization: Organization) -> None:
    connection.execute(
        update(organizations)
        .where(organizations.c.organization_id == organization.organization_id)
        .values(
            name=organization.name,
            owner_id=organization.owner_id,
            updated_at=organization.updated_at,
        )
    )


def find_organization(connection: Connection, organization_id: int) -> Organization | None:
    row = connection.execute(
        select(organizations).where(organizations.c.organization_id == organization_id)
    ).one_or_none()
    return None if row is None else Organization(**row._mapping)  # noqa: SLF001  # SQLAlchemy's name for it


def workspaces_of(connection: Connection, organization_id: int) -> list[Workspace]:
    """By ascending id."""
    rows = connection.execute(
        select(workspaces)
        .where(workspaces.c.organization_id == organization_id)
        .order_by(workspaces.c.workspace_id)
    )
    return [workspace_of(row) for row in rows]


def lock_workspaces_of(connection: Connection, organization_id: int) -> None:
    """Who writes to several of them waits for whoever else does, in id order (PostgreSQL; SQLite has one writer)."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            select(workspaces.c.workspace_id)
            .where(workspaces.c.organization_id == organization_id)
            .order_by(workspaces.c.workspace_id)
            .with_for_update()
        ).all()
