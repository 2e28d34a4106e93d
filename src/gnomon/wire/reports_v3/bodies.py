"""The bodies of the Reports API as OpenAPI tells them; `to_query.py` and its neighbours read them (reports-api-v3.md, 4)."""

from gnomon.wire.track_v9.fields import Field, Kind, Payload

IDS = (
    "client_ids",
    "group_ids",
    "project_ids",
    "tag_ids",
    "task_ids",
    "time_entry_ids",
    "user_ids",
)
GROUPINGS = ("projects", "clients", "users", "tasks", "tags")
SELECTION = (
    Field("start_date", Kind.DAY),
    Field("end_date", Kind.DAY),
    Field("startTime", Kind.TEXT),
    Field("endTime", Kind.TEXT),
    *(Field(key, Kind.IDS) for key in IDS),
    Field("description", Kind.TEXT),
    Field("billable", Kind.FLAG),
    Field("min_duration_seconds", Kind.INTEGER),
    Field("max_duration_seconds", Kind.INTEGER),
    Field("rounding", Kind.INTEGER),
    Field("rounding_minutes", Kind.INTEGER),
)
FILE = (
    Field("date_format", Kind.TEXT),
    Field("hour_format", Kind.TEXT),
    Field("duration_format", Kind.TEXT, one_of=("classic", "improved", "decimal")),
    Field("cents_separator", Kind.TEXT, one_of=(".", ",")),
    Field("display_mode", Kind.TEXT),
    Field("hide_amounts", Kind.FLAG),
    Field("hide_rates", Kind.FLAG),
    Field("collapse", Kind.FLAG),
    Field("order_by", Kind.TEXT),
    Field("order_dir", Kind.TEXT),
)
SUMMARY = Payload(
    (
        *SELECTION,
        Field("grouping", Kind.TEXT, one_of=GROUPINGS),
        Field("sub_grouping", Kind.TEXT),
        Field("distinguish_rates", Kind.FLAG),
        Field("include_time_entry_ids", Kind.FLAG),
        Field("audit", Kind.ANY),
        *FILE,
    )
)
DETAILED = Payload(
    (
        *SELECTION,
        Field("first_id", Kind.INTEGER),
        Field("first_row_number", Kind.INTEGER),
        Field("first_timestamp", Kind.INTEGER),
        Field("page_size", Kind.INTEGER),
        Field("grouped", Kind.FLAG),
        Field("enrich_response", Kind.FLAG),
        *FILE,
    )
)
TOTALS = Payload(
    (
        *SELECTION,
        Field("with_graph", Kind.FLAG),
        Field("resolution", Kind.TEXT, one_of=("day", "week", "month")),
        Field("granularity", Kind.TEXT, one_of=("day", "week", "month")),
    )
)
WEEKLY = Payload((*SELECTION, Field("grouping", Kind.TEXT), Field("calculate", Kind.TEXT), *FILE))
DAYS = Payload((Field("start_date", Kind.DAY), Field("end_date", Kind.DAY)))
SHARED = Payload((*SELECTION, Field("password", Kind.TEXT), *FILE))
NAMED = (Field("ids", Kind.IDS), Field("name", Kind.TEXT), Field("start", Kind.INTEGER))
CLIENTS = Payload(NAMED)
PROJECTS = Payload(
    (
        *NAMED,
        Field("client_ids", Kind.IDS),
        Field("currency", Kind.TEXT),
        Field("is_active", Kind.FLAG),
        Field("is_billable", Kind.FLAG),
        Field("is_private", Kind.FLAG),
        Field("page_size", Kind.INTEGER),
    )
)
STATUS = Payload((Field("ids", Kind.IDS), Field("active", Kind.FLAG)))
USERS = Payload((*NAMED, Field("active", Kind.FLAG)))
PROJECT_USERS = Payload(
    (
        Field("project_ids", Kind.IDS),
        Field("client_ids", Kind.IDS),
        Field("start_id", Kind.INTEGER),
    )
)
PROJECT_GROUPS = Payload(
    (
        Field("project_ids", Kind.IDS),
        Field("group_ids", Kind.IDS),
        Field("start_id", Kind.INTEGER),
    )
)
TASKS = Payload(
    (
        *NAMED,
        Field("active", Kind.FLAG),
        Field("project_active", Kind.FLAG),
        Field("project_ids", Kind.IDS),
        Field("user_ids", Kind.IDS),
        Field("page_size", Kind.INTEGER),
    )
)
