"""People of workspaces and organizations, groups, invitations and rates on the wire (track-api-v9.md, A.3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gnomon.model.account import Account, Invitation, Role
from gnomon.model.catalog import UserGroup
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.store.workspaces import Member
from gnomon.tracking.actor import Actor
from gnomon.tracking.groups import Patch, SharedGroup
from gnomon.tracking.invitations import Inviting, Sent
from gnomon.tracking.organizations import House
from gnomon.tracking.rates import RateKey
from gnomon.units.dates import day_number
from gnomon.wire.track_v9.catalog import Prices, amount
from gnomon.wire.track_v9.fields import micro_text, utc_text
from gnomon.wire.track_v9.me import role_name

SECONDS_PER_DAY = 86_400


def user_json(member: Member) -> dict[str, Any]:
    """`models.SimpleWorkspaceUser`."""
    return {
        "id": member.user_id,
        "fullname": member.account.name,
        "email": member.account.email,
        "is_active": True,
        "is_admin": member.role is Role.ADMIN,
        "inactive": not member.is_active,
        "role": role_name(member.role),
    }


def _prices_of(prices: Prices, user_id: int) -> dict[str, Any]:
    level = RateLevel.WORKSPACE_USER
    rate, rate_set_at = prices.of(RateKey(kind=RateKind.BILLABLE, level=level, user_id=user_id))
    cost, cost_set_at = prices.of(RateKey(kind=RateKind.LABOUR_COST, level=level, user_id=user_id))
    return {
        "rate": rate,
        "rate_last_updated": rate_set_at,
        "labor_cost": cost,
        "labor_cost_last_updated": cost_set_at,
    }


def workspace_user_json(
    actor: Actor,
    member: Member,
    groups: Iterable[UserGroup],
    prices: Prices,
    *,
    is_organization_admin: bool,
) -> dict[str, Any]:
    is_admin = member.role is Role.ADMIN
    return {
        "id": member.workspace_user_id,
        "uid": member.user_id,
        "user_id": member.user_id,
        "wid": actor.workspace_id,
        "workspace_id": actor.workspace_id,
        "name": member.account.name,
        "email": member.account.email,
        "admin": is_admin,
        "workspace_admin": is_admin,
        "organization_admin": is_organization_admin,
        "role": role_name(member.role),
        "active": True,
        "inactive": not member.is_active,
        "at": utc_text(member.updated_at),
        "timezone": member.account.timezone,
        "group_ids": [one.user_group_id for one in groups if member.user_id in one.user_ids],
        **_prices_of(prices, member.user_id),
        "working_hours_in_minutes": None,
        "is_direct": True,
        "avatar_file_name": None,
        "invite_url": None,
        "invitation_code": None,
        "2fa_enabled": False,
        "role_id": None,
        "view_edit_billable_rates": None,
        "view_edit_labor_costs": None,
    }


@dataclass(frozen=True, slots=True)
class Place:
    """A person in one workspace of an organization."""

    actor: Actor
    member: Member
    groups: tuple[UserGroup, ...]
    prices: Prices


def organization_user_json(
    house: House, account: Account, places: Sequence[Place], picture: str
) -> dict[str, Any]:
    groups = {one.user_group_id: one.name for place in places for one in place.groups}
    return {
        **_nobody(house, picture),
        "id": account.user_id,
        "user_id": account.user_id,
        "name": account.name,
        "email": account.email,
        "admin": bool(places) and all(place.member.role is Role.ADMIN for place in places),
        "owner": house.organization.owner_id == account.user_id,
        "inactive": not any(place.member.is_active for place in places),
        "joined": True,
        "workspace_count": len(places),
        "workspaces": [_place_json(place) for place in places],
        "groups": [{"group_id": one, "name": name} for one, name in groups.items()],
    }


def _nobody(house: House, picture: str) -> dict[str, Any]:
    return {
        "id": None,
        "user_id": None,
        "name": None,
        "email": None,
        "admin": False,
        "owner": False,
        "inactive": False,
        "joined": False,
        "organization_id": house.organization.organization_id,
        "workspace_count": 0,
        "workspaces": [],
        "groups": [],
        "invitation_id": None,
        "avatar_url": picture,
        "can_edit_email": False,
        "2fa_enabled": False,
        "role_id": None,
    }


def _place_json(place: Place) -> dict[str, Any]:
    workspace, member = place.actor.workspace, place.member
    prices = _prices_of(place.prices, member.user_id)
    return {
        "workspace_id": workspace.workspace_id,
        "workspace_name": workspace.name,
        "workspace_user_id": member.workspace_user_id,
        "active": True,
        "admin": member.role is Role.ADMIN,
        "role": role_name(member.role),
        "role_id": None,
        "inactive": not member.is_active,
        "rate": prices["rate"],
        "cost": prices["labor_cost"],
        "default_currency": workspace.default_currency,
        "groups": [{"group_id": one.user_group_id, "name": one.name} for one in place.groups],
        "view_edit_billable_rates": None,
        "view_edit_labor_costs": None,
        "working_hours": None,
    }


def invited_json(house: House, invitations: Sequence[Invitation], picture: str) -> dict[str, Any]:
    """Somebody who has not come yet."""
    names = {actor.workspace_id: actor.workspace for actor in house.actors}
    return {
        **_nobody(house, picture),
        "id": invitations[0].invitation_id,
        "name": invitations[0].email,
        "email": invitations[0].email,
        "invitation_id": invitations[0].invitation_id,
        "workspace_count": len(invitations),
        "workspaces": [
            {
                "workspace_id": one.workspace_id,
                "workspace_name": names[one.workspace_id].name,
                "workspace_user_id": None,
                "active": False,
                "admin": one.role is Role.ADMIN,
                "role": role_name(one.role),
                "inactive": False,
            }
            for one in invitations
        ],
    }


def shared_group_json(
    group: SharedGroup, people: Mapping[int, Member], picture: str
) -> dict[str, Any]:
    return {
        "group_id": group.user_group_id,
        "name": group.name,
        "at": micro_text(group.updated_at),
        "workspaces": list(group.workspace_ids),
        "users": [
            {
                "user_id": user_id,
                "name": people[user_id].account.name,
                "avatar_url": picture,
                "joined": True,
                "inactive": not people[user_id].is_active,
            }
            for user_id in group.user_ids
            if user_id in people
        ],
        "permissions": None,
    }


def group_patches_json(told: Iterable[tuple[Patch, str | None]]) -> dict[str, Any]:
    success, failure = [], []
    for patch, message in told:
        shown = {"op": patch.op, "path": patch.path, "value": list(patch.values)}
        if message is None:
            success.append(shown)
        else:
            failure.append({"patch": shown, "message": message})
    return {"success": success, "failure": failure}


def group_json(workspace_id: int, group: UserGroup) -> dict[str, Any]:
    return {
        "id": group.user_group_id,
        "workspace_id": workspace_id,
        "name": group.name,
        "at": micro_text(group.updated_at),
        "has_users": bool(group.user_ids),
        "permissions": None,
    }


def sent_json(house: House, sent: Iterable[Sent], messages: Sequence[str], base: str) -> Any:
    """With the links, so that they can be handed on where no mail is set up."""
    return {
        "data": [
            {
                "email": one.email,
                "invitation_id": one.invitation_id,
                "invite_url": f"{base}/invitation/{one.code}",
                "organization_id": house.organization.organization_id,
                "recipient_id": None,
                "sender_id": house.account.user_id,
                "workspaces": [
                    {"workspace_id": workspace_id, "user_id": None, "workspace_user_id": None}
                    for workspace_id in one.workspace_ids
                ],
            }
            for one in sent
        ],
        "messages": list(messages),
        "invitations": [],
    }


def inviting_json(inviting: Inviting) -> dict[str, Any]:
    sender = inviting.sender
    return {
        "email": inviting.email,
        "organization_id": inviting.organization_id,
        "organization_name": inviting.organization_name,
        "sender_name": sender.name if sender else None,
        "sender_email": sender.email if sender else None,
        "has_account": inviting.has_account,
    }


def rates_json(workspace_id: int, rates: Sequence[Rate], level_ids: Mapping[str, int]) -> list[Any]:
    """A history; each step ends where the next begins. `level_ids`: the wire's number of what the rates hang on."""
    ends = [*(rate.start_day for rate in rates[1:]), None][: len(rates)]
    return [
        {
            "id": rate.rate_id,
            "amount": amount(rate.hourly_rate_cents),
            "start": None if rate.start_day is None else _midnight(day_number(rate.start_day)),
            "end": None if end is None else _midnight(day_number(end)),
            "type": "billable_rates" if rate.kind is RateKind.BILLABLE else "labor_costs",
            "workspace_id": workspace_id,
            "project_id": level_ids.get("project_id"),
            "project_user_id": level_ids.get("project_user_id"),
            "workspace_user_id": level_ids.get("workspace_user_id"),
            "planned_task_id": level_ids.get("task_id"),
            "creator_id": rate.creator_id,
            "created_at": utc_text(rate.created_at),
            "updated_at": utc_text(rate.created_at),
            "deleted_at": None,
            "rate_change_mode": None,
        }
        for rate, end in zip(rates, ends, strict=True)
    ]


def _midnight(day: int) -> str:
    return utc_text(day * SECONDS_PER_DAY, "Z")
