"""Invitations of the record: one row for each workspace that a link is for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from gnomon.model.account import Invitation, Role
from gnomon.store.interning import tag_ids_of, tag_set_text
from gnomon.store.schema import invitations
from gnomon.store.sessions import code_digest


def add_invitations(connection: Connection, new: Sequence[Invitation]) -> None:
    connection.execute(
        insert(invitations),
        [
            {
                "workspace_id": one.workspace_id,
                "invitation_id": one.invitation_id,
                "email": one.email,
                "role": str(one.role),
                "user_group_ids": tag_set_text(one.user_group_ids),
                "code_digest": one.code_digest,
                "sender_id": one.sender_id,
                "created_at": one.created_at,
                "expires_at": one.expires_at,
            }
            for one in new
        ],
    )


def find_invitations(connection: Connection, code: str, at: int) -> list[Invitation]:
    """What a link is for; nothing once it was used, refused or is over."""
    return _found(
        connection,
        invitations.c.code_digest == code_digest(code),
        invitations.c.expires_at > at,
    )


def hold_invitation(connection: Connection, code: str) -> None:
    """Until the transaction ends nobody else uses it, on another server of the same PostgreSQL either."""
    wanted = select(invitations.c.invitation_id).where(
        invitations.c.code_digest == code_digest(code)
    )
    connection.execute(wanted.with_for_update())


def load_invitations(
    connection: Connection, workspace_ids: Sequence[int], at: int
) -> list[Invitation]:
    """The open ones of some workspaces."""
    return _found(
        connection, invitations.c.workspace_id.in_(workspace_ids), invitations.c.expires_at > at
    )


def remove_invitation(
    connection: Connection, invitation_id: int, workspace_ids: Sequence[int]
) -> None:
    """Used, refused or taken back."""
    connection.execute(
        delete(invitations).where(
            invitations.c.workspace_id.in_(workspace_ids),
            invitations.c.invitation_id == invitation_id,
        )
    )


def _found(connection: Connection, *clauses: ColumnElement[bool]) -> list[Invitation]:
    rows = connection.execute(
        select(invitations)
        .where(*clauses)
        .order_by(invitations.c.invitation_id, invitations.c.workspace_id)
    )
    return [_invitation_of(row) for row in rows]


def _invitation_of(row: Row[Any]) -> Invitation:
    return Invitation(
        workspace_id=row.workspace_id,
        invitation_id=row.invitation_id,
        email=row.email,
        role=Role(row.role),
        code_digest=row.code_digest,
        sender_id=row.sender_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        user_group_ids=tag_ids_of(row.user_group_ids),
    )
