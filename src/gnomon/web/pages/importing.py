"""`/w/{workspace_id}/import`: choose a file, see what would happen, do it (D11.2)."""

import asyncio
from collections.abc import AsyncGenerator
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from gnomon.errors import BadData
from gnomon.store.imports import ImportPlan
from gnomon.tracking.refusals import BadChange, Forbidden
from gnomon.units.dates import zone_of
from gnomon.web.import_jobs import FILE, Job, Stage
from gnomon.web.limits import check_announced_size
from gnomon.web.pages.forms import Form, checked
from gnomon.web.pages.handling import check_form_token, find_guest, go, guarded, open_visit
from gnomon.web.pages.visit import (
    WORKSPACE,
    Go,
    Guest,
    NotFound,
    PageRow,
    View,
    Visit,
)
from gnomon.web.services import Services
from gnomon.web.transactions import READING
from gnomon.wire.errors import BodyCutOff, BodyTooLarge, BodyTooSlow

IMPORT = f"{WORKSPACE}/import"
JOB = f"{IMPORT}/{{job_key}}"
FILE_BYTES_MAX = 256 * 1024 * 1024
UPLOAD_SECONDS_MAX = 900.0
SKIPPED_SHOWN_MAX = 100
FIELDS_MAX = 10
KINDS = ("users", "clients", "projects", "tasks", "tags")


def show_import(visit: Visit) -> View:
    """For admins: a file brings people and projects with it."""
    if not visit.actor.is_admin:
        raise NotFound
    return View("imports/choose.html", {"title": "Import", "timezone": visit.account.timezone})


LOOK = PageRow("POST", IMPORT, show_import, "Look at a file: what would be imported")


@guarded
async def look_at_file(request: Request) -> Response:
    """Who may not import is told before the file is read; it goes to disk as it comes."""
    services: Services = request.app.state.services
    check_announced_size(request, FILE_BYTES_MAX)
    guest = await to_thread.run_sync(find_guest, request, services, limiter=READING)
    home = await to_thread.run_sync(_allowed, request, services, guest, limiter=READING)
    services.imports.check_room(guest.account.user_id)
    job = await _uploaded(request, services, guest)
    return go(request, f"{home}/import/{job.key}")


def _allowed(request: Request, services: Services, guest: Guest) -> str:
    with services.database.read() as connection:
        visit = open_visit(LOOK, request, services, connection, guest, Form())
        if not visit.actor.is_admin:
            raise NotFound
        return visit.home


async def _uploaded(request: Request, services: Services, guest: Guest) -> Job:
    if "boundary=" not in request.headers.get("content-type", ""):
        raise Forbidden("This is no form of a page.")
    parser = MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=FIELDS_MAX)
    try:
        async with asyncio.timeout(UPLOAD_SECONDS_MAX):
            parts = await parser.parse()
    except TimeoutError:
        raise BodyTooSlow from None
    except ClientDisconnect:
        raise BodyCutOff from None
    except (MultiPartException, ValueError, KeyError, LookupError):
        raise BadChange("The form cannot be read.") from None
    try:
        form = checked((key, value) for key, value in parts.multi_items() if isinstance(value, str))
        check_form_token(form, guest)
        return await to_thread.run_sync(_job, request, services, guest, form, parts)
    finally:
        await parts.close()


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > FILE_BYTES_MAX:
            raise BodyTooLarge
        yield piece


def _job(request: Request, services: Services, guest: Guest, form: Form, parts: FormData) -> Job:
    file = parts.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadChange("Choose a file first.")
    plan = ImportPlan(
        workspace_id=int(request.path_params["workspace_id"]),
        timezone=_zone(form.text("timezone")),
        at=int(services.seconds()),
        updates=form.flag("updates"),
        makes_rates=form.flag("makes_rates"),
    )
    folder = TemporaryDirectory(prefix="gnomon-import-")
    with open(f"{folder.name}/{FILE}", "wb") as kept:  # noqa: PTH123
        copyfileobj(file.file, kept)
    return services.imports.add(guest.account.user_id, file.filename, folder, plan)


def _zone(name: str) -> str:
    try:
        zone_of(name)
    except BadData:
        raise BadChange("There is no such time zone.") from None
    return name


def _mine(visit: Visit) -> Job:
    if not visit.actor.is_admin:
        raise NotFound
    key = str(visit.request.path_params["job_key"])
    job = visit.services.imports.find(key, visit.actor.user_id, visit.actor.workspace_id)
    if job is None:
        raise NotFound
    return job


def show_job(visit: Visit) -> View:
    """What would happen, how far it is, or what happened."""
    job = _mine(visit)
    skipped = job.result.skipped if job.result else []
    context = {
        "title": "Import",
        "job": job,
        "stages": Stage,
        "kinds": KINDS,
        "skipped": skipped[:SKIPPED_SHOWN_MAX],
        "more_skipped": max(0, len(skipped) - SKIPPED_SHOWN_MAX),
    }
    return View("imports/job.html", context)


def start_job(visit: Visit) -> Go:
    job = _mine(visit)
    visit.services.imports.start(job)
    return Go(f"{visit.home}/import/{job.key}")


ROWS = (
    PageRow("GET", IMPORT, show_import, "Where a file is chosen"),
    PageRow("GET", JOB, show_job, "What would be imported, and how far it is"),
    PageRow("POST", f"{JOB}/start", start_job, "Import it"),
)
