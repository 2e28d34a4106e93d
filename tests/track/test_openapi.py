"""The API describes itself in OpenAPI 3.1, whole and true, and shows that to people without another server's help."""

import re
from typing import Any

import httpx2 as httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gnomon.web.routes import ROUTES
from tests.track.asking import Asker
from tests.track.openapi import (
    body_keys,
    body_schema,
    document_of,
    documented_path,
    followed,
    operations,
    references,
)
from tests.track.raw import needs_credentials, rows_of_the_api

API = ("/api/v9", "/reports/")
# Routes whose bodies the vendor documents, with some of the keys.
BODIES = {
    ("POST", "/api/v9/workspaces/{workspace_id}/time_entries"): {"created_with", "start", "tags"},
    ("POST", "/api/v9/workspaces/{workspace_id}/projects"): {"name", "client_id", "color"},
    ("POST", "/api/v9/workspaces/{workspace_id}/clients"): {"name", "notes"},
    ("POST", "/api/v9/workspaces/{workspace_id}/tags"): {"name"},
    ("POST", "/api/v9/organizations"): {"name", "workspace_name"},
    ("POST", "/api/v9/workspaces/{workspace_id}/rates"): {"amount", "level", "level_id", "type"},
    ("PUT", "/api/v9/me"): {"fullname", "email", "timezone", "beginning_of_week"},
    ("POST", "/reports/api/v3/workspace/{workspace_id}/filters/projects"): {"name", "start"},
    ("POST", "/reports/api/v3/workspace/{workspace_id}/filters/users"): {"active", "ids"},
    ("POST", "/reports/api/v3/workspace/{workspace_id}/search/time_entries"): {
        "start_date",
        "end_date",
    },
}


def fetched(agency: Asker, path: str) -> httpx.Response:
    return agency.http.get(path)


@pytest.fixture(name="document")
def fixture_document(agency: Asker) -> dict[str, Any]:
    return document_of(fetched(agency, "/openapi.json").content)


def test_everybody_may_read_the_document(agency: Asker) -> None:
    answer = fetched(agency, "/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert agency.http.get("/openapi.json", auth=("a" * 32, "api_token")).json() == answer.json()


def test_it_is_a_valid_document_of_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert "Gnomon" in document["info"]["title"]
    assert document["info"]["version"]
    OpenAPIV31SpecValidator(document).validate()


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(references(document["paths"])):
        assert reference.startswith("#/"), reference
        assert followed(document, {"$ref": reference}) is not None


def test_it_holds_every_route_of_the_api_and_no_other(document: dict[str, Any]) -> None:
    told = {(method, path) for method, path, _ in operations(document)}
    kept = {(row.method, documented_path(row.path)) for row in rows_of_the_api()}
    assert kept <= told
    assert {one for one in told if one[1].startswith(API)} <= kept
    everything = {(row.method, documented_path(row.path)) for row in ROUTES if not row.is_page}
    assert told <= everything | {("GET", "/openapi.json"), ("GET", "/docs")}


def test_every_operation_has_a_summary_and_says_what_it_answers(document: dict[str, Any]) -> None:
    summaries = {
        (row.method, documented_path(row.path)): row.summary for row in ROUTES if not row.is_page
    }
    for method, path, operation in operations(document):
        assert operation["summary"] == summaries.get((method, path), operation["summary"])
        assert operation["summary"].strip(), (method, path)
        answers = operation["responses"]
        assert any(status.startswith("2") for status in answers), (method, path)
        for status, answer in answers.items():
            assert followed(document, answer)["description"], (method, path, status)


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_every_parameter_of_a_path_is_described_and_needed(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        shared = document["paths"][path].get("parameters", [])
        described = [followed(document, one) for one in [*shared, *operation.get("parameters", [])]]
        in_path = {one["name"] for one in described if one["in"] == "path"}
        assert in_path == set(re.findall(r"\{(\w+)\}", path)), (method, path)
        assert all(one["required"] for one in described if one["in"] == "path")
        assert all("schema" in one or "content" in one for one in described), (method, path)


def test_a_reading_describes_no_body(document: dict[str, Any]) -> None:
    assert not [
        path
        for method, path, one in operations(document)
        if method == "GET" and "requestBody" in one
    ]


def test_documented_bodies_name_the_keys_that_the_vendor_names(document: dict[str, Any]) -> None:
    rows = {(row.method, documented_path(row.path)): row for row in ROUTES if not row.is_page}
    for where, keys in BODIES.items():
        assert body_schema(document, rows[where]) is not None, where
        assert keys <= set(body_keys(document, rows[where])), where


def test_credentials_are_described_where_they_are_needed(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    basic = {
        name
        for name, one in schemes.items()
        if (one.get("type"), one.get("scheme")) == ("http", "basic")
    }
    assert basic
    everywhere = document.get("security", [])
    for row in rows_of_the_api():
        operation = document["paths"][documented_path(row.path)][row.method.lower()]
        asked = operation.get("security", everywhere)
        if needs_credentials(row):
            assert {name for one in asked for name in one} & basic, row.path
            assert {} not in asked, row.path
            assert {"401"} & set(operation["responses"]), row.path


def test_queries_of_the_lists_are_described(document: dict[str, Any]) -> None:
    def queries(path: str) -> set[str]:
        told = document["paths"][path]["get"]["parameters"]
        return {followed(document, one)["name"] for one in told}

    assert {"active", "page", "per_page", "name", "since"} <= queries(
        "/api/v9/workspaces/{workspace_id}/projects"
    )
    assert {"since", "before", "start_date", "end_date", "meta"} <= queries(
        "/api/v9/me/time_entries"
    )


def links_of(page: str) -> list[str]:
    found = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)["']""", page)
    return [link for link in found if not link.startswith(("#", "data:"))]


def test_the_page_for_people_is_wholly_from_here(agency: Asker) -> None:
    answer = fetched(agency, "/docs")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    page = answer.text
    assert "openapi.json" in page
    assert not re.findall(r"https?://(?!www\.w3\.org/)[^\s\"'<>]*", page)
    links = links_of(page)
    assert [link for link in links if "/docs/assets/" in httpx.URL("http://x/docs").join(link).path]
    for link in links:
        assert not re.match(r"^([a-z]+:)?//", link), link
        reached = fetched(agency, httpx.URL("http://testserver/docs").join(link).path)
        assert reached.status_code == 200, link
        assert reached.content, link


def test_its_assets_say_what_they_are_and_reach_for_nothing(agency: Asker) -> None:
    for link in links_of(fetched(agency, "/docs").text):
        asset = fetched(agency, httpx.URL("http://testserver/docs").join(link).path)
        kind = asset.headers["content-type"]
        if link.split("?")[0].endswith(".js"):
            assert "javascript" in kind
        if link.split("?")[0].endswith(".css"):
            assert kind.startswith("text/css")
            assert not re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", asset.text)


@pytest.mark.parametrize(
    "name",
    ["nothing.js", "..%2f..%2fpackage.json", "%2e%2e/%2e%2e/etc/passwd", "%00", "", "a" * 5_000],
)
def test_no_other_file_can_be_had_as_an_asset(agency: Asker, name: str) -> None:
    answer = fetched(agency, f"/docs/assets/{name}")
    assert answer.status_code == 404
    assert b"root:" not in answer.content


def test_no_documented_operation_is_unknown_to_the_router(agency: Asker) -> None:
    for method, path, operation in operations(fetched(agency, "/openapi.json").json()):
        answer = agency.http.request(method, re.sub(r"\{\w+\}", "1", path))
        assert answer.status_code != 405, (method, path)
        if answer.status_code == 404:
            assert {"404", "403", "400"} & set(operation["responses"]), (method, path)
