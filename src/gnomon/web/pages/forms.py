"""What a form or an address says: texts by name, each name once or often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from gnomon.tracking.refusals import BadChange, Forbidden
from gnomon.wire.body import positive_id

FORM_TYPE = "application/x-www-form-urlencoded"
FIELDS_MAX = 12_000  # ten thousand ids and what stands around them
ON = "on"


@dataclass(frozen=True, slots=True)
class Form:
    """Pairs in the order in which they came; a name that is not there is the empty text."""

    pairs: Sequence[tuple[str, str]] = ()

    def text(self, name: str) -> str:
        """The last one given, without blanks around it."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        for key, value in reversed(self.pairs):
            if key == name:
                return value
        return ""

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def flag(self, name: str) -> bool:
        return self.text(name) == ON

    def number(self, name: str, label: str) -> int | None:
        """An id; None where nothing is given."""
        text = self.text(name)
        if not text:
            return None
        number = positive_id(text)
        if number is None:
            raise BadChange(f"{label} makes no sense.")
        return number

    def numbers(self, name: str, label: str) -> list[int]:
        found = [positive_id(text) for text in self.all(name)]
        if None in found:
            raise BadChange(f"{label} makes no sense.")
        return [one for one in found if one is not None]


def read_form(request: Request, body: bytes) -> Form:
    """The fields of a form that a page sent; raises `Forbidden` and `BadChange` for anything else."""
    if not request.headers.get("content-type", "").startswith(FORM_TYPE):
        raise Forbidden("This is no form of a page.")
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict")
    except ValueError:
        raise BadChange("The form cannot be read.") from None
    return checked(pairs)


def checked(pairs: Iterable[tuple[str, str]]) -> Form:
    """Lines end as they do here; a NUL is nothing that anybody typed."""
    told = [(key, value.replace("\r\n", "\n")) for key, value in pairs]
    if any("\0" in key or "\0" in value for key, value in told):
        raise BadChange("A text has no NUL characters.")
    return Form(told)
