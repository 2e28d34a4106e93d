"""What a request may cost before any work is done for it (D1.6, R9)."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from gnomon.wire.errors import BodyCutOff, BodyTooLarge, BodyTooSlow

BODY_BYTES_MAX = 1024 * 1024
BODY_SECONDS_MAX = 60.0


def check_announced_size(request: Request, bytes_max: int = BODY_BYTES_MAX) -> None:
    """Refuse by the announced length, before a byte of the body is read."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > bytes_max:
        raise BodyTooLarge


async def read_body(request: Request, bytes_max: int = BODY_BYTES_MAX) -> bytes:
    """The body, never more than `bytes_max` of it in memory and never waited for longer than a minute."""
    check_announced_size(request, bytes_max)
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            async for piece in request.stream():
                size += len(piece)
                if size > bytes_max:
                    raise BodyTooLarge
                pieces.append(piece)
    except TimeoutError:
        raise BodyTooSlow from None
    except ClientDisconnect:
        raise BodyCutOff from None
    return b"".join(pieces)
