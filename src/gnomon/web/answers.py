"""Finished answers, kept a while: the same question at the same change has the same bytes (rule 10)."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

BYTES_MAX = 64 * 1024 * 1024
BYTES_PER_ANSWER = 512  # what an answer takes beside its body


@dataclass(frozen=True, slots=True)
class Answer:
    """Encoded bytes and a name for them that two servers agree on."""

    body: bytes
    etag: str


class AnswerCache:
    """Least recently used out first; keys hold the change number, so nothing here can be stale."""

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._guard = threading.Lock()

    def answer(self, question: tuple[object, ...], make: Callable[[], bytes]) -> Answer:
        """The kept answer, or a new one from `make`; questions that are written the same are the same."""
        key = hashlib.sha256(repr(question).encode()).hexdigest()
        with self._guard:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return kept
        answer = Answer(make(), etag=f'"{key[:32]}"')
        self._keep(key, answer)
        return answer

    def _keep(self, key: str, answer: Answer) -> None:
        if len(answer.body) > self._bytes_max // 4:  # one giant must not push out everybody else
            return
        with self._guard:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._bytes += len(answer.body) + BYTES_PER_ANSWER
            while self._bytes > self._bytes_max:
                _, dropped = self._answers.popitem(last=False)
                self._bytes -= len(dropped.body) + BYTES_PER_ANSWER
