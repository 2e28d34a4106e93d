"""Who is on which project, each with a number of its own, and whose projects stand at the top of his list."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from gnomon.model.catalog import ProjectGroup, ProjectUser
from gnomon.store.ids import new_id
from gnomon.store.schema import project_groups, project_pins, project_users


def load_project_users(
    connection: Connection, workspace_id: int, user_id: int | None = None
) -> list[ProjectUser]:
    """By ascending number; of one person where `user_id` is given."""
    question = select(project_users).where(project_users.c.workspace_id == workspace_id)
    if user_id is not None:
        question = question.where(project_users.c.user_id == user_id)
    rows = connection.execute(question.order_by(project_users.c.project_user_id))
    return [
        ProjectUser(
            project_user_id=row.project_user_id,
            project_id=row.project_id,
            user_id=row.user_id,
            is_manager=row.is_manager,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


def add_project_user(
    connection: Connection,
    workspace_id: int,
    pair: tuple[int, int],
    at: int,
    *,
    is_manager: bool = False,
) -> ProjectUser:
    """`pair`: project and person, who is not on it yet."""
    project_id, user_id = pair
    made = ProjectUser(
        project_user_id=new_id(connection, "project_user"),
        project_id=project_id,
        user_id=user_id,
        is_manager=is_manager,
        updated_at=at,
    )
    connection.execute(
        insert(project_users).values(
            workspace_id=workspace_id,
            project_id=project_id,
            user_id=user_id,
            project_user_id=made.project_user_id,
            is_manager=is_manager,
            updated_at=at,
        )
    )
    return made


def put_project_user(connection: Connection, workspace_id: int, changed: ProjectUser) -> None:
    connection.execute(
        update(project_users)
        .where(_user(workspace_id, changed.project_user_id))
        .values(is_manager=changed.is_manager, updated_at=changed.updated_at)
    )


def remove_project_user(connection: Connection, workspace_id: int, project_user_id: int) -> None:
    connection.execute(delete(project_users).where(_user(workspace_id, project_user_id)))


def _user(workspace_id: int, project_user_id: int) -> ColumnElement[bool]:
    return (project_users.c.workspace_id == workspace_id) & (
        project_users.c.project_user_id == project_user_id
    )


def load_project_groups(connection: Connection, workspace_id: int) -> list[ProjectGroup]:
    """By ascending number."""
    rows = connection.execute(
        select(project_groups)
        .where(project_groups.c.workspace_id == workspace_id)
        .order_by(project_groups.c.project_group_id)
    )
    return [
        ProjectGroup(
            project_group_id=row.project_group_id,
            project_id=row.project_id,
            user_group_id=row.user_group_id,
        )
        for row in rows
    ]


def add_project_group(
    connection: Connection, workspace_id: int, project_id: int, user_group_id: int
) -> ProjectGroup:
    made = ProjectGroup(
        project_group_id=new_id(connection, "project_group"),
        project_id=project_id,
        user_group_id=user_group_id,
    )
    connection.execute(
        insert(project_groups).values(
            workspace_id=workspace_id,
            project_id=project_id,
            user_group_id=user_group_id,
            project_group_id=made.project_group_id,
        )
    )
    return made


def remove_project_group(connection: Connection, workspace_id: int, project_group_id: int) -> None:
    connection.execute(
        delete(project_groups).where(
            project_groups.c.workspace_id == workspace_id,
            project_groups.c.project_group_id == project_group_id,
        )
    )


def pinned_projects(connection: Connection, workspace_id: int, user_id: int) -> set[int]:
    return set(
        connection.scalars(select(project_pins.c.project_id).where(_pin(workspace_id, user_id)))
    )


def pin_project(
    connection: Connection, workspace_id: int, user_id: int, project_id: int, *, pinned: bool
) -> None:
    here = _pin(workspace_id, user_id) & (project_pins.c.project_id == project_id)
    connection.execute(delete(project_pins).where(here))
    if pinned:
        connection.execute(
            insert(project_pins).values(
                workspace_id=workspace_id, user_id=user_id, project_id=project_id
            )
        )


def _pin(workspace_id: int, user_id: int) -> ColumnElement[bool]:
    return (project_pins.c.workspace_id == workspace_id) & (project_pins.c.user_id == user_id)
