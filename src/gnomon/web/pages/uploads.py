"""A file that a page's form sends, with the fields beside it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gnomon.tracking.refusals import BadChange, Forbidden
from gnomon.web.pages.forms import Form, checked
from gnomon.web.pages.handling import check_form_token
from gnomon.web.pages.visit import Guest

FIELDS_MAX = 10


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes


async def read_upload(request: Request, raw: bytes, guest: Guest) -> tuple[Form, Upload]:
    """Raises `BadChange` where there is no file, `Forbidden` where the form is not ours."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield raw

    if "boundary=" not in request.headers.get("content-type", ""):
        raise Forbidden("This is no form of a page.")
    try:
        parser = MultiPartParser(request.headers, stream(), max_files=1, max_fields=FIELDS_MAX)
        parts = await parser.parse()
    except (MultiPartException, ValueError, KeyError, LookupError):
        raise BadChange("The form cannot be read.") from None
    try:
        form = checked((key, value) for key, value in parts.multi_items() if isinstance(value, str))
        check_form_token(form, guest)
        file = parts.get("file")
        if not isinstance(file, UploadFile):
            raise BadChange("Choose a file first.")
        return form, Upload(file.filename or "", await file.read())
    finally:
        await parts.close()
