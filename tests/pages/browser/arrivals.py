"""Links that reach people by mail or by hand, and an empty server that waits for its first account."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

from tests.pages.browser.acts import eventually
from tests.pages.browser.site import Site
from tests.running import COMMAND, clean_environment
from tests.track.people import invite

ADDRESS = re.compile(r"http://[0-9.]+:[0-9]+")
CODE = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])")  # 32 random bytes (D12.1)
SECONDS_MAX = 60


def reset_link(site: Site, email: str) -> str:
    """The path of the link in the last mail to that address."""
    eventually(lambda: any(email in mail["To"] for mail in site.mails), True)
    mail = next(one for one in reversed(site.mails) if email in one["To"])
    found = re.search(r"/reset-password/\S+", mail.get_content())
    assert found, mail.get_content()
    return found[0]


def invitation_link(site: Site, email: str) -> str:
    return f"/invitation/{invite(site.agency, email)}"


class FirstStart:
    """What `gnomon serve` says on an empty data folder: its address and the one-time code."""

    def __init__(self, said: str) -> None:
        self.address = ADDRESS.findall(said)[0]
        self.code = CODE.findall(said)[0]


@contextmanager
def first_start(data: Path) -> Iterator[FirstStart]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", str(data)],
        env=clean_environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    said: list[str] = []
    listener = Thread(target=_listen, args=(process.stderr, said))
    listener.start()
    try:
        eventually(lambda: knows_all("".join(said)), True, SECONDS_MAX)
        yield FirstStart("".join(said))
    finally:
        process.kill()
        listener.join()
        process.communicate(timeout=SECONDS_MAX)


def knows_all(said: str) -> bool:
    return bool(ADDRESS.search(said) and CODE.search(said))


def _listen(stream: IO[str], said: list[str]) -> None:
    said.extend(stream)  # a line is there as soon as it is said
