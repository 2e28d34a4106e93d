"""Answers to looks at the record, kept while nothing at all is written: the same question has the same bytes (rule 10)."""

import hashlib
import secrets
from collections import OrderedDict
from http import HTTPStatus
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import SignInNeeded
from gnomon.web.auth import basic_credentials

BYTES_MAX = 16 * 1024 * 1024
ANSWER_BYTES_MAX = 64 * 1024
SECONDS_PER_SLOT = 900  # days of all zones begin at full quarters of an hour
TOLD_APART = (b"authorization", b"host", b"cookie", b"content-length", b"transfer-encoding")
Question = tuple[object, ...]


class Looks:
    """By who asks for what; never where others write to the record, too (PostgreSQL)."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[Question, tuple[int, Response]] = OrderedDict()
        self._bytes = 0
        self._guard = Lock()

    def question(self, request: Request, seconds: float) -> Question | None:
        """Everything that an answer depends on besides the record, without the secret that came with it.

        None for what is never kept: requests with a cookie, a body, or without a token. Passwords are always
        looked at, because a right one may have to wait (R7).
        """
        said = {name: value for name, value in request.scope["headers"] if name in TOLD_APART}
        if b"authorization" not in said or len(said) > len((b"authorization", b"host")):
            return None
        if not _is_token(said[b"authorization"]):
            return None
        scope = request.scope
        return (
            hashlib.blake2b(said[b"authorization"], key=self._key, digest_size=16).digest(),
            said.get(b"host"),
            scope["path"],
            scope["query_string"],
            scope["scheme"],
            int(seconds) // SECONDS_PER_SLOT,
        )

    def recall(self, question: Question | None, stamp: int | None) -> Response | None:
        """`stamp`: of the record as it is now."""
        kept = None if question is None else self._kept.get(question)
        return kept[1] if kept is not None and kept[0] == stamp else None

    def keep(self, question: Question | None, stamp: int | None, answer: Response) -> None:
        """`stamp`: of the record before anything was looked up, so that a write in between makes it worthless."""
        size = len(answer.body)
        is_kept = answer.status_code == HTTPStatus.OK and size <= ANSWER_BYTES_MAX
        if question is None or stamp is None or not is_kept:
            return
        with self._guard:
            old = self._kept.pop(question, None)
            if old is not None:
                self._bytes -= len(old[1].body)
            self._kept[question] = (stamp, answer)
            self._bytes += size
            while self._bytes > BYTES_MAX:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._bytes -= len(dropped.body)


def _is_token(header: bytes) -> bool:
    try:
        return basic_credentials(header.decode("latin-1")).is_token
    except SignInNeeded:
        return False
