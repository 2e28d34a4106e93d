"""A picture that somebody uploads in a form."""

from collections.abc import AsyncGenerator
from typing import Any

from anyio import to_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gnomon.errors import BadData, GnomonError
from gnomon.export.logo_check import check_logo
from gnomon.tracking.refusals import BadChange
from gnomon.web.signing_in import HASHING


async def uploaded_logo(request: Request, raw: bytes) -> Any:
    """A picture that can be printed, or why it cannot; found out before anybody waits for the record."""
    image = await _file(request, raw)
    if isinstance(image, GnomonError):
        return image
    try:
        return await checked_logo(image)
    except BadChange as error:
        return error


async def checked_logo(image: bytes) -> bytes:
    """The picture, if it can be printed; raises `BadChange`."""
    try:
        await to_thread.run_sync(check_logo, image, limiter=HASHING)
    except BadData:
        raise BadChange("A logo is a PNG or a JPEG file.") from None
    return image


async def _file(request: Request, raw: bytes) -> Any:
    """The file of an uploaded form, or why there is none."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield raw

    if "boundary=" not in request.headers.get("content-type", ""):
        return BadChange("A file is needed in the form field 'file'.")
    try:
        form = await MultiPartParser(request.headers, stream(), max_files=1, max_fields=10).parse()
    except (MultiPartException, ValueError, KeyError, LookupError):
        return BadChange("The form cannot be read.")
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return BadChange("A file is needed in the form field 'file'.")
        return await file.read()
    finally:
        await form.close()
