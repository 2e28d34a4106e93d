"""Every page once, over an agency in which something of everything is there to be seen; nobody changes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.pages.browser.arrivals import invitation_link, reset_link
from tests.pages.browser.site import Site, open_stage, site_on
from tests.track.asking import ADA, BO
from tests.track.entries import new, run
from tests.track.people import WORKSPACE
from tests.wire.agency import NOW
from tests.wire.saving import params, save

Say = Callable[[str], str]
WEEK = "from=2026-01-05&to=2026-01-11"
REPORTS = "/w/10/reports"


@dataclass(frozen=True)
class View:
    """A page, and whose; `status` where it is one that refuses."""

    path: str
    by: int | None = ADA
    status: int = 200


VIEWS: dict[str, View] = {
    "sign-in": View("/sign-in", None),
    "forgotten-password": View("/forgotten-password", None),
    "reset-password": View("{reset}", None),
    "invitation": View("{invitation}", None),
    "timer": View("/w/10/timer"),
    "timer-idle": View("/w/10/timer", BO),
    "timer-editing": View("/w/10/timer?edit={entry}"),
    "summary": View(f"{REPORTS}/summary?open=30"),
    "summary-by-clients": View(f"{REPORTS}/summary?by=clients&then=projects&open=all&rates=on"),
    "summary-of-a-member": View(f"{REPORTS}/summary?open=all", BO),
    "summary-of-nothing": View(f"{REPORTS}/summary?period=all&user=987654321"),
    "detailed": View(f"{REPORTS}/detailed"),
    "weekly": View(f"{REPORTS}/weekly?{WEEK}"),
    "weekly-amounts": View(f"{REPORTS}/weekly?{WEEK}&by=projects&show=amounts"),
    "saved": View("/w/10/saved"),
    "saved-report": View("/w/10/saved/{report}"),
    "projects": View("/w/10/projects"),
    "projects-archived": View("/w/10/projects?archived=1"),
    "project-new": View("/w/10/projects/new"),
    "project": View("/w/10/projects/30"),
    "project-of-a-member": View("/w/10/projects/30", BO),
    "clients": View("/w/10/clients"),
    "tags": View("/w/10/tags"),
    "people": View("/w/10/people"),
    "person": View("/w/10/people/2"),
    "groups": View("/w/10/groups"),
    "settings": View("/w/10/settings"),
    "import": View("/w/10/import"),
    "profile": View("/profile"),
    "shared-summary": View("/shared-report/{summary}", None),
    "shared-detailed": View("/shared-report/{detailed}", None),
    "shared-weekly": View("/shared-report/{weekly}", None),
    "shared-by-password": View("/shared-report/{secret}", None),
    "missing": View("/w/10/projects/987654321", status=404),
    "wrong": View(f"{REPORTS}/summary?by=everything", status=400),
}

SKETCHES = {"project_id": 30, "billable": True, "tag_ids": [50]}
TRACKED: tuple[tuple[int, str, int, str, dict[str, Any]], ...] = (
    (ADA, "2026-01-20T06:05:00Z", 5_400, "Sketches for the front page", SKETCHES),
    (ADA, "2026-01-20T08:00:00Z", 1_800, "Call with the printer", {"project_id": 31}),
    (ADA, "2026-01-20T09:10:00Z", 4_271, "", {}),
    (BO, "2026-01-19T14:00:00Z", 7_200, "Images", {"project_id": 33}),
)


class Gallery:
    def __init__(self, site: Site, known: dict[str, str]) -> None:
        self.site = site
        self._known = known

    def path(self, name: str) -> str:
        return VIEWS[name].path.format(**self._known)

    def show(self, page: Page, name: str) -> None:
        """Fails unless the page answers as it should."""
        answer = page.goto(self.path(name))
        assert answer is not None
        assert answer.status == VIEWS[name].status, f"{answer.status} for {answer.url}"


def plain(what: str) -> str:
    return what


@contextmanager
def gallery_in(folder: Path, say: Say = plain) -> Iterator[Gallery]:
    """`say` makes the text of whatever somebody can name."""
    with open_stage() as stage, site_on(stage, folder) as site:
        yield Gallery(site, furnished(site, say))


def furnished(site: Site, say: Say) -> dict[str, str]:
    """What the paths of the views need to know."""
    known = {
        "entry": str(track(site, say)),
        "invitation": invitation_link(site, "dan@example.com"),
        "reset": forgotten(site),
    }
    name_things(site, say)
    for kind in ("summary", "detailed", "weekly"):
        report = save(
            site.agency.http, name=say(f"A {kind} report"), public=True, params=params(kind)
        )
        known |= {kind: report["token"], "report": str(report["id"])}
    secret = save(site.agency.http, name=say("Secret"), public=True, password="open sesame")
    return known | {"secret": secret["token"]}


def forgotten(site: Site) -> str:
    site.agency.post("/me/lost_passwords", {"email": "ada@example.com"}, None)
    return reset_link(site, "ada@example.com")


def track(site: Site, say: Say) -> int:
    """A day of Ada's, with something running since eighteen minutes ago; an entry of that day."""
    agency = site.agency
    agency.patch(f"{WORKSPACE}/time_entries/107/stop")
    agency.delete(f"{WORKSPACE}/time_entries/107")
    made = [
        new(agency, by, start=start, duration=seconds, description=say(text), **more)["id"]
        for by, start, seconds, text, more in TRACKED
    ]
    start = (NOW - timedelta(minutes=18)).strftime("%Y-%m-%dT%H:%M:%SZ")
    running = run(agency, start)
    text = {"description": say("Proofs"), "project_id": 30, "task_id": 40}
    agency.put(f"{WORKSPACE}/time_entries/{running['id']}", text)
    return int(made[0])


def name_things(site: Site, say: Say) -> None:
    """One more of each kind."""
    agency = site.agency
    client = agency.post(f"{WORKSPACE}/clients", {"name": say("North & Sons")})
    project = agency.post(
        f"{WORKSPACE}/projects",
        {"name": say("Brochure"), "client_id": client["id"], "active": True, "color": "#2da608"},
    )
    agency.post(f"{WORKSPACE}/projects/{project['id']}/tasks", {"name": say("Proofreading")})
    agency.post(f"{WORKSPACE}/tags", {"name": say("abroad")})
    agency.post(f"{WORKSPACE}/groups", {"name": say("Printers")})
    away = agency.post(f"{WORKSPACE}/projects", {"name": say("Calendar"), "active": True})
    agency.put(f"{WORKSPACE}/projects/{away['id']}", {"active": False})


def rename_everything(site: Site, say: Say) -> None:
    """Also what the agency's world brought along, for who wants to meet bad names everywhere."""
    agency = site.agency
    for path in ("projects/30", "projects/33", "clients/20", "tags/50", "groups/70"):
        agency.put(f"{WORKSPACE}/{path}", {"name": say(path)})
    agency.put(f"{WORKSPACE}/projects/30/tasks/40", {"name": say("task")})
    agency.put(WORKSPACE, {"name": say("workspace")})
    agency.put("/me", {"fullname": say("Ada")})
    agency.put("/me", {"fullname": say("Bo")}, BO)
