"""How the tests read the OpenAPI document: references followed, one operation found."""

import json
import re
from collections.abc import Iterator
from typing import Any

from gnomon.web.route_row import RouteRow


def document_of(body: bytes) -> dict[str, Any]:
    return json.loads(body)


def documented_path(path: str) -> str:
    """As the document writes it: without the converters of the router."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield method.upper(), path, operation


def followed(document: dict[str, Any], part: Any) -> Any:
    """The thing itself where a reference stands for it."""
    while isinstance(part, dict) and "$ref" in part:
        pieces = part["$ref"].removeprefix("#/").split("/")
        part = document
        for piece in pieces:
            part = part[piece.replace("~1", "/").replace("~0", "~")]
    return part


def body_schema(document: dict[str, Any], row: RouteRow) -> Any:
    """The JSON schema of a route's body, None where none is documented."""
    operation = document["paths"].get(documented_path(row.path), {}).get(row.method.lower(), {})
    content = followed(document, operation.get("requestBody", {})).get("content", {})
    return followed(document, content.get("application/json", {}).get("schema"))


def body_keys(document: dict[str, Any], row: RouteRow) -> list[str]:
    """The keys of a route's body that are documented, also those of alternatives."""
    return sorted(_keys(document, body_schema(document, row)))


def _keys(document: dict[str, Any], schema: Any) -> set[str]:
    schema = followed(document, schema)
    if not isinstance(schema, dict):
        return set()
    keys = set(schema.get("properties", {}))
    for word in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(word, []):
            keys |= _keys(document, one)
    return keys


def references(part: Any) -> Iterator[str]:
    """Every `$ref` anywhere in the document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inside in part.values():
            yield from references(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from references(inside)
