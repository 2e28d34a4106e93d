"""The OpenAPI document, made from the route table (OpenAPI 3.1)."""

import re
from collections.abc import Iterable
from typing import Any

from gnomon import __version__
from gnomon.web.query_names import QUERY_NAMES
from gnomon.web.route_row import RouteRow
from gnomon.wire.track_v9.fields import Field, IdList, NoBody, Upload

PARAMETER = re.compile(r"\{(\w+)\}")
ERROR = {"type": "string", "description": "What is wrong, as a bare JSON string."}
TEXT_PARAMETERS = ("report_token", "invitation_code", "level", "name")
FAMILIES = (
    ("/reports/api/v3/shared", "Saved reports, run"),
    ("/filters/", "Filters and searches"),
    ("/search/clients", "Filters and searches"),
    ("/search/projects", "Filters and searches"),
    ("/search/users", "Filters and searches"),
    ("/search/tasks", "Filters and searches"),
    ("/reports/api/v3/", "Reports"),
    ("/reports/shared", "Saved reports, managed"),
    ("/scheduled_reports", "Saved reports, managed"),
    ("/time_entries", "Time entries"),
    ("/time_entry_constraints", "Workspaces"),
    ("/api/v9/me", "Me"),
    ("/project_", "Who is on projects"),
    ("/tasks", "Tasks"),
    ("/projects", "Projects"),
    ("/clients", "Clients"),
    ("/tags", "Tags"),
    ("/groups", "Groups"),
    ("/rates", "Rates"),
    ("users", "People"),
    ("/invitations", "Invitations"),
    ("/organizations", "Organizations"),
    ("/workspaces", "Workspaces"),
    ("/api/v9/", "For everybody"),
    ("/", "The server itself"),
)
REFUSALS = {
    "400": "What was sent makes no sense.",
    "401": "Nobody said who asks.",
    "402": "The emulated plan or quota does not allow it.",
    "403": "Not for this person, or the wrong credentials.",
    "404": "No such thing, or not the asker's to know of.",
    "429": "Too many failed sign-ins.",
}


def openapi_document(rows: Iterable[RouteRow]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row.is_page:
            paths.setdefault(row.path, {})[row.method.lower()] = _operation(row)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gnomon",
            "version": __version__,
            "summary": "Self-hosted time reports, compatible with the Toggl Reports API v3 and Track API v9.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "E-mail and password, or an API token and the word api_token.",
                }
            },
            "schemas": {"Error": ERROR},
        },
        "security": [{"basic": []}],
    }


def _operation(row: RouteRow) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(row),
        "summary": row.summary,
        "tags": [_tag(row.path)],
        "responses": {
            "2XX": {"description": "As asked."},
            **{status: _refusal(text) for status, text in REFUSALS.items()},
        },
    }
    parameters = [_parameter(name) for name in PARAMETER.findall(row.path)]
    parameters += [_query(name) for name in QUERY_NAMES.get((row.method, row.path), "").split()]
    if parameters:
        operation["parameters"] = parameters
    body = _body(row)
    if body is not None:
        operation["requestBody"] = body
    if row.is_public:
        operation["security"] = []
    return operation


def _name(row: RouteRow) -> str:
    """Unique, and it stays the same."""
    words = re.sub(r"[^A-Za-z0-9]+", "_", row.path.replace(".", "_as_")).strip("_")
    return f"{row.method.lower()}_{words}"


def _tag(path: str) -> str:
    """The family of a route: the first whose piece is in its path."""
    return next(family for piece, family in FAMILIES if piece in path)


def _parameter(name: str) -> dict[str, Any]:
    kind = "string" if name.endswith("_ids") or name in TEXT_PARAMETERS else "integer"
    return {"name": name, "in": "path", "required": True, "schema": {"type": kind}}


def _query(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}


def _refusal(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _body(row: RouteRow) -> dict[str, Any] | None:
    body = row.body
    if isinstance(body, Upload):
        file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        return {"content": {body.media_type: {"schema": file}}}
    if isinstance(body, IdList):
        return _json({"type": "array", "items": {"type": "integer"}})
    if isinstance(body, NoBody):
        return None
    schema = _object(getattr(body, "fields", ()))
    return _json(schema)


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _object(fields: Any) -> dict[str, Any]:
    if not isinstance(fields, tuple):  # a list of objects
        return {"type": "array", "items": _object(fields.fields)}
    properties = {field.key: _schema(field) for field in fields}
    for field in fields:
        properties |= {twin: {**_schema(field), "deprecated": True} for twin in field.twins}
    return {"type": "object", "properties": properties}


def _schema(field: Field) -> dict[str, Any]:
    schema = dict(field.kind.value)
    if "type" in schema:
        schema["type"] = [schema["type"], "null"]
    if field.one_of:
        schema["enum"] = [*field.one_of, None]
    return schema
