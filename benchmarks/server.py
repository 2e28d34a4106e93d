"""A real server process over a record, and a client that costs next to nothing."""

import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.world import TOKEN, WORKSPACE_ID

PATH = f"/reports/api/v3/workspace/{WORKSPACE_ID}/summary/time_entries"
AUTHORIZATION = "Basic " + base64.b64encode(f"{TOKEN}:api_token".encode()).decode()
START_SECONDS_MAX = 60
ANSWER_SECONDS_MAX = 120
ANSWER_BYTES_MAX = 64 * 1024 * 1024
ADDRESS = re.compile(r"Gnomon is at http://([\d.]+):(\d+)")
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    process_id: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}{PATH}"


@contextmanager
def running_server(record: Path) -> Iterator[Server]:
    """`gnomon serve` with its default settings on a free port; stopped on the way out."""
    command = [sys.executable, "-m", "gnomon", "serve", "--port", "0", "--data", str(record)]
    environment = {key: value for key, value in os.environ.items() if "GNOMON" not in key}
    with tempfile.TemporaryDirectory(prefix="gnomon-bench-log-") as folder:
        log = Path(folder) / "log"  # a pipe would fill up with the line that each request logs
        with log.open("w") as said:
            process = subprocess.Popen(command, stderr=said, env=environment)
        try:
            yield _when_ready(process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _when_ready(process: subprocess.Popen[bytes], log: Path) -> Server:
    give_up_at = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < give_up_at and process.poll() is None:
        found = ADDRESS.search(log.read_text())
        if found is not None:
            return Server(found[1], int(found[2]), process.pid)
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start: {log.read_text()}")


IDLE_SECONDS_MAX = 3  # the server closes connections that are idle for five


class Connection:
    """One kept-alive connection; answers land in one buffer, so the client's share of a time is the copying."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connect()
        self._buffer = bytearray(ANSWER_BYTES_MAX)
        self._view = memoryview(self._buffer)

    def _connect(self) -> None:
        address = (self._server.host, self._server.port)
        self._socket = socket.create_connection(address, ANSWER_SECONDS_MAX)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used_at = time.monotonic()

    def ask(self, question: Mapping[str, Any], path: str = PATH) -> memoryview:
        """The body of the answer; valid until the next question."""
        if time.monotonic() - self._used_at > IDLE_SECONDS_MAX:
            self.close()
            self._connect()
        body = json.dumps(question).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: {AUTHORIZATION}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + body)
        received = 0
        while (head_end := self._buffer.find(b"\r\n\r\n", 0, received)) < 0:
            received += self._receive(received)
        answer_head = bytes(self._view[:head_end])
        length = LENGTH.search(answer_head)
        if not answer_head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(f"Refused: {bytes(self._view[:received])!r}")
        first, end = head_end + 4, head_end + 4 + int(length[1])
        while received < end:
            received += self._receive(received)
        self._used_at = time.monotonic()
        return self._view[first:end]

    def _receive(self, received: int) -> int:
        count = self._socket.recv_into(self._view[received:])
        if not count:
            raise RuntimeError(
                "The server closed the connection, or the answer is larger than the buffer."
            )
        return count

    def close(self) -> None:
        self._socket.close()
