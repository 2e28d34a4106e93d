"""Reports as files: made in a thread or on disk, sent in pieces."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeVar

from anyio import to_thread
from starlette.responses import Response, StreamingResponse

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


def written_file(write: Callable[[Path], None]) -> BinaryIO:
    """An open file that has no name any more: nothing is left of it however the request ends."""
    with TemporaryDirectory(prefix="gnomon-file-") as folder:
        path = Path(folder) / "report"
        write(path)
        return path.open("rb")
