"""Forms as a browser without a script sends them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from tests.pages.http.markup import Node, Page

Pairs = list[tuple[str, str]]
Values = Mapping[str, str | Sequence[str]]

UNSENT = ("submit", "button", "image", "reset", "file")
NUMBERS = count(1)
SAMPLES = {
    "email": "new@example.com",
    "password": "long enough a password",
    "number": "1",
    "date": "2026-01-12",
    "time": "09:00",
    "color": "#123456",
    "url": "https://example.com/",
}


class Form:
    """One form of a page: where it goes, and what it sends if nobody touches it."""

    def __init__(self, page: Page, node: Node) -> None:
        self.page = page
        self.node = node

    def __repr__(self) -> str:
        return f"{self.method} {self.action} {sorted(self.names())}"

    @property
    def method(self) -> str:
        return self.node.get("method", "get").upper()

    @property
    def action(self) -> str:
        return self.node.get("action") or self.page.path

    @property
    def is_multipart(self) -> bool:
        return self.node.get("enctype") == "multipart/form-data"

    def controls(self) -> list[Node]:
        """Those inside, and those that stand elsewhere and say that they belong to it."""
        inside = self.node.all("input, select, textarea, button")
        own = [one for one in inside if not one.get("form")]
        name = self.node.get("id")
        if not name:
            return own
        return own + [one for one in self.page.all(f"[form={name}]") if one not in own]

    def names(self) -> set[str]:
        return {one.get("name") for one in self.controls() if one.get("name")}

    def buttons(self) -> list[Node]:
        return [one for one in self.controls() if one.tag == "button" or one.get("type") in UNSENT]

    def pairs(self) -> Pairs:
        """What is sent if nothing is changed; a button's own value is not in it."""
        return [
            (control.get("name"), value)
            for control in self.controls()
            if control.get("name") and "disabled" not in control.attributes
            for value in values_of(control)
        ]

    def filled(self, values: Values) -> Pairs:
        """With these values instead; every one of them needs a field."""
        missing = values.keys() - self.names()
        assert not missing, f"no field {sorted(missing)} in {self}"
        kept = [(name, value) for name, value in self.pairs() if name not in values]
        return kept + pairs_of(values)

    def sample(self) -> Pairs:
        """What it holds, and something sensible where something must be."""
        told = dict(self.pairs())
        wanted = {
            control.get("name"): SAMPLES.get(control.get("type"), f"Name {next(NUMBERS)}")
            for control in self.controls()
            if needs_text(control) and not told.get(control.get("name"), "").strip()
        }
        return self.filled(wanted)


def needs_text(control: Node) -> bool:
    is_text = control.tag == "textarea" or (
        control.tag == "input"
        and control.get("type", "text") not in {*UNSENT, "hidden", "checkbox", "radio"}
    )
    is_wanted = "required" in control.attributes or control.get("name") == "name"
    return is_text and is_wanted and bool(control.get("name"))


def values_of(control: Node) -> Iterator[str]:
    """The values that a control sends as it stands."""
    kind = control.get("type", "text")
    if control.tag == "button" or (control.tag == "input" and kind in UNSENT):
        return
    if control.tag == "textarea":
        yield control.raw.removeprefix("\n")
    elif control.tag == "select":
        yield from chosen(control)
    elif kind not in ("checkbox", "radio"):
        yield control.get("value")
    elif "checked" in control.attributes:
        yield control.get("value", "on")


def chosen(select: Node) -> list[str]:
    """The selected options; of a list that opens the first if none is."""
    options = [one for one in select.all("option") if "disabled" not in one.attributes]
    selected = [one for one in options if "selected" in one.attributes]
    if "multiple" not in select.attributes:
        selected = selected[-1:] or options[:1]
    return [one.attributes.get("value", one.text) for one in selected]


def pairs_of(values: Mapping[str, Any]) -> Pairs:
    """A list is a field that stands several times."""
    return [
        (name, one)
        for name, value in values.items()
        for one in ([value] if isinstance(value, str) else value)
    ]


def forms_of(page: Page) -> list[Form]:
    return [Form(page, node) for node in page.all("form")]


def label_of(page: Page, control: Node) -> str:
    """What a control is called by whoever cannot see the page; "" where it has no name."""
    if control.get("aria-label"):
        return control.get("aria-label")
    named = control.get("aria-labelledby").split()
    texts = [node.text for one in named for node in page.all(f"#{one}")]
    if control.get("id"):
        texts += [one.text for one in page.all("label") if one.get("for") == control.get("id")]
    texts += [one.text for one in control.within() if one.tag == "label"]
    if control.tag == "button":
        texts += [control.text, *(one.get("alt") for one in control.all("img"))]
    return " ".join(text for text in texts if text)
