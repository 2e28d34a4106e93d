"""The password of a public report: asked once, remembered by a cookie that only this very password makes good (D10.7)."""

import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import Response

from gnomon.model.saved_report import SavedReport
from gnomon.store.secrets import SecretBox
from gnomon.web.cookies import put_cookie
from gnomon.web.services import Services

NAME = "gnomon-share"
SECONDS = 12 * 3_600


def is_unlocked(request: Request, report: SavedReport, box: SecretBox, now: int) -> bool:
    """The cookie is sealed; another password, and time, make it worthless."""
    if report.password_hash is None:
        return True
    told = box.open(request.cookies.get(NAME, "").encode())
    mark, _, until = (told or "").partition(" ")
    return hmac.compare_digest(mark, _mark(report)) and until.isdigit() and int(until) > now


def unlock(response: Response, request: Request, report: SavedReport, services: Services) -> None:
    now = int(services.seconds())
    sealed = services.box.seal(f"{_mark(report)} {now + SECONDS}").decode()
    put_cookie(response, request, NAME, sealed, seconds=SECONDS, path=request.url.path)


def _mark(report: SavedReport) -> str:
    text = f"{report.report_id} {report.password_hash}"
    return hashlib.sha256(text.encode()).hexdigest()
