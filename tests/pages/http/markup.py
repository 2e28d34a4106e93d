"""Pages as trees: the parser of the standard library, and the few selectors that tests need."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
INLINE = frozenset(
    "a abbr b bdi bdo code em i kbd label mark small span strong sub sup time u".split()  # noqa: SIM905
)
ENDS = {  # which open elements end where another of this name begins
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
    "tfoot": {"td", "th", "tr", "tbody"},
    "option": {"option"},
    "optgroup": {"option", "optgroup"},
}
OPTIONAL_ENDS = frozenset({*ENDS, "p", "thead", "colgroup", "html", "body", "head"})
COMPOUND = re.compile(
    r"(?P<tag>^[\w-]+)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<sign>\^?=)(?P<value>[^\]]*))?\]"
)


def plain(text: str) -> str:
    """Text as a reader sees it: blanks of any kind are one blank."""
    return " ".join(text.split())


class Comment(NamedTuple):
    """What stands in a comment, a declaration or a processing instruction."""

    text: str


class Node:
    """An element; of an attribute that stands twice the first counts, as in browsers."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.way: str = f"{parent.way}/{tag}" if parent else tag
        self.children: list[Node | str] = []

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}> {self.text[:80]!r}"

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    @property
    def own(self) -> str:
        """What stands in it and in nothing inside it."""
        return "".join(one for one in self.children if isinstance(one, str))

    @property
    def raw(self) -> str:
        """Its text to the letter."""
        return "".join(one if isinstance(one, str) else one.raw for one in self.children)

    @property
    def text(self) -> str:
        return plain("".join(self._pieces()))

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag in INLINE:
                yield from child._pieces()
            else:
                yield from (" ", *child._pieces(), " ")

    def walk(self) -> Iterator["Node"]:
        """Everything inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def within(self) -> Iterator["Node"]:
        """What it stands in, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def all(self, selector: str) -> list["Node"]:
        """Such as `table.report tr.group, dd[data-figure=total]`."""
        wanted = [one.split() for one in selector.split(",")]
        return [node for node in self.walk() if any(_fits(node, steps) for steps in wanted)]

    def one(self, selector: str) -> "Node":
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} of {selector}: {found[:3]}"
        return found[0]


def _fits(node: Node, steps: list[str]) -> bool:
    """The last step is the node itself, the others some of what it stands in."""
    if not _is(node, steps[-1]):
        return False
    rest = steps[:-1]
    for outer in node.within():
        if rest and _is(outer, rest[-1]):
            rest = rest[:-1]
    return not rest


def _is(node: Node, step: str) -> bool:
    return all(_holds(node, match) for match in COMPOUND.finditer(step))


def _holds(node: Node, match: re.Match[str]) -> bool:
    if match["tag"]:
        return node.tag == match["tag"]
    if match["id"]:
        return node.get("id") == match["id"]
    if match["class"]:
        return match["class"] in node.classes
    if match["sign"] is None:
        return match["name"] in node.attributes
    value = node.get(match["name"])
    return value == match["value"] if match["sign"] == "=" else value.startswith(match["value"])


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#page", {}, None)
        self.here = self.root
        self.comments: list[Comment] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.here.tag in ENDS.get(tag, ()) and self.here.parent is not None:
            self.here = self.here.parent
        node = Node(tag, {name: value or "" for name, value in reversed(attrs)}, self.here)
        if len(node.attributes) < len(attrs):
            self.faults.append(f"an attribute twice: <{tag} {attrs}>")
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path/>` is whole in a drawing; elsewhere the slash says nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID and any(node.tag == "svg" for node in [self.here, *self.here.within()]):
            assert self.here.parent is not None
            self.here = self.here.parent

    def handle_endtag(self, tag: str) -> None:
        opened = [self.here, *self.here.within()]
        place = next((place for place, node in enumerate(opened) if node.tag == tag), None)
        if place is None:
            self.faults.append(f"nothing that </{tag}> could end")
            return
        left_open = [node.tag for node in opened[:place] if node.tag not in OPTIONAL_ENDS]
        self.faults += [f"<{name}> is open where </{tag}> stands" for name in left_open]
        parent = opened[place].parent
        assert parent is not None
        self.here = parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(Comment(data))

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.comments.append(Comment(decl))

    def unknown_decl(self, data: str) -> None:
        self.comments.append(Comment(data))

    def handle_pi(self, data: str) -> None:
        self.comments.append(Comment(data))


class Page(Node):
    """A parsed page; `faults` are tags that do not fit together."""

    def __init__(self, text: str, path: str = "") -> None:
        builder = _Builder()
        builder.feed(text)
        builder.close()
        super().__init__("#page", {}, None)
        self.children = builder.root.children
        for child in self.children:
            if isinstance(child, Node):
                child.parent = self
        self.path = path
        self.source = text
        self.comments = builder.comments
        self.faults = builder.faults
