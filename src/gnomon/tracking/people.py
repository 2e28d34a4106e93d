"""Members of a workspace: roles, rates, deactivation and return."""

from collections.abc import Iterable, Mapping
from typing import Any

from gnomon.model.account import Membership, Role
from gnomon.model.rate import RateLevel
from gnomon.store.workspaces import Member, load_members, put_membership
from gnomon.tracking.actor import Actor
from gnomon.tracking.entries import stop_running_here
from gnomon.tracking.rates import AMOUNTS, RateKey, RateMode, set_given_rate
from gnomon.tracking.refusals import BadChange, LastAdmin

Given = Mapping[str, Any]
ROLES = {"admin": Role.ADMIN, "user": Role.MEMBER, "member": Role.MEMBER}


def members_of(actor: Actor) -> list[Member]:
    """Deactivated ones, too, by ascending user id."""
    return load_members(actor.connection, actor.workspace_id)


def find_member(actor: Actor, number: int, *, by_user: bool = False) -> Member | None:
    """By the number of the membership, or by the user's."""
    for member in members_of(actor):
        if number == (member.user_id if by_user else member.workspace_user_id):
            return member
    return None


def change_member(actor: Actor, member: Member, given: Given) -> None:
    """Only what is given changes; the last active admin stays one."""
    actor.needs_admin()
    if given.get("working_hours_in_minutes") is not None:
        raise BadChange("working_hours_in_minutes is not supported")
    role = _role(given)
    inactive = given.get("inactive")
    changed = Membership(
        workspace_id=actor.workspace_id,
        user_id=member.user_id,
        role=member.role if role is None else role,
        is_active=member.is_active if inactive is None else not inactive,
        updated_at=actor.now,
    )
    _keep_an_admin(members_of(actor), changed)
    put_membership(actor.connection, changed)
    if not changed.is_active:
        stop_running_here(actor, member.user_id)
    posted = given.get("postedFields") or ()
    for name, kind in AMOUNTS.items():
        if name in given or name in posted:
            key = RateKey(kind=kind, level=RateLevel.WORKSPACE_USER, user_id=member.user_id)
            set_given_rate(actor, key, (name, given), RateMode.START_TODAY)


def deactivate(actor: Actor, member: Member) -> None:
    """He cannot look in any more; his time stays where it is."""
    change_member(actor, member, {"inactive": True})


def _role(given: Given) -> Role | None:
    name, admin = given.get("role"), given.get("admin")
    if given.get("role_id") is not None and admin is not None:
        raise BadChange("Cannot use both admin flags and role_id.")
    if given.get("role_id") is not None or (name is not None and name not in ROLES):
        raise BadChange("Invalid role_id.")
    if name is not None:
        return ROLES[name]
    if admin is None:
        return None
    return Role.ADMIN if admin else Role.MEMBER


def _keep_an_admin(members: Iterable[Member], changed: Membership) -> None:
    if changed.is_active and changed.role is Role.ADMIN:
        return
    others = (one for one in members if one.user_id != changed.user_id)
    if not any(one.is_active and one.role is Role.ADMIN for one in others):
        raise LastAdmin
