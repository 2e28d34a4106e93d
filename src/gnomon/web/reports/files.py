"""Reports as files: made in a thread or on disk, sent in pieces."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import BinaryIO, TypeVar

from anyio import CancelScope, CapacityLimiter, create_task_group, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gnomon.errors import FileFailed
from gnomon.web.respond import SAFE_HEADERS
from gnomon.wire.reports_v3.files import FileKind

BYTES_PER_PIECE = 256 * 1024
T = TypeVar("T")


def file_response(
    pieces: AsyncIterator[bytes], kind: FileKind, name: str, headers: Mapping[str, str]
) -> Response:
    return StreamingResponse(
        pieces,
        media_type=kind.media_type,
        headers={
            **SAFE_HEADERS,
            **headers,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


async def pieces_of(made: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is made in a thread; asynchronous, because only such a generator is closed when the client leaves."""
    while (piece := await to_thread.run_sync(next, made, None)) is not None:
        yield piece


async def pieces_of_file(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while piece := await to_thread.run_sync(file.read, BYTES_PER_PIECE):
            yield piece


async def while_connected(
    request: Request, work: Callable[[Event], T], limiter: CapacityLimiter
) -> T:
    """The work's result; the work is told by the event when the client has gone, and then nobody waits for a turn.

    Clients that ask for much and hang up would otherwise keep all others waiting.
    """
    gone = Event()
    results: list[T] = []

    async def watch(scope: CancelScope) -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()
        scope.cancel()

    try:
        async with create_task_group() as group:
            group.start_soon(watch, group.cancel_scope)
            results.append(
                await to_thread.run_sync(work, gone, limiter=limiter, abandon_on_cancel=True)
            )
            group.cancel_scope.cancel()
    except ExceptionGroup as failures:  # the group's wrapping of the work's own error
        raise failures.exceptions[0] from failures
    if not results:
        raise FileFailed("The client hung up.")
    return results[0]


def written_file(write: Callable[[Path], None]) -> BinaryIO:
    """An open file that has no name any more: nothing is left of it however the request ends."""
    with TemporaryDirectory(prefix="gnomon-file-") as folder:
        path = Path(folder) / "report"
        write(path)
        return path.open("rb")
