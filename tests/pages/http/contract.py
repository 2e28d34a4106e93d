"""The routes of the pages, as their readings promise them (issue 6), and how each is asked.

In paths and fields `{kind}` stands for the asker's own thing of that kind. A route that is not here is found by the
links and forms that lead to it (`atlas.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

Fields = Mapping[str, str | Sequence[str]]

W = "/w/{workspace_id}"
ENTRY = f"{W}/entries/{{time_entry_id}}"
SAVED = f"{W}/saved/{{report_id}}"
PROJECT = f"{W}/projects/{{project_id}}"
SHARED = "/shared-report/{token}"
REPORTS = ("summary", "detailed", "weekly")
ENDINGS = ("csv", "xlsx", "pdf")
JANUARY = "from=2026-01-05&to=2026-01-11"

TRACKED = {"description": "Walk", "place": "{project_id}.{task_id}", "tag": ["{tag_id}"]}
BY_HAND = {**TRACKED, "date": "2026-01-12", "start": "09:00", "stop": "10:30", "duration": ""}
TO_SAVE = {
    "name": "Mine",
    "days": "fixed",
    "report_type": "summary",
    "address": f"{JANUARY}&by=clients",
    "password": "",
    "expires": "",
}
RATE = {
    "kind": "billable",
    "level": "project",
    "project_id": "{project_id}",
    "amount": "77.50",
    "start": "",
    "back": f"{W}/projects/{{project_id}}",
}
NEWCOMER = {"name": "New", "password": "long enough a password", "timezone": "Europe/Tallinn"}
FOUNDER = {
    "code": "x" * 43,
    "name": "New",
    "email": "new@example.com",
    "password": "long enough a password",
    "workspace": "Home",
    "timezone": "Europe/Tallinn",
    "currency": "EUR",
}


class Shows(Enum):
    """What a GET that works answers: a page, a file or the way to another page."""

    PAGE = "page"
    FILE = "file"
    AWAY = "away"


@dataclass(frozen=True)
class Door:
    """One request; `fields` None: what the form at `on`, or at the path itself, sends."""

    method: str
    path: str
    fields: Fields | None = None
    on: str = ""
    query: str = ""
    shows: Shows = Shows.PAGE
    for_all: bool = False  # nobody needs to be signed in
    file: str = ""  # what kind of file goes with it: csv or png
    works: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.path}{self.query and '?'}{self.query}"


def page(path: str, query: str = "") -> Door:
    return Door("GET", path, query=query)


def form(path: str, fields: Fields | None = None, on: str = "") -> Door:
    return Door("POST", path, fields, on)


AT_THE_DOOR = (
    Door("GET", "/", shows=Shows.AWAY, for_all=True),
    Door("GET", "/sign-in", for_all=True),
    Door(
        "POST",
        "/sign-in",
        {"email": "ada@example.com", "password": "correct horse", "next": ""},
        for_all=True,
    ),
    form("/sign-out", {}),
    Door("GET", "/forgotten-password", for_all=True),
    Door("POST", "/forgotten-password", {"email": "ada@example.com"}, for_all=True),
    Door("GET", "/reset-password/{reset_code}", for_all=True),
    Door("POST", "/reset-password/{reset_code}", {"password": "a new password"}, for_all=True),
    Door("GET", "/invitation/{code}", for_all=True),
    Door("POST", "/invitation/{code}", NEWCOMER, for_all=True),
    Door("GET", "/setup", for_all=True, works=False),
    Door("POST", "/setup", FOUNDER, for_all=True, works=False),
)
TIMER = (
    page(f"{W}/timer"),
    page(f"{W}/timer", "edit={time_entry_id}"),
    page(f"{W}/timer", "before=2026-01-10"),
    form(f"{W}/timer/start", TRACKED),
    form(f"{W}/entries", BY_HAND),
    form(ENTRY, BY_HAND),
    form(f"{W}/entries/{{running_id}}/stop", {}),
    form(f"{ENTRY}/continue", {}),
    form(f"{ENTRY}/duplicate", {}),
    form(f"{ENTRY}/delete", {}),
    form(f"{W}/entries/{{deleted_entry_id}}/restore", {}),
)
REPORT_PAGES = (
    *(page(f"{W}/reports/{kind}", JANUARY) for kind in REPORTS),
    page(f"{W}/reports/summary", f"{JANUARY}&open=all&by=tags&then=users&rates=on"),
    *(
        Door("GET", f"{W}/reports/{kind}.{ending}", query=JANUARY, shows=Shows.FILE)
        for kind in REPORTS
        for ending in ENDINGS
    ),
)
SAVED_REPORTS = (
    form(f"{W}/saved", TO_SAVE),
    page(f"{W}/saved"),
    page(SAVED),
    form(SAVED),
    form(f"{SAVED}/delete", {}),
    form(f"{SAVED}/new-link", {}),
    form(f"{SAVED}/schedule", {"frequency": "weekly", "people": ["1"]}),
    form(f"{SAVED}/unschedule", {}),
    Door("GET", SHARED, for_all=True),
    Door("POST", "/shared-report/{locked_token}", {"password": "open sesame"}, for_all=True),
    *(Door("GET", f"{SHARED}/{ending}", shows=Shows.FILE, for_all=True) for ending in ENDINGS),
)
MANAGED = (
    page(f"{W}/projects"),
    page(f"{W}/projects", "archived=1"),
    page(f"{W}/projects/new"),
    form(f"{W}/projects/new"),
    page(PROJECT),
    form(PROJECT),
    form(f"{PROJECT}/archive", {}),
    form(f"{W}/projects/{{archived_project_id}}/restore", {}),
    *(page(f"{W}/{what}") for what in ("clients", "tags", "people", "groups", "settings")),
    page(f"{W}/people/{{user_id}}"),
    form(f"{PROJECT}/people", {"user_id": "{user_id}"}),
    form(f"{PROJECT}/groups", {"group_id": "{group_id}"}),
    form(f"{W}/projects/{{grouped_project_id}}/groups/{{project_group_id}}/remove", {}),
    form(f"{W}/clients/{{archived_client_id}}/restore", {}),
    form(f"{W}/people/invite", {"emails": "new@invited.example", "role": "member"}),
    form(f"{W}/people/{{archived_user_id}}/restore", {}),
    form(f"{W}/rates", RATE),
    Door("POST", f"{W}/settings/logo", {}, file="png"),
)
IMPORTS = (
    page(f"{W}/import"),
    Door("POST", f"{W}/import", {"timezone": "UTC"}, file="csv"),
    page(f"{W}/import/{{job}}"),
    form(f"{W}/import/{{job}}/start", {}),
)
MINE = (
    page("/profile"),
    form("/profile"),
    form("/profile/password", {"current_password": "correct horse", "password": "a new password"}),
    form("/profile/sessions/end", {}),
)
CONTRACT = (
    *AT_THE_DOOR,
    *TIMER,
    *REPORT_PAGES,
    *SAVED_REPORTS,
    *MANAGED,
    *IMPORTS,
    *MINE,
)
