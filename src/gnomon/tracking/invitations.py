"""Invitations: a link by which somebody joins workspaces, with an account that he has or that he makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from gnomon.model.account import Account, Invitation, Membership, Role
from gnomon.model.catalog import UserGroup
from gnomon.store.accounts import (
    find_account,
    find_account_by_email,
    folded_email,
    has_secrets,
)
from gnomon.store.catalog import find_nouns, put_nouns
from gnomon.store.changes import Touched, take_change
from gnomon.store.ids import new_id
from gnomon.store.invitations import (
    add_invitations,
    find_invitations,
    hold_invitation,
    load_invitations,
    remove_invitation,
)
from gnomon.store.onboarding import NewPerson, make_account
from gnomon.store.organizations import find_organization
from gnomon.store.secrets import SecretBox
from gnomon.store.sessions import code_digest, new_code
from gnomon.store.workspaces import (
    find_standing,
    find_workspace,
    load_members,
    put_membership,
    workspaces_of_user,
)
from gnomon.tracking.actor import Actor
from gnomon.tracking.organizations import House, writing
from gnomon.tracking.profile import checked_email
from gnomon.tracking.refusals import Absent, BadChange, Forbidden

DAYS_VALID = 14
EMAILS_MAX = 100
OPEN_MAX = 2_000
SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who shall be invited where, as what; `groups` where they are in one of the workspaces."""

    emails: tuple[str, ...]
    roles: dict[int, Role]
    group_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """One person's invitation and the code of his link, which is nowhere else."""

    email: str
    invitation_id: int
    code: str
    workspace_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inviting:
    """What an open link tells who looks at it."""

    invitations: tuple[Invitation, ...]
    organization_id: int
    organization_name: str
    sender: Account | None
    has_account: bool  # that must sign in to accept

    @property
    def email(self) -> str:
        return self.invitations[0].email


class InvitationAbsent(Absent):
    """Never sent, used, refused, taken back or too old."""

    def __init__(self) -> None:
        super().__init__("Invitation not found")


def invite(house: House, asked: Asked) -> tuple[list[Sent], list[str]]:
    """Who was invited, and a word on who is there already; all or nobody."""
    if not asked.emails:
        raise BadChange("at least one email is required")
    if len(asked.emails) > EMAILS_MAX:
        raise BadChange("Invitation limit reached (please try again later; or upgrade)")
    if not asked.roles:
        raise BadChange("at least one workspace is required")
    mine = {actor.workspace_id for actor in house.actors}
    if set(asked.roles) - mine:
        raise BadChange("invalid workspace ID")
    actors = house.admin_actors(set(asked.roles))
    emails = dict.fromkeys(_email(one) for one in asked.emails)
    _need_groups(actors, asked.group_ids)
    known = {actor.workspace_id: _members_by_email(actor) for actor in actors}
    open_ones = load_invitations(
        house.connection, [actor.workspace_id for actor in actors], house.now
    )
    if len(open_ones) > OPEN_MAX:
        raise BadChange("Invitation limit reached (please try again later; or upgrade)")
    for actor in actors:
        writing(actor, Touched.NO_COLUMN)
    sent, messages = [], []
    for email in emails:
        _end_earlier(house, open_ones, email)
        places = [actor for actor in actors if not _is_member(known[actor.workspace_id], email)]
        if places:
            sent.append(_send(house, email, places, asked))
        else:
            messages.append(f"{email} is already a member")
    return sent, messages


def _email(text: str) -> str:
    if not text.strip():
        raise BadChange("Missing e-mail")
    try:
        return checked_email(text)
    except BadChange:
        shown = text if text.isascii() and text.isprintable() and len(text) <= 100 else ""  # noqa: PLR2004
        raise BadChange(f"Invalid e-mail: '{shown}'") from None


def _members_by_email(actor: Actor) -> dict[str, bool]:
    """Whether they are active."""
    members = load_members(actor.connection, actor.workspace_id)
    return {folded_email(one.account.email): one.is_active for one in members if one.account.email}


def _is_member(known: dict[str, bool], email: str) -> bool:
    is_active = known.get(folded_email(email))
    if is_active is False:
        raise BadChange(
            f"User with e-mail '{email}' is already an inactive member of the organization"
        )
    return is_active is not None


def _end_earlier(house: House, open_ones: Sequence[Invitation], email: str) -> None:
    """Earlier links of the same person and workspaces die."""
    for old in open_ones:
        if folded_email(old.email) == folded_email(email):
            remove_invitation(house.connection, old.invitation_id, [old.workspace_id])


def _need_groups(actors: Sequence[Actor], group_ids: Sequence[int]) -> None:
    found: set[int] = set()
    for actor in actors:
        found |= set(find_nouns(actor.connection, actor.workspace_id, UserGroup, group_ids))
    if set(group_ids) - found:
        raise BadChange("Invalid group ID.")


def _send(house: House, email: str, places: Sequence[Actor], asked: Asked) -> Sent:
    invitation_id, code = new_id(house.connection, "invitation"), new_code()
    ids = [actor.workspace_id for actor in places]
    rows = [
        Invitation(
            workspace_id=actor.workspace_id,
            invitation_id=invitation_id,
            email=email,
            role=asked.roles[actor.workspace_id],
            code_digest=code_digest(code),
            sender_id=house.account.user_id,
            created_at=house.now,
            expires_at=house.now + DAYS_VALID * SECONDS_PER_DAY,
            user_group_ids=asked.group_ids,
        )
        for actor in places
    ]
    add_invitations(house.connection, rows)
    return Sent(email, invitation_id, code, tuple(ids))


def open_invitations(house: House) -> list[Invitation]:
    """Of the workspaces where the asker is admin."""
    ids = [actor.workspace_id for actor in house.actors if actor.is_admin]
    return load_invitations(house.connection, ids, house.now)


def take_back(house: House, invitation_id: int) -> None:
    if not any(actor.is_admin for actor in house.actors):
        raise Forbidden
    mine = [one for one in open_invitations(house) if one.invitation_id == invitation_id]
    if not mine:
        raise InvitationAbsent
    remove_invitation(house.connection, invitation_id, [one.workspace_id for one in mine])


def look_at(connection: Connection, code: str, now: int) -> Inviting:
    found = find_invitations(connection, code, now)
    if not found:
        raise InvitationAbsent
    workspace = find_workspace(connection, found[0].workspace_id)
    assert workspace is not None  # invitations hang on workspaces
    organization = find_organization(connection, workspace.organization_id)
    account = find_account_by_email(connection, found[0].email)
    return Inviting(
        tuple(found),
        workspace.organization_id,
        organization.name if organization else "",
        find_account(connection, found[0].sender_id),
        account is not None and not _is_claimable(connection, account, workspace.organization_id),
    )


def _is_claimable(connection: Connection, account: Account, organization_id: int) -> bool:
    """One that an import of this organization made and that nobody has used yet; all others belong to somebody."""
    return not has_secrets(connection, account.user_id) and all(
        place.organization_id == organization_id
        for place in workspaces_of_user(connection, account.user_id)
    )


def accept_as(connection: Connection, account: Account, code: str, now: int) -> None:
    """With the account that the invitation was sent to."""
    hold_invitation(connection, code)
    inviting = look_at(connection, code, now)
    if folded_email(account.email or "") != folded_email(inviting.email):
        raise Forbidden
    _join(connection, inviting, account.user_id, now)


def accept_new(
    connection: Connection, box: SecretBox, person: NewPerson, code: str, now: int
) -> int:
    """With a new account, or one that an import made and that has no password yet; returns the user id."""
    hold_invitation(connection, code)
    inviting = look_at(connection, code, now)
    if inviting.has_account:
        raise Forbidden
    user_id = make_account(connection, box, replace(person, email=inviting.email), now)
    _join(connection, inviting, user_id, now)
    return user_id


def _join(connection: Connection, inviting: Inviting, user_id: int, now: int) -> None:
    for one in inviting.invitations:
        take_change(connection, one.workspace_id, Touched.PEOPLE | Touched.CATALOG, now)
        _check_still_holds(connection, one, user_id)
        put_membership(
            connection,
            Membership(
                workspace_id=one.workspace_id,
                user_id=user_id,
                role=_role(connection, one, user_id),
                updated_at=now,
            ),
        )
        groups = find_nouns(connection, one.workspace_id, UserGroup, one.user_group_ids)
        joined = [
            replace(group, user_ids=(*group.user_ids, user_id), updated_at=now)
            for group in groups.values()
        ]
        put_nouns(connection, one.workspace_id, joined)
    ids = [one.workspace_id for one in inviting.invitations]
    remove_invitation(connection, inviting.invitations[0].invitation_id, ids)


def _check_still_holds(connection: Connection, one: Invitation, user_id: int) -> None:
    """Who invited must still be allowed to, and who was deactivated since does not come back by an old link."""
    sender = find_standing(connection, one.workspace_id, one.sender_id)
    if sender is None or sender.role is not Role.ADMIN:
        raise InvitationAbsent
    for member in load_members(connection, one.workspace_id):
        if member.user_id == user_id and not member.is_active:
            raise InvitationAbsent


def _role(connection: Connection, one: Invitation, user_id: int) -> Role:
    """An old invitation takes nobody's rights away."""
    for member in load_members(connection, one.workspace_id):
        if member.user_id == user_id and member.is_active:
            return Role.ADMIN if Role.ADMIN in (member.role, one.role) else Role.MEMBER
    return one.role


def refuse(connection: Connection, code: str, now: int) -> None:
    inviting = look_at(connection, code, now)
    ids = [one.workspace_id for one in inviting.invitations]
    remove_invitation(connection, inviting.invitations[0].invitation_id, ids)
