"""People of a workspace: who they are, what they may, in which groups, and who is invited."""

from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import Response

from gnomon.model.account import Role
from gnomon.model.catalog import UserGroup
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.organizations import lock_workspaces_of
from gnomon.store.workspaces import Member
from gnomon.tracking import invitations
from gnomon.tracking.groups import add_group, change_shared_group, delete_group, seen_group
from gnomon.tracking.organizations import House, house_of
from gnomon.tracking.people import change_member, find_member, members_of
from gnomon.tracking.rates import RateKey
from gnomon.tracking.refusals import Forbidden
from gnomon.web.mails import invitation_mail, post
from gnomon.web.pages.frame import frame_of
from gnomon.web.pages.manage.rates import rate_box
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.rendering import html_response, render
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, View, Visit
from gnomon.web.track.calls import base_of, link_base

PEOPLE = f"{WORKSPACE}/people"
PERSON = f"{PEOPLE}/{{user_id}}"
GROUPS = f"{WORKSPACE}/groups"
GROUP = f"{GROUPS}/{{group_id}}"
ROLES = {"member": "Member", "admin": "Admin"}


def list_people(visit: Visit) -> View:
    return View("manage/people.html", _people(visit))


def _people(visit: Visit) -> dict[str, Any]:
    """A member sees names; addresses and who is invited are for admins."""
    actor = visit.actor
    members = members_of(actor)
    if not actor.is_admin and actor.workspace.only_admins_see_team_dashboard:
        members = [one for one in members if one.user_id == actor.user_id]
    members.sort(key=lambda one: (not one.is_active, one.account.name.casefold()))
    groups = load_nouns(visit.connection, actor.workspace_id, UserGroup)
    invited = invitations.open_invitations(_house(visit)) if actor.is_admin else []
    return {
        "title": "People",
        "members": members,
        "groups": sorted(groups, key=lambda one: one.name.casefold()),
        "invited": [one for one in invited if one.workspace_id == actor.workspace_id],
        "roles": ROLES,
        "sent": [],
    }


def _house(visit: Visit) -> House:
    return house_of(
        visit.connection, visit.account, visit.actor.workspace.organization_id, visit.now
    )


def invite(visit: Visit) -> Response:
    """The links are told here and nowhere else: the record keeps only their digests (D12.1)."""
    visit.actor.needs_admin()
    lock_workspaces_of(visit.connection, visit.actor.workspace.organization_id)
    role = Role.ADMIN if visit.form.text("role") == Role.ADMIN else Role.MEMBER
    emails = tuple(visit.form.text("emails").replace(",", " ").split())
    asked = invitations.Asked(emails=emails, roles={visit.actor.workspace_id: role})
    sent, messages = invitations.invite(_house(visit), asked)
    base = link_base(visit.services, base_of(visit.request))
    links = [(one.email, f"{base}/invitation/{one.code}") for one in sent]
    context = {**_people(visit), "sent": links, "messages": messages}
    html = render("manage/people.html", **frame_of(visit), **context)
    response = html_response(visit.request, html)
    response.background = _mails(visit, links)
    return response


def _mails(visit: Visit, links: list[tuple[str, str]]) -> BackgroundTask | None:
    if visit.services.send_mail is None or not visit.services.public_url:
        return None
    mails = [invitation_mail(visit.services, email, visit.account, link) for email, link in links]
    return post(visit.services, *mails)


def take_back(visit: Visit) -> Go:
    lock_workspaces_of(visit.connection, visit.actor.workspace.organization_id)
    invitations.take_back(_house(visit), visit.number("invitation"))
    return Go(f"{visit.home}/people", Notice("deleted"))


def _member(visit: Visit) -> Member:
    member = find_member(visit.actor, visit.number("user"), by_user=True)
    if member is None:
        raise NotFound
    return member


def show_person(visit: Visit) -> View:
    """For admins; to others a person is a name in a list."""
    actor, member = visit.actor, _member(visit)
    if not actor.is_admin:
        raise NotFound
    groups = load_nouns(visit.connection, actor.workspace_id, UserGroup)
    keys = [
        RateKey(kind=kind, level=RateLevel.WORKSPACE_USER, user_id=member.user_id)
        for kind in RateKind
    ]
    context = {
        "title": member.account.name,
        "member": member,
        "groups": [one.name for one in groups if member.user_id in one.user_ids],
        "rates": [rate_box(actor, key) for key in keys] if actor.sees_costs else [],
        "roles": ROLES,
    }
    return View("manage/person.html", context)


def change_person(visit: Visit) -> Go:
    member = _member(visit)
    change_member(visit.actor, member, {"role": visit.form.text("role") or None})
    return Go(f"{visit.home}/people/{member.user_id}", Notice("saved"))


def deactivate(visit: Visit) -> Go:
    member = _member(visit)
    change_member(visit.actor, member, {"inactive": True})
    return Go(f"{visit.home}/people", Notice("archived"))


def bring_back(visit: Visit) -> Go:
    member = _member(visit)
    change_member(visit.actor, member, {"inactive": False})
    return Go(f"{visit.home}/people/{member.user_id}", Notice("restored"))


def make_group(visit: Visit) -> Go:
    group = add_group(visit.actor, visit.form.text("name"))
    return Go(f"{visit.home}/groups/{group.user_group_id}", Notice("saved"))


def show_group(visit: Visit) -> View:
    if not visit.actor.is_admin:
        raise NotFound
    group = seen_group(visit.actor, visit.number("group"))
    members = [
        one for one in members_of(visit.actor) if one.is_active or one.user_id in group.user_ids
    ]
    members.sort(key=lambda one: one.account.name.casefold())
    return View("manage/group.html", {"title": group.name, "group": group, "members": members})


def change_group(visit: Visit) -> Go:
    """A group may be in several workspaces of the organization; who is in it is the same everywhere."""
    visit.actor.needs_admin()
    lock_workspaces_of(visit.connection, visit.actor.workspace.organization_id)
    group = seen_group(visit.actor, visit.number("group"))
    here = {one.user_id for one in members_of(visit.actor)}
    chosen = set(visit.form.numbers("user", "A person"))
    if not chosen <= here:
        raise Forbidden
    users = (set(group.user_ids) - here) | chosen
    given = {"name": visit.form.text("name"), "users": tuple(sorted(users))}
    change_shared_group(_house(visit), group.user_group_id, given)
    return Go(f"{visit.home}/groups/{group.user_group_id}", Notice("saved"))


def remove_group(visit: Visit) -> Go:
    delete_group(visit.actor, visit.number("group"))
    return Go(f"{visit.home}/people", Notice("deleted"))


PEOPLE_CHANGE = Touched.PEOPLE
BOTH = Touched.PEOPLE | Touched.CATALOG
ROWS = (
    PageRow("GET", PEOPLE, list_people, "People, groups and invitations"),
    PageRow("POST", f"{PEOPLE}/invite", invite, "Invite people", Touched.NO_COLUMN),
    PageRow(
        "POST",
        f"{PEOPLE}/invitations/{{invitation_id}}/delete",
        take_back,
        "Take an invitation back",
        Touched.NO_COLUMN,
    ),
    PageRow("GET", PERSON, show_person, "A person: role, groups, rates"),
    PageRow("POST", PERSON, change_person, "Change a role", PEOPLE_CHANGE),
    PageRow("POST", f"{PERSON}/archive", deactivate, "Deactivate somebody", BOTH | Touched.ENTRIES),
    PageRow("POST", f"{PERSON}/restore", bring_back, "Let somebody in again", PEOPLE_CHANGE),
    PageRow("GET", GROUPS, list_people, "The same: groups stand beside people"),
    PageRow("POST", GROUPS, make_group, "Make a group", BOTH),
    PageRow("GET", GROUP, show_group, "A group and its people"),
    PageRow("POST", GROUP, change_group, "Change a group", BOTH),
    PageRow("POST", f"{GROUP}/delete", remove_group, "Delete a group", BOTH),
)
