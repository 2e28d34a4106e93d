"""An agency with one of everything, its own and foreign, and what its pages need besides what its API does."""

import re
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

from gnomon.store.sessions import offer_password_reset
from tests.pages.http.sites import Site
from tests.pages.http.visitor import Visitor, form_at, page_of
from tests.track.asking import ADA, AGENCY, BO, CLEO, GONE, OTHER, UNKNOWN
from tests.track.matrix_recipe import png
from tests.track.matrix_recipes import NEW_ENTRY, NEW_REPORT
from tests.track.matrix_things import Things, prepare

SHARE_PASSWORD = "open sesame"
HOUR = 3_600
READING_SECONDS_MAX = 10
UPLOAD = (
    b"User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\r\n"
    b"Ada,ada@example.com,Acme,Website,,Imported,Yes,2025-12-01,08:00:00,2025-12-01,09:00:00,01:00:00,\r\n"
)
KINDS = {  # what the piece of a path before an id says about the id
    "w": "workspace_id",
    "entries": "time_entry_id",
    "projects": "project_id",
    "clients": "client_id",
    "tags": "tag_id",
    "tasks": "task_id",
    "people": "user_id",
    "users": "user_id",
    "groups": "group_id",
    "saved": "report_id",
    "invitations": "invitation_id",
    "import": "job",
}

OF_PROJECTS = {"people": "project_user_id", "groups": "project_group_id"}


def furnish(site: Site) -> Things:
    """One thing of each kind and fate, as the API's matrix has them, with links to two shared reports."""
    things = prepare(site)
    hang_logo(site)
    extras = {
        "token": share(site, name="AGENCYSECRET for all"),
        "locked_token": share(site, name="AGENCYSECRET locked", password=SHARE_PASSWORD),
        "reset_code": offer_reset(site, BO),
        "deleted_entry_id": delete_one(site),
        "archived_project_id": things.archived["project_id"][0],
        "archived_user_id": things.archived["user_id"][0],
        "grouped_project_id": project_of_link(site, things.own[ADA]["project_group_id"]),
    }
    things.own[ADA] |= extras
    things.own[BO] |= extras
    return things


def share(site: Site, by: int = ADA, **more: Any) -> str:
    """The token of a new public report of January."""
    body = {**NEW_REPORT, "public": True, **more}
    made = site.post(f"/workspaces/{AGENCY}/reports/shared", body, by)
    return made["token"]


def delete_one(site: Site) -> int:
    """An entry that was deleted a moment ago."""
    home = f"/workspaces/{AGENCY}/time_entries"
    entry = site.post(home, {**NEW_ENTRY, "description": "AGENCYSECRET undone"})["id"]
    site.delete(f"{home}/{entry}")
    return entry


def project_of_link(site: Site, project_group_id: int) -> int:
    links = site.get(f"/workspaces/{AGENCY}/project_groups")
    return next(one["pid"] for one in links if one["id"] == project_group_id)


def hang_logo(site: Site) -> None:
    logo = {"file": ("logo.png", png(), "image/png")}
    assert site.ask("POST", f"/workspaces/{AGENCY}/logo", files=logo).status_code == 200


def offer_reset(site: Site, user_id: int) -> str:
    at = int(site.now.timestamp())
    return site.database.write(
        lambda connection: offer_password_reset(connection, user_id, at, at + HOUR)
    )


def upload(visitor: Visitor, workspace_id: int) -> str:
    """The name of the job that an uploaded file becomes, which is read before one can start it."""
    where = f"/w/{workspace_id}/import"
    form = form_at(visitor.read(where), where)
    answer = visitor.submit(
        form, {"timezone": "UTC"}, files={"file": ("time.csv", UPLOAD, "text/csv")}
    )
    page = visitor.read(answer.headers["location"]) if answer.is_redirect else page_of(answer)
    end = monotonic() + READING_SECONDS_MAX
    while not (jobs := re.findall(rf'"{where}/([^/"?]+)/start"', page.source)):
        assert monotonic() < end, f"no job on {page.path}: {page.one('main').text}"
        sleep(0.02)
        page = visitor.read(page.path)
    return jobs[0]


class Ground:
    """A site with its things, the people who visit it, and their imports."""

    def __init__(self, site: Site, things: Things) -> None:
        self.site = site
        self.things = things
        self._visitors: dict[int | None, Visitor] = {}
        self._csrf: dict[int | None, str] = {}
        self._jobs: dict[int, str] = {}

    def by(self, user_id: int | None) -> Visitor:
        """Always the same browser of the same person."""
        if user_id not in self._visitors:
            self._visitors[user_id] = self.site.visitor(user_id)
        return self._visitors[user_id]

    def csrf(self, user_id: int | None) -> str:
        if user_id not in self._csrf:
            self._csrf[user_id] = self.by(user_id).csrf()
        return self._csrf[user_id]

    def job(self, user_id: int) -> str:
        if user_id not in self._jobs:
            workspace_id = OTHER if user_id == CLEO else AGENCY
            self._jobs[user_id] = upload(self.by(user_id), workspace_id)
        return self._jobs[user_id]

    def fill(self, text: str) -> str:
        """A path or a value with Ada's things in it; "{job}" is left for `with_job`."""
        return text.replace("{job}", "{{job}}").format(**self.things.own[ADA])

    def with_job(self, path: str) -> str:
        return path.replace("{job}", self.job(ADA)) if "{job}" in path else path

    def warm(self) -> None:
        """Everybody comes in, so that later only what is asked could change the record."""
        for user_id in (ADA, BO, CLEO, GONE, None):
            self.by(user_id)
        for user_id in (ADA, CLEO):
            with suppress(AssertionError):  # whose test says so
                self.job(user_id)

    def absent(self, by: int, kind: str) -> dict[str, list[Any]]:
        """What must answer as if it did not exist; the unknown first."""
        if kind == "job":
            return {"unknown": ["f" * 32, UNKNOWN], "foreign": [self.job(CLEO)]}
        return self.things.absent_for(by, kind)


def ids_in(path: str) -> list[tuple[int, str]]:
    """The places of a path's pieces that name things, and of which kind they are."""
    pieces = path.split("/")
    kinds = KINDS | (OF_PROJECTS if "projects" in pieces else {})
    return [
        (place, kinds[before])
        for place, (before, piece) in enumerate(zip(pieces, pieces[1:], strict=False), start=1)
        if before in kinds and (piece.isdigit() or (before == "import" and len(piece) > 5))
    ]


def with_piece(path: str, place: int, piece: object) -> str:
    pieces = path.split("/")
    pieces[place] = str(piece)
    return "/".join(pieces)
