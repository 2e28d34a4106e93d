"""`me`: profile, preferences, tokens, and what of the asker's workspaces is his to see."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gnomon.model.account import Account
from gnomon.model.catalog import Tag
from gnomon.store.accounts import find_password_of
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.secrets import give_new_token, shown_token
from gnomon.store.workspaces import load_members, standings_of
from gnomon.tracking import profile as tracking
from gnomon.tracking.actor import Actor
from gnomon.tracking.seeing import seen_clients, seen_projects
from gnomon.tracking.tasks import seen_tasks
from gnomon.web.counting import quotas_of
from gnomon.web.track import entries, workspaces
from gnomon.web.track.calls import EMPTY, Call, Row
from gnomon.web.track.paths import ME, V9
from gnomon.web.track.projects import project_view
from gnomon.web.track.tasks import task_view
from gnomon.wire.track_v9.catalog import client_json, project_json, tag_json, task_json
from gnomon.wire.track_v9.me import (
    Profile,
    features_json,
    profile_json,
    with_authorization,
    workspace_json,
)
from gnomon.wire.track_v9.preferences import PREFERENCES, preferences_json
from gnomon.wire.track_v9.queries import flag, integer

PER_PAGE, PER_PAGE_MAX = 201, 10_000


def actors_of(call: Call) -> list[Actor]:
    """The asker in each of his workspaces."""
    return [
        Actor(
            connection=call.connection,
            account=call.account,
            workspace=standing.workspace,
            role=standing.role,
            now=call.now,
        )
        for standing in standings_of(call.connection, call.account.user_id)
    ]


def _profile(call: Call, account: Account) -> Profile:
    mine = [actor.workspace_id for actor in actors_of(call)]
    default = account.default_workspace_id
    return Profile(
        account=account,
        api_token=shown_token(call.connection, call.services.box, account.user_id),
        has_password=find_password_of(call.connection, account.user_id) is not None,
        default_workspace_id=default if default in mine else next(iter(mine), None),
        base=call.base,
    )


def read_me(call: Call) -> Any:
    told = profile_json(_profile(call, call.account))
    if flag(call.query, "with_related_data"):
        told |= {
            "tags": list_tags(call) or None,
            "clients": list_clients(call) or None,
            "time_entries": entries.list_entries(replace(call, query=type(call.query)())) or None,
            "projects": _all_projects(call) or None,
            "tasks": list_tasks(call) or None,
            "workspaces": list_workspaces(call),
        }
    return with_authorization(told, call.account)


def told_profile(call: Call, account: Account) -> dict[str, Any]:
    """As an answer to a change."""
    return profile_json(_profile(call, account), is_answer_to_change=True)


def list_workspaces(call: Call) -> Any:
    since = integer(call.query, "since")
    return [
        {
            **workspace_json(actor, workspaces.logo_url(call, actor.workspace_id)),
            "active_project_count": sum(one.is_active for one in seen_projects(actor)),
        }
        for actor in actors_of(call)
        if since is None or max(actor.workspace.updated_at, _joined_at(call, actor)) >= since
    ]


def _joined_at(call: Call, actor: Actor) -> int:
    """When somebody last came, went or got another role."""
    members = load_members(call.connection, actor.workspace_id)
    return max((one.updated_at for one in members), default=0)


def list_clients(call: Call) -> Any:
    """With `since` also those that were deleted since."""
    since = integer(call.query, "since")
    return [
        client_json(actor.workspace_id, one, tells_deleted=since is not None)
        for actor in actors_of(call)
        for one in seen_clients(actor, with_deleted=since is not None)
        if since is None or one.updated_at >= since
    ]


def list_projects(call: Call) -> Any:
    """Active ones; all with `include_archived`, and those changed or deleted since with `since`."""
    since = integer(call.query, "since")
    takes_all = flag(call.query, "include_archived") or since is not None
    return _projects(
        call,
        since,
        lambda one: takes_all or one.is_active,
    )


def _all_projects(call: Call) -> Any:
    return _projects(call, None, lambda _: True)


def _projects(call: Call, since: int | None, wants: Callable[[Any], bool]) -> list[dict[str, Any]]:
    told = []
    for actor in actors_of(call):
        view = project_view(call, actor, counts=True)
        told += [
            project_json(one, view)
            for one in seen_projects(actor, with_deleted=since is not None)
            if wants(one) and (since is None or one.updated_at >= since)
        ]
    return told


def list_projects_by_page(call: Call) -> Any:
    """By ascending number, from `start_project_id` on."""
    first = integer(call.query, "start_project_id") or 0
    per_page = integer(call.query, "per_page", 1, PER_PAGE_MAX) or PER_PAGE
    since = integer(call.query, "since")
    told = _projects(call, since, lambda one: one.project_id >= first)
    return sorted(told, key=lambda one: one["id"])[:per_page]


def list_tags(call: Call) -> Any:
    since = integer(call.query, "since")
    return [
        tag_json(actor.workspace_id, one)
        for actor in actors_of(call)
        for one in load_nouns(
            call.connection, actor.workspace_id, Tag, with_deleted=since is not None
        )
        if since is None or one.updated_at >= since
    ]


def list_tasks(call: Call) -> Any:
    """What is to be done; everything with `include_not_active`, and what was changed or deleted since with `since`."""
    since = integer(call.query, "since")
    takes_all = flag(call.query, "include_not_active") or since is not None
    first = integer(call.query, "offset") or 0
    per_page = integer(call.query, "per_page", 1, PER_PAGE_MAX)
    told: list[dict[str, Any]] = []
    for actor in actors_of(call):
        view = task_view(call, actor)
        told += [
            task_json(one, view, with_names=flag(call.query, "meta"))
            for one in seen_tasks(actor, with_deleted=since is not None)
            if (takes_all or (one.is_active and view.projects[one.project_id].is_active))
            and (since is None or one.updated_at >= since)
        ]
    return told[first : None if per_page is None else first + per_page]


def read_features(call: Call) -> Any:
    return features_json(actor.workspace for actor in actors_of(call))


def read_preferences(call: Call) -> Any:
    return preferences_json(call.account)


def change_preferences(call: Call) -> Any:
    account = tracking.change_preferences(call.connection, call.account, call.given, call.now)
    return preferences_json(account)


def read_logged(call: Call) -> Any:  # noqa: ARG001
    """The answer itself says that the credentials are right."""
    return EMPTY


def read_id(call: Call) -> Any:
    return call.account.user_id


def read_location(call: Call) -> Any:  # noqa: ARG001
    """Nobody is looked up by his address here."""
    return {
        "city": "",
        "city_lat_long": "",
        "country_code": "",
        "country_name": "",
        "state": "",
    }


def read_quota(call: Call) -> Any:
    """Nothing where nothing is counted."""
    if not call.services.emulates_quota:
        return []
    return [
        {
            "organization_id": one.organization_id,
            "remaining": one.remaining,
            "resets_in_secs": one.resets_in_seconds,
            "total": one.total,
        }
        for one in quotas_of(call.connection, call.services, call.account)
    ]


def reset_token(call: Call) -> Any:
    """The old one dies with this."""
    return give_new_token(call.connection, call.services.box, call.account.user_id)


ROWS = (
    Row("GET", ME, read_me, "Who I am"),
    Row("GET", f"{ME}/id", read_id, "My number"),
    Row("GET", f"{ME}/logged", read_logged, "Are my credentials right?"),
    Row("GET", f"{ME}/location", read_location, "Where I am; nobody is looked up"),
    Row("GET", f"{ME}/features", read_features, "What my workspaces can do"),
    Row("GET", f"{ME}/quota", read_quota, "What is left of an emulated quota"),
    Row("GET", f"{ME}/preferences", read_preferences, "How I like to see things"),
    Row("GET", f"{ME}/workspaces", list_workspaces, "My workspaces"),
    Row("GET", f"{V9}/workspaces", list_workspaces, "My workspaces, as of old"),
    Row("GET", f"{ME}/clients", list_clients, "Clients of all my workspaces"),
    Row("GET", f"{ME}/projects", list_projects, "Projects of all my workspaces"),
    Row("GET", f"{ME}/projects/paginated", list_projects_by_page, "The same by page"),
    Row("GET", f"{ME}/tags", list_tags, "Tags of all my workspaces"),
    Row("GET", f"{ME}/tasks", list_tasks, "Tasks of all my workspaces"),
    Row(
        "POST",
        f"{ME}/preferences",
        change_preferences,
        "Change how I like to see things",
        PREFERENCES,
        Touched.PEOPLE,
        locks_account=True,
    ),
    Row(
        "POST",
        f"{ME}/reset_token",
        reset_token,
        "A new API token; the old one dies",
        touched=Touched.PEOPLE,
        locks_account=True,
    ),
)
