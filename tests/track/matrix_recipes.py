"""One valid request for every route: what the isolation matrix is multiplied out of.

A route that is missing here fails `test_isolation_matrix.py`. In bodies and paths "$kind" stands for the asker's
own thing of that kind and "$name" for a name that nobody has used yet.
"""

from itertools import product

from tests.track.matrix_recipe import delete, get, patch, png, post, put, replacing

ME = "/api/v9/me"
W = "/api/v9/workspaces/{workspace_id}"
O = "/api/v9/organizations/{organization_id}"  # noqa: E741
PROJECT = f"{W}/projects/{{project_id}}"
TASK = f"{PROJECT}/tasks/{{task_id}}"
CLIENT = f"{W}/clients/{{client_id}}"
ENTRY = f"{W}/time_entries/{{time_entry_id}}"
SAVED = f"{W}/reports/shared"
SCHEDULED = f"{W}/scheduled_reports"
INVITED = "/api/v9/organizations/invitations/{code}"
R = "/reports/api/v3/workspace/{workspace_id}"

WEEK = {"start_date": "2026-01-05", "end_date": "2026-01-11"}
NAMED = {"name": "$name"}
NEW_ENTRY = {"created_with": "matrix", "start": "2026-01-12T08:00:00Z", "duration": 60}
NEW_REPORT = {
    "name": "$name",
    "fixed_daterange": True,
    "public": False,
    "params": {"report_type": "summary", **WEEK},
}
NEW_RATE = {"amount": 50, "mode": "start-today", "type": "billable_rates"}
NEW_INVITATION = {
    "emails": ["new@example.com"],
    "workspaces": [{"workspace_id": "$workspace_id", "role": "user"}],
    "skip_email": True,
}
LEVELS = {
    "workspace": "workspace_id",
    "project": "project_id",
    "task": "task_id",
    "user": "user_id",
    "workspace_user": "workspace_user_id",
    "project_user": "project_user_id",
}


MINE = (
    get(ME),
    *(
        get(f"{ME}/{what}")
        for what in [
            "clients",
            "projects",
            "projects/paginated",
            "tags",
            "tasks",
            "workspaces",
            "organizations",
            "features",
            "preferences",
            "logged",
            "location",
            "id",
            "quota",
            "time_entries",
            "time_entries/current",
        ]
    ),
    get(f"{ME}/time_entries/{{time_entry_id}}"),
    put(ME, {"fullname": "Ada L."}),
    post(f"{ME}/preferences", {"date_format": "YYYY-MM-DD"}),
    post(f"{ME}/reset_token"),
    post(f"{ME}/sessions"),
    delete(f"{ME}/sessions"),
    post(f"{ME}/lost_passwords", {"email": "ada@example.com"}, public=True),
    post(
        f"{ME}/lost_passwords/confirm",
        {"code": "x" * 43, "password": "y" * 12},
        public=True,
        works=False,
    ),
    post(f"{ME}/disable_weekly_report/{{code}}", public=True, works=False, maybe=True),
    get("/api/v9/workspaces"),
    get("/api/v9/organizations", maybe=True),
    *(
        get(f"/api/v9/{what}", public=True)
        for what in ["currencies", "countries", "timezones", "status", "keys"]
    ),
)
ENTRIES = (
    post(f"{W}/time_entries", NEW_ENTRY),
    get(ENTRY, maybe=True),
    put(ENTRY, {"description": "Changed"}),
    delete(ENTRY),
    patch(f"{ENTRY}/stop", own={"time_entry_id": "running_id"}),
    patch(f"{W}/time_entries/{{time_entry_ids}}", replacing("/description", "Changed")),
)
WORKSPACE = (
    get(W),
    put(W, NAMED),
    get(f"{W}/users"),
    put(f"{W}/users/{{user_id}}", {"role": "user"}),
    get(f"{W}/workspace_users"),
    put(f"{W}/workspace_users/{{workspace_user_id}}", {"role": "user"}),
    delete(f"{W}/workspace_users/{{workspace_user_id}}"),
    get(f"{W}/statistics"),
    get(f"{W}/time_entry_constraints"),
    get(f"{W}/currencies"),
    get(f"{W}/logo"),
    post(f"{W}/logo", files={"file": ("logo.png", png(), "image/png")}),
    delete(f"{W}/logo"),
    *(
        get(f"{W}/{name}", works=False, maybe=True)
        for name in ("logo.png", "logo.jpg", "logo.jpeg", "logo/image")
    ),
    get(f"{W}/groups"),
    post(f"{W}/groups", NAMED),
    put(f"{W}/groups/{{group_id}}", NAMED),
    delete(f"{W}/groups/{{group_id}}"),
    post(f"{W}/rates", {**NEW_RATE, "level": "project", "level_id": "$project_id"}),
    *(
        get(f"{W}/rates/{{level}}/{{level_id}}", fixed={"level": level}, kinds={"level_id": kind})
        for level, kind in LEVELS.items()
    ),
)
CLIENTS = (
    get(f"{W}/clients"),
    post(f"{W}/clients", NAMED),
    get(CLIENT),
    put(CLIENT, NAMED),
    delete(CLIENT),
    post(f"{CLIENT}/archive"),
    post(
        f"{CLIENT}/restore", {"restore_all_projects": True}, own={"client_id": "archived_client_id"}
    ),
    post(f"{W}/clients/archive", ["$client_id"]),
    post(f"{W}/clients/delete", ["$client_id"]),
    patch(f"{W}/clients/delete", ["$client_id"]),
    post(f"{W}/clients/data", ["$client_id"], reads=True),
)
PROJECTS = (
    get(f"{W}/projects"),
    post(f"{W}/projects", {**NAMED, "active": True}),
    get(PROJECT),
    put(PROJECT, NAMED),
    delete(PROJECT),
    patch(f"{W}/projects/{{project_ids}}", replacing("/color", "#000000")),
    get(f"{W}/projects/templates"),
    get(f"{PROJECT}/statistics"),
    get(f"{PROJECT}/periods"),
    post(f"{PROJECT}/pin", {"pin": True}),
    post(f"{W}/projects/billable-amounts", {"project_ids": ["$project_id"]}, reads=True),
    get(f"{W}/project_users"),
    post(f"{W}/project_users", {"project_id": "$project_id", "user_id": "$user_id"}),
    put(f"{W}/project_users/{{project_user_id}}", {"manager": True}),
    delete(f"{W}/project_users/{{project_user_id}}"),
    patch(f"{W}/project_users/{{project_user_ids}}", replacing("/manager", value=True)),
    get(f"{W}/project_groups"),
    post(f"{W}/project_groups", {"project_id": "$project_id", "group_id": "$group_id"}),
    delete(f"{W}/project_groups/{{project_group_id}}"),
)
TASKS = (
    get(f"{W}/tasks"),
    get(f"{W}/tasks/basic"),
    get(f"{PROJECT}/tasks"),
    post(f"{PROJECT}/tasks", NAMED),
    get(TASK),
    put(TASK, NAMED),
    delete(TASK),
    patch(f"{PROJECT}/tasks/{{task_ids}}", replacing("/active", value=False)),
)
TAGS = (
    get(f"{W}/tags"),
    post(f"{W}/tags", NAMED),
    put(f"{W}/tags/{{tag_id}}", NAMED),
    delete(f"{W}/tags/{{tag_id}}"),
    patch(f"{W}/tags", {"delete": ["$tag_id"]}),
)
ORGANIZATION = (
    post("/api/v9/organizations", {**NAMED, "workspace_name": "$name"}),
    get(O),
    put(O, NAMED),
    post(f"{O}/workspaces", NAMED),
    get(f"{O}/workspaces/{{workspace_id}}/workspace_users"),
    get(f"{O}/workspaces/{{workspace_id}}/groups"),
    get(f"{O}/users"),
    get(f"{O}/groups"),
    post(f"{O}/groups", NAMED),
    put(f"{O}/groups/{{group_id}}", {**NAMED, "users": [1], "workspaces": ["$workspace_id"]}),
    patch(f"{O}/groups/{{group_id}}", [{"op": "add", "path": "/users", "value": [2]}]),
    delete(f"{O}/groups/{{group_id}}"),
    post(f"{O}/invitations", NEW_INVITATION),
    delete(f"{O}/invitations/{{invitation_id}}"),
    get(INVITED, public=True),
    post(f"{INVITED}/accept", {"fullname": "New", "password": "long enough"}, public=True),
    post(f"{INVITED}/reject", public=True),
)
SAVED_REPORTS = (
    get(SAVED),
    post(SAVED, NEW_REPORT),
    put(SAVED, [{"id": "$report_id", **NAMED}]),
    patch(f"{SAVED}/bulk_delete", {"ids": ["$report_id"]}),
    get(f"{SAVED}/{{report_id}}"),
    put(f"{SAVED}/{{report_id}}", NAMED),
    delete(f"{SAVED}/{{report_id}}"),
    get(SCHEDULED),
    post(
        SCHEDULED, {"bookmark_id": "$report_id", "frequency": 7, "user_ids": [1], "group_ids": []}
    ),
    delete(f"{SCHEDULED}/{{report_id}}", kinds={"report_id": "schedule_id"}),
)
REPORTS = (
    post(f"{R}/projects/summary", WEEK, reads=True),
    post(f"{R}/projects/{{project_id}}/summary", WEEK, reads=True),
    post(f"{R}/search/time_entries/totals", WEEK, reads=True),
    *(
        post(f"{R}/{kind}/time_entries", WEEK, reads=True)
        for kind in ("summary", "search", "weekly")
    ),
    *(
        post(f"{R}/{kind}/time_entries.{ending}", WEEK, reads=True, works=ending == "csv")
        for kind, ending in product(("summary", "search", "weekly"), ("csv", "xlsx", "pdf"))
    ),
    *(post(f"{R}/filters/{what}", {}, reads=True) for what in ("clients", "projects", "users")),
    *(
        post(f"{R}/filters/{what}", {"project_ids": ["$project_id"]}, reads=True)
        for what in ("project_users", "project_groups")
    ),
    post(f"{R}/filters/projects/status", {"ids": ["$project_id"]}, reads=True),
    post(f"{R}/filters/tasks/status", {"ids": ["$task_id"]}, reads=True),
    *(
        post(f"{R}/search/{what}s", {"ids": [f"${what}_id"]}, reads=True)
        for what in ("client", "project", "user")
    ),
    *(
        post(f"{R}/{action}/tasks", {"ids": ["$task_id"]}, reads=True, maybe=True)
        for action in ("search", "filters")
    ),
    *(
        post(
            f"{R}/{{action}}/tasks",
            {"ids": ["$task_id"]},
            fixed={"action": action},
            reads=True,
            maybe=True,
        )
        for action in ("search", "filters")
    ),
)
RECIPES = (
    *MINE,
    *ENTRIES,
    *WORKSPACE,
    *CLIENTS,
    *PROJECTS,
    *TASKS,
    *TAGS,
    *ORGANIZATION,
    *SAVED_REPORTS,
    *REPORTS,
)
