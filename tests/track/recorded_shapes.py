"""The shapes of the vendor's recorded answers (2024-04 and 2024-12, their union): keys in order, and kinds.

Every shape is a line of `key:kind`. Kinds: int, bool, text, null, date (`YYYY-MM-DD`), list, object;
Z (`...:00Z`), zone (`...:00+00:00`), micro (`...:00.000000Z`), instant (any of these three), number
(int or float); `|` between alternatives. Where our readings say that a value which the recorded
workspace did not have may be there (a rate, an estimate), or is not kept (an iCal token), both are
allowed. `tasks_count` of 2024-12 projects is left out: the readings say so.
"""

import re
from typing import Any

_ENTRY = (
    "id:int workspace_id:int project_id:int|null task_id:int|null billable:bool start:{0}"
    " stop:{0}|null duration:int description:text|null tags:list{1} tag_ids:list{1} duronly:bool"
    " at:zone server_deleted_at:zone|null user_id:int"
)
_TWINS = " uid:int wid:int"
_META = " project_name:text project_color:text project_active:bool"
_LAST = " permissions:null"

ENTRY_WRITTEN = _ENTRY.format("Z", "|null") + _TWINS + _LAST
ENTRY_ON_PROJECT_WRITTEN = _ENTRY.format("Z", "|null") + _TWINS + " pid:int" + _LAST
ENTRY_CHANGED = _ENTRY.format("Z", "") + _TWINS + " pid:int" + _LAST
ENTRY_LISTED = _ENTRY.format("zone", "") + _TWINS + _LAST
ENTRY_ON_PROJECT_LISTED = _ENTRY.format("zone", "") + _TWINS + " pid:int" + _LAST
ENTRY_LISTED_WITH_META = (
    _ENTRY.format("zone", "")
    + _TWINS
    + " pid:int client_name:text"
    + _META
    + " project_billable:bool user_name:text user_avatar_url:text"
    + _LAST
)
ENTRY_READ = _ENTRY.format("zone", "") + _LAST
ENTRY_READ_WITH_META = _ENTRY.format("zone", "") + _META + _LAST

_ME = (
    "id:int api_token:text email:text fullname:text timezone:text toggl_accounts_id:text"
    "{0} default_workspace_id:int beginning_of_week:int image_url:text created_at:micro"
    " updated_at:micro openid_email:null openid_enabled:bool country_id:int|null has_password:bool"
    " at:micro"
)
_HASH = " intercom_hash:text oauth_providers:list"
_AUTHORIZED = " authorization_updated_at:micro"
ME = _ME.format("") + _HASH + _AUTHORIZED
ME_WITH_RELATED = (
    _ME.format("")
    + _HASH
    + " tags:list clients:list time_entries:list projects:list workspaces:list"
    + _AUTHORIZED
)
ME_CHANGED = _ME.format(" toggl_accounts_updated_at:micro")

TAG = "id:int workspace_id:int name:text at:instant creator_id:int permissions:null"
CLIENT = "id:int wid:int archived:bool name:text at:zone creator_id:int"

_PROJECT = (
    "id:int workspace_id:int client_id:int|null name:text is_private:bool active:bool at:zone"
    "{0} server_deleted_at:null color:text billable:bool|null template:bool|null"
    " auto_estimates:bool|null estimated_hours:int|null estimated_seconds:int|null"
    " rate:number|null rate_last_updated:instant|null currency:text|null recurring:bool"
    " template_id:null recurring_parameters:null fixed_fee:number|null actual_hours:{1}"
    " actual_seconds:{1}{2} start_date:date{3} wid:int cid:int|null{4} permissions:null"
)
PROJECT_MADE = _PROJECT.format("", "null", "", "", "")
PROJECT_CHANGED = _PROJECT.format(" created_at:zone", "null", "", " status:text", "")
PROJECT_READ = _PROJECT.format(" created_at:zone", "int|null", "", " status:text", "")
PROJECT_LISTED = _PROJECT.format(
    " created_at:zone",
    "int|null",
    " can_track_time:bool",
    " status:text",
    " is_shared:bool pinned:bool",
)

WORKSPACE = (
    "id:int organization_id:int name:text profile:int premium:bool business_ws:bool admin:bool"
    " role:text suspended_at:null server_deleted_at:null default_hourly_rate:number|null"
    " rate_last_updated:instant|null default_currency:text only_admins_may_create_projects:bool"
    " only_admins_may_create_tags:bool only_admins_see_billable_rates:bool"
    " only_admins_see_team_dashboard:bool projects_billable_by_default:bool"
    " projects_private_by_default:bool projects_enforce_billable:bool limit_public_project_data:bool"
    " last_modified:Z|null reports_collapse:bool rounding:int rounding_minutes:int"
    " api_token:text|null at:zone logo_url:text ical_url:text|null ical_enabled:bool"
    " csv_upload:null subscription:null hide_start_end_times:bool working_hours_in_minutes:null"
    " permissions:null"
)
WORKSPACE_USER = "id:int fullname:text email:text is_active:bool is_admin:bool inactive:bool"
GROUP = "group_id:int name:text at:instant workspaces:list users:list"
GROUP_USER = "user_id:int name:text avatar_url:text joined:bool"

ORGANIZATION = (
    "id:int name:text pricing_plan_id:int created_at:micro at:micro server_deleted_at:null"
    " is_multi_workspace_enabled:bool suspended_at:null user_count:int trial_info:object"
    " is_unified:bool max_workspaces:int permissions:null admin:bool owner:bool"
    " pricing_plan_name:text pricing_plan_enterprise:bool"
)
TRIAL = (
    "trial:bool trial_available:bool trial_end_date:null next_payment_date:null"
    " last_pricing_plan_id:null can_have_trial:bool trial_plan_id:null"
)
ORGANIZATION_MADE = "id:int name:text workspace_id:int workspace_name:text"
PATCHED = "success:list failure:list"

_DAY = r"\d{4}-\d\d-\d\d"
_CLOCK = _DAY + r"T\d\d:\d\d:\d\d"
_PATTERNS = {
    "date": _DAY,
    "Z": _CLOCK + "Z",
    "zone": _CLOCK + r"\+00:00",
    "micro": _CLOCK + r"(\.\d{1,6})?Z",
    "instant": _CLOCK + r"((\.\d{1,6})?Z|\+00:00)",
}
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "number": (int, float),
    "text": (str,),
    "list": (list,),
    "object": (dict,),
}


def differences(shape: str, told: dict[str, Any]) -> list[str]:
    """What of the recorded shape is missing, of another kind or in another place; more keys are fine."""
    kinds = dict(pair.split(":") for pair in shape.split())
    wrong = [f"{key} is missing" for key in kinds if key not in told]
    wrong += [
        f"{key} is {told[key]!r}, not {kind}"
        for key, kind in kinds.items()
        if key in told and not any(_is(one, told[key]) for one in kind.split("|"))
    ]
    recorded = [key for key in kinds if key in told]
    ours = [key for key in told if key in kinds]
    return wrong if ours == recorded else [*wrong, f"order: {ours}"]


def _is(kind: str, value: Any) -> bool:
    if kind == "null":
        return value is None
    if kind == "bool" or isinstance(value, bool):
        return kind == "bool" and isinstance(value, bool)
    if kind in _PATTERNS:
        return isinstance(value, str) and re.fullmatch(_PATTERNS[kind], value) is not None
    return isinstance(value, _TYPES[kind])
