"""One thing of each kind and each fate: one's own, foreign, archived, deleted, unknown, hidden.

Names tell who must never read them: CANARY is the other workspace's, AGENCYSECRET the agency's, HIDDEN what is in
a private project that Bo is not on.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.track.asking import ADA, AGENCY, BO, CLEO, ORGANIZATIONS, OTHER, UNKNOWN, Asker
from tests.track.matrix_recipes import NEW_ENTRY, NEW_REPORT

UNKNOWN_CODE = "x" * 43
Ids = dict[str, list[Any]]


@dataclass
class Things:
    """Ids by kind; `own` by person."""

    own: dict[int, dict[str, Any]] = field(default_factory=dict)
    foreign: Ids = field(default_factory=dict)
    archived: Ids = field(default_factory=dict)
    deleted: Ids = field(default_factory=dict)
    hidden: Ids = field(default_factory=dict)

    def absent_for(self, user_id: int, kind: str) -> dict[str, list[Any]]:
        """What must answer as if it did not exist, by fate; the unknown first."""
        unknown = UNKNOWN_CODE if kind == "code" else UNKNOWN
        absent = {
            "unknown": [unknown],
            "foreign": self.foreign.get(kind, []),
            "deleted": self.deleted.get(kind, []),
        }
        if user_id == BO:
            absent["hidden"] = self.hidden.get(kind, [])
        return absent


def prepare(agency: Asker) -> Things:
    """Fill both workspaces through the API, as their people would."""
    things = Things()
    things.own[ADA] = furnish(agency, AGENCY, ADA, "AGENCYSECRET")
    things.own[BO] = things.own[ADA] | furnish_bo(agency, things.own[ADA])
    foreign = furnish(agency, OTHER, CLEO, "CANARY")
    things.foreign = {kind: [number] for kind, number in foreign.items()}
    things.foreign["project_id"].append(60)
    things.foreign["time_entry_id"].append(200)
    things.foreign.pop("code")  # who has the code is invited
    things.archived = archive(agency, things.own[ADA])
    things.own[ADA]["archived_client_id"] = things.archived["client_id"][0]
    things.own[BO]["archived_client_id"] = things.archived["client_id"][0]
    things.deleted = delete_one_of_each(agency, things.own)
    things.hidden = hide(agency)
    share_with_reports(things)
    things.hidden["time_entry_id"] += [things.own[ADA]["time_entry_id"], 106, 107]
    things.hidden["report_id"] = [things.own[ADA]["report_id"]]
    return things


def share_with_reports(things: Things) -> None:
    """Reports show a member more entries than v9 does: hidden there are only those of hidden projects."""
    things.foreign["reported_id"] = things.foreign["time_entry_id"]
    things.deleted["reported_id"] = things.deleted["time_entry_id"]
    things.hidden["reported_id"] = [*things.hidden["time_entry_id"], 102]


def furnish(agency: Asker, workspace_id: int, user_id: int, word: str) -> dict[str, Any]:
    """One of everything in a workspace, made by its admin."""
    home = f"/workspaces/{workspace_id}"
    made = furnish_project(agency, workspace_id, user_id, word)
    client = agency.post(f"{home}/clients", {"name": f"{word} client"}, user_id)
    tag = agency.post(f"{home}/tags", {"name": f"{word} tag"}, user_id)
    group = make_group(agency, workspace_id, user_id, f"{word} group")
    second = new_project(agency, workspace_id, user_id, f"{word} second")
    report = agency.post(f"{home}/reports/shared", {**NEW_REPORT, "name": word}, user_id)
    plan = {"bookmark_id": report["id"], "frequency": 7, "user_ids": [user_id], "group_ids": []}
    schedule = agency.post(f"{home}/scheduled_reports", plan, user_id)
    invitation_id, code = invite(agency, workspace_id, user_id, f"{word.lower()}@invited.example")
    people = agency.get(f"{home}/workspace_users", user_id)
    target = BO if user_id == ADA else user_id
    return made | {
        "workspace_id": workspace_id,
        "organization_id": ORGANIZATIONS[workspace_id],
        "client_id": client["id"],
        "tag_id": tag["id"],
        "group_id": group,
        "project_group_id": link_group(agency, workspace_id, user_id, second, group),
        "user_id": target,
        "workspace_user_id": next(one["id"] for one in people if one["user_id"] == target),
        "report_id": report["id"],
        "schedule_id": schedule["report_id"],
        "invitation_id": invitation_id,
        "code": code,
        "running_id": 107 if user_id == ADA else made["time_entry_id"],
    }


def furnish_bo(agency: Asker, ada: dict[str, Any]) -> dict[str, Any]:
    """What a member can have: a project of which he is the manager, with all that is in it."""
    made = furnish_project(agency, AGENCY, BO, "AGENCYSECRET of Bo")
    report = agency.post(f"/workspaces/{AGENCY}/reports/shared", NEW_REPORT, BO)
    return made | {
        "report_id": report["id"],
        "running_id": made["time_entry_id"],
        "code": ada["code"],
    }


def furnish_project(agency: Asker, workspace_id: int, user_id: int, word: str) -> dict[str, Any]:
    """A public project, a task and an entry in it, and its maker's place on it."""
    project = new_project(agency, workspace_id, user_id, f"{word} project")
    return {"project_id": project} | fill_project(agency, workspace_id, user_id, word, project)


def fill_project(
    agency: Asker, workspace_id: int, user_id: int, word: str, project_id: int
) -> dict[str, Any]:
    home = f"/workspaces/{workspace_id}"
    task = agency.post(f"{home}/projects/{project_id}/tasks", {"name": f"{word} task"}, user_id)
    entry = {**NEW_ENTRY, "description": f"{word} entry", "project_id": project_id}
    tracked = agency.post(f"{home}/time_entries", entry, user_id)
    on_it = agency.get(f"{home}/project_users", user_id, project_ids=project_id)
    places = [one["id"] for one in on_it if one["user_id"] == user_id]
    return {
        "task_id": task["id"],
        "time_entry_id": tracked["id"],
        "project_user_id": places[0],
    }


def new_project(agency: Asker, workspace_id: int, user_id: int, name: str, **more: Any) -> int:
    body = {"name": name, "active": True, "is_private": False, **more}
    return agency.post(f"/workspaces/{workspace_id}/projects", body, user_id)["id"]


def make_group(agency: Asker, workspace_id: int, user_id: int, name: str) -> int:
    body = {"name": name, "users": [user_id], "workspaces": [workspace_id]}
    path = f"/organizations/{ORGANIZATIONS[workspace_id]}/groups"
    return agency.post(path, body, user_id)["group_id"]


def link_group(agency: Asker, workspace_id: int, user_id: int, project_id: int, group: int) -> int:
    """Put a group on a project; the listing tells the id of the link."""
    home = f"/workspaces/{workspace_id}/project_groups"
    agency.post(home, {"project_id": project_id, "group_id": group}, user_id)
    links = agency.get(home, user_id, project_ids=project_id)
    return next(one["id"] for one in links if one["group_id"] == group)


def invite(agency: Asker, workspace_id: int, user_id: int, email: str) -> tuple[int, str]:
    body = {
        "emails": [email],
        "workspaces": [{"workspace_id": workspace_id, "role": "user"}],
        "skip_email": True,
    }
    path = f"/organizations/{ORGANIZATIONS[workspace_id]}/invitations"
    (made,) = agency.post(path, body, user_id)["data"]
    return made["invitation_id"], made["invite_url"].rsplit("/", 1)[-1]


def archive(agency: Asker, own: dict[str, Any]) -> Ids:
    """Things that are put away, and the deactivated Gone."""
    home = f"/workspaces/{AGENCY}"
    project = new_project(agency, AGENCY, ADA, "AGENCYSECRET archived")
    task = agency.post(f"{home}/projects/{project}/tasks", {"name": "AGENCYSECRET in archive"})
    agency.put(f"{home}/projects/{project}", {"active": False})
    client = agency.post(f"{home}/clients", {"name": "AGENCYSECRET old"})["id"]
    agency.post(f"{home}/clients/{client}/archive")
    done = agency.post(f"{home}/projects/{own['project_id']}/tasks", {"name": "AGENCYSECRET done"})
    agency.put(f"{home}/projects/{own['project_id']}/tasks/{done['id']}", {"active": False})
    people = agency.get(f"{home}/workspace_users")
    gone = next(one["id"] for one in people if one["user_id"] == 4)
    return {
        "project_id": [project],
        "task_id": [done["id"], task["id"]],
        "client_id": [client],
        "user_id": [4],
        "workspace_user_id": [gone],
    }


def delete_one_of_each(agency: Asker, owns: dict[int, dict[str, Any]]) -> Ids:
    """Make what is deleted at once; its id is remembered."""
    home, own = f"/workspaces/{AGENCY}", owns[ADA]
    house = f"/organizations/{ORGANIZATIONS[AGENCY]}"
    word = "AGENCYSECRET deleted"
    lost = furnish_project(agency, AGENCY, ADA, word)
    link = link_group(agency, AGENCY, ADA, own["project_id"], own["group_id"])
    body = {"project_id": own["project_id"], "user_id": BO}
    place = agency.post(f"{home}/project_users", body)["id"]
    tasks = f"{home}/projects/{own['project_id']}/tasks"
    task = agency.post(tasks, {"name": word})["id"]
    bos = agency.post(f"{home}/time_entries", NEW_ENTRY, BO)["id"]
    made = {
        "client": agency.post(f"{home}/clients", {"name": word})["id"],
        "tag": agency.post(f"{home}/tags", {"name": word})["id"],
        "group": make_group(agency, AGENCY, ADA, word),
        "report": agency.post(f"{home}/reports/shared", NEW_REPORT)["id"],
    }
    invitation, code = invite(agency, AGENCY, ADA, "deleted@invited.example")
    plan = {"bookmark_id": made["report"], "frequency": 7, "user_ids": [ADA], "group_ids": []}
    schedule = agency.post(f"{home}/scheduled_reports", plan)["report_id"]
    agency.delete(f"{home}/time_entries/{lost['time_entry_id']}")
    agency.delete(f"{home}/time_entries/{bos}", BO)
    for path in (
        f"{home}/project_groups/{link}",
        f"{home}/project_users/{place}",
        f"{tasks}/{task}",
        f"{home}/projects/{lost['project_id']}",
        f"{home}/clients/{made['client']}",
        f"{home}/tags/{made['tag']}",
        f"{home}/groups/{made['group']}",
        f"{home}/scheduled_reports/{schedule}",
        f"{home}/reports/shared/{made['report']}",
        f"{house}/invitations/{invitation}",
    ):
        agency.delete(path)
    return {
        "project_id": [lost["project_id"]],
        "task_id": [lost["task_id"], task],
        "time_entry_id": [lost["time_entry_id"], bos, 108],
        "project_user_id": [lost["project_user_id"], place],
        "project_group_id": [link],
        "client_id": [made["client"]],
        "tag_id": [made["tag"]],
        "group_id": [made["group"]],
        "report_id": [made["report"]],
        "schedule_id": [schedule],
        "invitation_id": [invitation],
        "code": [code],
    }


def hide(agency: Asker) -> Ids:
    """A private project of a client of its own, which Bo is on neither by himself nor through a group."""
    word = "AGENCYSECRET HIDDEN"
    client = agency.post(f"/workspaces/{AGENCY}/clients", {"name": f"{word} client"})["id"]
    project = new_project(agency, AGENCY, ADA, f"{word} project", is_private=True, client_id=client)
    group = make_group(agency, AGENCY, ADA, "AGENCYSECRET closed")
    inside = fill_project(agency, AGENCY, ADA, word, project)
    return {
        "client_id": [client],
        "project_id": [project, 31],
        "project_group_id": [link_group(agency, AGENCY, ADA, project, group)],
    } | {kind: [number] for kind, number in inside.items()}
