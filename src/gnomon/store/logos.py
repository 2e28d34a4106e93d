"""The logos of workspaces, apart from their rows: read by printed reports only."""

from sqlalchemy import Connection, delete, insert, select

from gnomon.model.logo import logo_suffix
from gnomon.store.changes import Touched, take_change
from gnomon.store.schema import workspace_logos


def read_logo(connection: Connection, workspace_id: int) -> bytes | None:
    image: bytes | None = connection.scalar(
        select(workspace_logos.c.image).where(workspace_logos.c.workspace_id == workspace_id)
    )
    return image


def put_logo(connection: Connection, workspace_id: int, image: bytes | None, at: int) -> None:
    """None takes it away; raises `BadData` for what is no logo and `WorkspaceHidden` where there is no workspace."""
    if image is not None:
        logo_suffix(image)
    take_change(connection, workspace_id, Touched.WORKSPACE, at)
    connection.execute(
        delete(workspace_logos).where(workspace_logos.c.workspace_id == workspace_id)
    )
    if image is not None:
        connection.execute(insert(workspace_logos).values(workspace_id=workspace_id, image=image))
