"""What callers may send, resource by resource (track-api-v9.md, A.3: the `...Payload` definitions)."""

from gnomon.tracking.rates import RateMode
from gnomon.wire.track_v9.fields import Field, Kind, Payload

INVALID_INPUT = "Invalid JSON input"
MODES = tuple(str(mode) for mode in RateMode)

ENTRY_FIELDS = (
    Field("description", Kind.TEXT),
    Field("start", Kind.INSTANT),
    Field("stop", Kind.INSTANT),
    Field("duration", Kind.INTEGER),
    Field("billable", Kind.FLAG),
    Field("project_id", Kind.INTEGER, twins=("pid",)),
    Field("task_id", Kind.INTEGER, twins=("tid",)),
    Field("user_id", Kind.INTEGER, twins=("uid",)),
    Field("tags", Kind.TEXTS),
    Field("tag_ids", Kind.IDS),
    Field("tag_action", Kind.TEXT),
    Field("created_with", Kind.TEXT),
)
ENTRY = Payload(ENTRY_FIELDS)
CLIENT = Payload(
    (
        Field("name", Kind.TEXT),
        Field("notes", Kind.TEXT),
        Field("external_reference", Kind.TEXT),
    )
)
RESTORE = Payload(
    (Field("projects", Kind.IDS), Field("restore_all_projects", Kind.FLAG)), may_be_empty=True
)
PROJECT_FIELDS = (
    Field("name", Kind.TEXT),
    Field("active", Kind.FLAG, "is_active"),
    Field("is_private", Kind.FLAG),
    Field("billable", Kind.FLAG, "is_billable"),
    Field("template", Kind.FLAG, "is_template"),
    Field("client_id", Kind.INTEGER, twins=("cid",)),
    Field("client_name", Kind.TEXT),
    Field("color", Kind.TEXT),
    Field("currency", Kind.TEXT),
    Field("start_date", Kind.DAY, "start_day"),
    Field("end_date", Kind.DAY, "end_day"),
    Field("estimated_hours", Kind.INTEGER),
    Field("estimated_seconds", Kind.INTEGER),
    Field("fixed_fee", Kind.MONEY, "fixed_fee_cents"),
    Field("rate", Kind.MONEY),
    Field("rate_change_mode", Kind.TEXT, one_of=MODES),
    Field("external_reference", Kind.TEXT),
    Field("recurring", Kind.FLAG),
    Field("template_id", Kind.INTEGER),
)
PROJECT = Payload(PROJECT_FIELDS)
PIN = Payload((Field("pin", Kind.FLAG),))
PROJECT_IDS = Payload((Field("project_ids", Kind.IDS),))
PROJECT_USER_FIELDS = (
    Field("manager", Kind.FLAG),
    Field("rate", Kind.MONEY),
    Field("rate_change_mode", Kind.TEXT, one_of=MODES),
    Field("labor_cost", Kind.MONEY),
    Field("labor_cost_change_mode", Kind.TEXT, one_of=MODES),
)
NEW_PROJECT_USER = Payload(
    (
        Field("project_id", Kind.INTEGER, twins=("pid",)),
        Field("user_id", Kind.INTEGER, twins=("uid",)),
        *PROJECT_USER_FIELDS,
    )
)
PROJECT_USER = Payload(PROJECT_USER_FIELDS)
PROJECT_GROUP = Payload(
    (Field("project_id", Kind.INTEGER, twins=("pid",)), Field("group_id", Kind.INTEGER))
)
TASK_FIELDS = (
    Field("name", Kind.TEXT),
    Field("active", Kind.FLAG, "is_active"),
    Field("estimated_seconds", Kind.INTEGER),
    Field("user_id", Kind.INTEGER, twins=("uid",)),
    Field("external_reference", Kind.TEXT),
)
TASK = Payload(TASK_FIELDS)
TAG = Payload((Field("name", Kind.TEXT),), INVALID_INPUT)
TAG_IDS = Payload((Field("delete", Kind.IDS),), INVALID_INPUT)
PATCHES = Payload(
    (Field("op", Kind.TEXT), Field("path", Kind.TEXT), Field("value", Kind.ANY)), is_list=True
)
WORKSPACE = Payload(
    (
        Field("name", Kind.TEXT),
        Field("default_currency", Kind.TEXT),
        Field("default_hourly_rate", Kind.MONEY),
        Field("rate_change_mode", Kind.TEXT, one_of=MODES),
        Field("rounding", Kind.INTEGER),
        Field("rounding_minutes", Kind.INTEGER),
        Field("limit_public_project_data", Kind.FLAG),
        *(
            Field(key, Kind.FLAG)
            for key in (
                "only_admins_may_create_projects",
                "only_admins_may_create_tags",
                "only_admins_see_billable_rates",
                "only_admins_see_team_dashboard",
                "projects_billable_by_default",
                "projects_private_by_default",
                "projects_enforce_billable",
                "reports_collapse",
            )
        ),
    )
)
WORKSPACE_USER = Payload(
    (
        Field("role", Kind.TEXT),
        Field("role_id", Kind.INTEGER),
        Field("admin", Kind.FLAG),
        Field("inactive", Kind.FLAG),
        Field("rate", Kind.MONEY),
        Field("rate_change_mode", Kind.TEXT, one_of=MODES),
        Field("labor_cost", Kind.MONEY),
        Field("labor_cost_change_mode", Kind.TEXT, one_of=MODES),
        Field("working_hours_in_minutes", Kind.INTEGER),
        Field("postedFields", Kind.TEXTS),
    )
)
ORGANIZATION = Payload(
    (Field("name", Kind.TEXT), Field("workspace_name", Kind.TEXT)), INVALID_INPUT
)
SHARED_GROUP = Payload(
    (Field("name", Kind.TEXT), Field("users", Kind.IDS), Field("workspaces", Kind.IDS)),
    INVALID_INPUT,
)
GROUP = Payload((Field("name", Kind.TEXT),), INVALID_INPUT)
GROUP_PATCHES = Payload(
    (Field("op", Kind.TEXT), Field("path", Kind.TEXT), Field("value", Kind.ANY)),
    INVALID_INPUT,
    is_list=True,
)
INVITATION = Payload(
    (
        Field("emails", Kind.TEXTS),
        Field("workspaces", Kind.OBJECTS),
        Field("groups", Kind.IDS),
        Field("skip_email", Kind.FLAG),
        Field("project_invite", Kind.ANY),
    ),
    INVALID_INPUT,
)
INVITED = Payload(
    (
        Field("fullname", Kind.TEXT),
        Field("password", Kind.TEXT),
        Field("timezone", Kind.TEXT),
    ),
    INVALID_INPUT,
    may_be_empty=True,
)
RATE = Payload(
    (
        Field("amount", Kind.ANY),
        Field("level", Kind.TEXT),
        Field("level_id", Kind.INTEGER),
        Field("mode", Kind.TEXT),
        Field("start", Kind.DAY, "start_day"),
        Field("type", Kind.TEXT),
    ),
    "Request payload must be informed",
)
ME = Payload(
    (
        Field("fullname", Kind.TEXT),
        Field("email", Kind.TEXT),
        Field("timezone", Kind.TEXT),
        Field("beginning_of_week", Kind.INTEGER),
        Field("country_id", Kind.INTEGER),
        Field("default_workspace_id", Kind.INTEGER),
        Field("current_password", Kind.TEXT),
        Field("password", Kind.TEXT),
    )
)
LOST_PASSWORD = Payload((Field("email", Kind.TEXT),))
NEW_PASSWORD = Payload((Field("code", Kind.TEXT), Field("password", Kind.TEXT)))
