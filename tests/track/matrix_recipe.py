"""What a recipe of the isolation matrix is, and short ways to write one."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image


@dataclass(frozen=True)
class Recipe:
    """`kinds` says of which kind a path parameter is (else its name tells), `own` which own thing fits the route;
    `reads` is a request that changes nothing though it is no GET; `maybe` a route that need not exist."""

    method: str
    path: str
    body: Any = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    files: Any = None
    reads: bool = False
    public: bool = False  # needs no credentials
    works: bool = True  # an own one can be asked for and answers 200 or 201
    maybe: bool = False

    @property
    def is_safe(self) -> bool:
        return self.reads or self.method == "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path} {'/'.join(self.fixed.values())}".strip()


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "#224466").save(made, "PNG")
    return made.getvalue()


def replacing(path: str, value: Any) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": path, "value": value}]


def get(path: str, **more: Any) -> Recipe:
    return Recipe("GET", path, **more)


def post(path: str, body: Any = None, **more: Any) -> Recipe:
    return Recipe("POST", path, body, **more)


def put(path: str, body: Any = None, **more: Any) -> Recipe:
    return Recipe("PUT", path, body, **more)


def patch(path: str, body: Any = None, **more: Any) -> Recipe:
    return Recipe("PATCH", path, body, **more)


def delete(path: str, **more: Any) -> Recipe:
    return Recipe("DELETE", path, **more)
