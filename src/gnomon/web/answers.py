"""Finished answers, kept a while: the same question at the same change has the same bytes (rule 10)."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

BYTES_MAX = 64 * 1024 * 1024
REQUESTS_MAX = 10_000
BYTES_PER_ANSWER = 512  # what an answer takes beside its body


@dataclass(frozen=True, slots=True)
class Answer:
    """Encoded bytes and a name for them that two servers agree on."""

    body: bytes
    key: str

    @property
    def etag(self) -> str:
        return f'"{self.key[:32]}"'


class AnswerCache:
    """Least recently used out first; keys hold the change number, so nothing here can be stale."""

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._requests: OrderedDict[Hashable, tuple[str, dict[str, str]]] = OrderedDict()
        self._guard = threading.Lock()

    def recall(self, request: Hashable) -> tuple[Answer, dict[str, str]] | None:
        """The answer and headers that this very request had, while the answer is kept."""
        with self._guard:
            key, headers = self._requests.get(request, ("", {}))
            kept = self._answers.get(key)
            if kept is None:
                return None
            self._answers.move_to_end(key)
            return kept, headers

    def note(self, request: Hashable, answer: Answer, headers: dict[str, str]) -> None:
        """Remember which answer a request had, so that the next one like it need not be understood again."""
        with self._guard:
            self._requests[request] = (answer.key, headers)
            while len(self._requests) > REQUESTS_MAX:
                self._requests.popitem(last=False)

    def answer(self, question: tuple[object, ...], make: Callable[[], bytes]) -> Answer:
        """The kept answer, or a new one from `make`; questions that are written the same are the same."""
        key = hashlib.sha256(repr(question).encode()).hexdigest()
        with self._guard:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return kept
        answer = Answer(make(), key)
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
