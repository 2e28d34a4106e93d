"""The server among bad clients and at its end."""

import base64
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.running import RunningServer, init, serving

WRONG = base64.b64encode(b"f" * 32 + b":api_token").decode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    data = tmp_path_factory.mktemp("server") / "data"
    return data, init(data)


@pytest.fixture
def server(home: tuple[Path, dict]) -> Iterator[RunningServer]:
    with serving(home[0]) as running:
        yield running


def path_of(home: dict) -> str:
    return f"/reports/api/v3/workspace/{home['workspace_id']}/summary/time_entries"


def head(path: str, credentials: str, *headers: str) -> bytes:
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: x",
        f"Authorization: Basic {credentials}",
        *headers,
        "",
        "",
    )
    return "\r\n".join(lines).encode()


def right(home: dict) -> str:
    return base64.b64encode(f"{home['api_token']}:api_token".encode()).decode()


def answer_to(port: int, sent: bytes, seconds: float = 10) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(sent)
        return connection.recv(65_536)


def test_a_wrong_token_is_answered_before_the_body_is_sent(server: RunningServer, home) -> None:
    sent = head(path_of(home[1]), WRONG, "Content-Length: 1000000")
    assert answer_to(server.port, sent).startswith(b"HTTP/1.1 403")


def test_a_body_announced_too_large_is_refused_unread(server: RunningServer, home) -> None:
    sent = head(path_of(home[1]), right(home[1]), "Content-Length: 300000000")
    assert answer_to(server.port, sent).startswith(b"HTTP/1.1 413")


def test_an_unannounced_body_is_refused_at_the_limit(server: RunningServer, home) -> None:
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    sent = head(path_of(home[1]), right(home[1]), "Transfer-Encoding: chunked") + chunk * 17
    assert answer_to(server.port, sent).startswith(b"HTTP/1.1 413")


def test_a_head_too_long_is_cut_off(server: RunningServer, home) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 40_000 + b"\r\n\r\n")
        with pytest.raises((ConnectionError, AssertionError)):
            assert connection.recv(10)


def test_half_sent_heads_are_closed_within_fifteen_seconds(server: RunningServer) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(50)]
    began = time.monotonic()
    for connection in slow:
        connection.sendall(b"POST /healthz HTTP/1.1\r\nHost: x\r\n")
    assert httpx2.get(f"{server.address}/healthz").json() == {"status": "ok"}
    for connection in slow:
        try:
            assert connection.recv(100) == b""
        except ConnectionResetError:
            connection.close()
        connection.close()
    assert time.monotonic() - began < 15


def test_a_kept_connection_serves_more_than_one_request(server: RunningServer, home) -> None:
    with httpx2.Client(auth=(home[1]["api_token"], "api_token")) as client:
        for _ in range(3):
            answer = client.post(
                server.address + path_of(home[1]), json={"start_date": "2026-01-01"}
            )
            assert answer.text == '{"groups":[]}'


def test_what_is_in_flight_is_answered_after_sigterm(home) -> None:
    with serving(home[0]) as server:
        body = b'{"start_date":"2026-01-01"}'
        sent = head(
            path_of(home[1]), right(home[1]), f"Content-Length: {len(body)}", "Connection: close"
        )
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(sent + body[:5])
            time.sleep(0.5)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            connection.sendall(body[5:])
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        assert server.process.wait(20) == 0


def test_no_secret_is_in_the_log(home) -> None:
    with serving(home[0]) as server:
        httpx2.post(
            server.address + path_of(home[1]),
            content=b"{",
            auth=("ada@example.com", "hush hush hush"),
        )
        httpx2.post(
            server.address + path_of(home[1]),
            content=b"{",
            auth=(home[1]["api_token"], "api_token"),
        )
        server.process.send_signal(signal.SIGTERM)
        _, log = server.process.communicate(timeout=20)
    assert '"status":400' in log
    assert "hush" not in log
    assert home[1]["api_token"] not in log


def test_figures_are_told(server: RunningServer, home) -> None:
    threads = [
        threading.Thread(
            target=httpx2.post,
            args=(server.address + path_of(home[1]),),
            kwargs={
                "json": {"start_date": "2026-01-01"},
                "auth": (home[1]["api_token"], "api_token"),
            },
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = httpx2.get(f"{server.address}/metrics").text
    assert (
        'gnomon_requests_total{route="/reports/api/v3/workspace/{workspace_id}/summary/time_entries",status="200"} 8.0'
        in told
    )
    assert "gnomon_table_bytes" in told
