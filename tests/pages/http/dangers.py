"""What no page may hold, whoever gave its texts a name, and the skeleton that is left when all texts are gone."""

import re
from collections import Counter
from urllib.parse import urlsplit

from tests.pages.http.markup import Node, Page, plain

FORBIDDEN = frozenset(
    "style iframe object embed base applet frame frameset foreignobject template plaintext math animate set".split()  # noqa: SIM905
)
LOADS = {
    "script": "src",
    "link": "href",
    "img": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "image": "href",
    "use": "href",
    "form": "action",
    "button": "formaction",
    "input": "formaction",
}
GOES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "cite", "ping")
SCHEMES = {"", "http", "https", "mailto"}
BLANKS = re.compile(r"[\x00-\x20\x7f]")
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
Skeleton = Counter[tuple[str, tuple[str, ...]]]


def dangers_of(page: Page) -> list[str]:
    """Everything on a page that could run, load or lead astray; nothing is right."""
    found = [*page.faults, *(f"a comment: {one.text[:80]}" for one in page.comments)]
    for node in page.walk():
        found += [f"{what}: {node}" for what in faults_of(node)]
    return found


def faults_of(node: Node) -> list[str]:
    told = []
    if node.tag in FORBIDDEN:
        told.append("an element that no page has")
    if node.tag == "script" and (not node.get("src") or plain(node.raw)):
        told.append("a script inside the page")
    if node.tag == "meta" and node.get("http-equiv"):
        told.append("a header inside the page")
    told += [
        f"the attribute {name}"
        for name in node.attributes
        if name.startswith("on") or name in ("style", "srcdoc", "background")
    ]
    told += [f"the address {node.get(name)[:80]}" for name in GOES if leads_astray(node, name)]
    return told


def leads_astray(node: Node, name: str) -> bool:
    """Another scheme than a link may have, or another server where something is loaded or sent."""
    address = BLANKS.sub("", node.get(name))
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return True
    if LOADS.get(node.tag) == name:
        is_picture = node.tag == "img" and address.startswith("data:image/")
        return bool(parts.netloc or parts.scheme) and not is_picture
    return parts.scheme not in SCHEMES or "evil" in parts.netloc


def skeleton_of(page: Page) -> Skeleton:
    """Which elements stand in which, with which attributes, and how many of each."""
    return Counter((node.way, tuple(sorted(node.attributes))) for node in page.walk())


def texts_of(page: Page) -> str:
    """All texts and all values of attributes, a line each."""
    nodes = [*page.walk()]
    values = (value for node in nodes for value in node.attributes.values())
    return "\n".join(plain(text) for text in (*(node.own for node in nodes), *values))
