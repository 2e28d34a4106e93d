"""What lists can be asked for in the query string, by path, as OpenAPI tells it."""

from gnomon.web.track.paths import ENTRIES, ME, ORGANIZATION, PROJECT, PROJECTS, TAGS, V9, WORKSPACE

META = "meta"
QUERY_NAMES: dict[tuple[str, str], str] = {
    ("GET", ME): "with_related_data",
    ("GET", f"{ME}/workspaces"): "since",
    ("GET", f"{V9}/workspaces"): "since",
    ("GET", f"{ME}/clients"): "since",
    ("GET", f"{ME}/projects"): "since include_archived",
    ("GET", f"{ME}/projects/paginated"): "since start_project_id per_page",
    ("GET", f"{ME}/tags"): "since",
    ("GET", f"{ME}/tasks"): "since include_not_active meta offset per_page",
    ("GET", f"{ME}/time_entries"): "since before start_date end_date meta",
    ("GET", f"{ME}/time_entries/current"): META,
    ("GET", f"{ME}/time_entries/{{time_entry_id}}"): META,
    ("POST", ENTRIES): META,
    ("GET", f"{ENTRIES}/{{time_entry_id}}"): META,
    ("PUT", f"{ENTRIES}/{{time_entry_id}}"): META,
    ("GET", f"{WORKSPACE}/clients"): "status name",
    ("GET", PROJECTS): (
        "active since billable user_ids client_ids group_ids project_ids statuses name search only_templates only_me"
        " only_editable sort_field sort_order sort_pinned page per_page"
    ),
    ("DELETE", PROJECT): "teDeletionMode",
    ("GET", f"{PROJECT}/tasks"): "active",
    ("GET", f"{WORKSPACE}/tasks"): (
        "since page per_page sort_field sort_order active pid start_date end_date search"
    ),
    ("GET", f"{WORKSPACE}/tasks/basic"): (
        "page per_page sort_field sort_order active search project_id project_ids task_ids client_ids only_me"
    ),
    ("GET", TAGS): "page per_page search",
    ("GET", f"{WORKSPACE}/project_users"): "project_ids user_id with_group_members",
    ("GET", f"{WORKSPACE}/project_groups"): "project_ids",
    ("GET", f"{WORKSPACE}/users"): "exclude_deleted",
    ("GET", f"{ORGANIZATION}/workspaces/{{workspace_id}}/workspace_users"): (
        "name search page per_page active"
    ),
    ("GET", f"{ORGANIZATION}/users"): (
        "filter active_status only_admins groups workspaces page per_page sort_dir"
    ),
    ("GET", f"{ORGANIZATION}/groups"): "name workspace",
    ("GET", f"{WORKSPACE}/rates/{{level}}/{{level_id}}"): "type",
}
