"""Pieces of SVG: elements with escaped attributes and texts."""

import re
from html import escape

FONTS = "'Noto Sans', 'Inter', system-ui, sans-serif"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str = "", **attributes: object) -> str:
    """An element; `content` is markup already, underscores in names of attributes are hyphens, None is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(content: str, **attributes: object) -> str:
    return element("text", _markup(content), **attributes)


def picture(width: float, height: float, title: str, description: str, content: str) -> str:
    """The whole, told to who cannot see it by its title and description."""
    told = element("title", _markup(title)) + element("desc", _markup(description))
    return element(
        "svg",
        told + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        role="img",
        font_family=FONTS,
    )


def _markup(content: str) -> str:
    """Text that stays text, without what XML 1.0 has no way to write."""
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", content))


def _number(value: object) -> str:
    """Short, so that pictures stay small."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
