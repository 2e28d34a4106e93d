"""Wire cases: three small files each, no Python. `request.json` names its source.

`GNOMON_UPDATE_CASES=1` writes the answers anew; then read the difference.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.oracle.projects import project_summary, projects_summary
from tests.oracle.summary import summary
from tests.wire.agency import AGENCY, NOW, PASSWORD, TOKENS

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").rglob("request.json"))
IS_UPDATING = os.environ.get("GNOMON_UPDATE_CASES") == "1"
SIGN_INS = {
    "ada": (TOKENS[1], "api_token"),
    "bo": (TOKENS[2], "api_token"),
    "cleo": (TOKENS[3], "api_token"),
    "gone": (TOKENS[4], "api_token"),
    "eve": (TOKENS[5], "api_token"),
    "ada by password": ("ADA@example.com", PASSWORD),
    "wrong password": ("ada@example.com", "wrong horse"),
    "unknown person": ("nobody@example.com", PASSWORD),
    "wrong token": ("f" * 32, "api_token"),
}


def send(client: TestClient, request: dict[str, Any]):
    body = request.get("raw")
    content = json.dumps(request["body"]).encode() if body is None and "body" in request else body
    if isinstance(content, str):
        content = content.encode("latin-1")  # so that a case can hold any byte
    sign_in = request.get("sign_in", "ada")
    return client.request(
        request.get("method", "POST"),
        request["path"],
        content=content,
        auth=SIGN_INS[sign_in] if sign_in else None,
        headers=request.get("headers"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_wire_says(client: TestClient, case: Path) -> None:
    request = json.loads((case / "request.json").read_text())
    assert request["source"]
    answer = send(client, request)
    if IS_UPDATING:
        (case / "status.txt").write_text(f"{answer.status_code}\n")
        (case / "response.json").write_text(answer.text + "\n")
    assert answer.status_code == int((case / "status.txt").read_text())
    assert answer.text == (case / "response.json").read_text().removesuffix("\n")
    for name, value in request.get("expects", {}).items():
        assert answer.headers[name] == value


AGENCYS = [
    case
    for case in CASES
    if case.parent.name == "summary"
    and "/10/" in json.loads((case / "request.json").read_text()).get("path", "")
]


@pytest.mark.parametrize("case", AGENCYS, ids=lambda path: path.name)
def test_what_a_case_keeps_is_the_oracles(case: Path) -> None:
    """Golden files say "unchanged"; the oracle says "right"."""
    request = json.loads((case / "request.json").read_text())
    viewer_id = 2 if request.get("sign_in") == "bo" else 1
    expected = summary(AGENCY, viewer_id, request["body"], NOW)
    assert (case / "response.json").read_text() == json.dumps(
        expected.body, ensure_ascii=False, separators=(",", ":")
    ) + "\n"


PROJECTS = [
    case
    for case in CASES
    if case.parent.name.startswith("projects")
    and "/10/" in (path := json.loads((case / "request.json").read_text())["path"])
    and path.split("/")[-2].replace("projects", "1").isdigit()
]


@pytest.mark.parametrize("case", PROJECTS, ids=lambda path: path.name)
def test_what_a_case_of_projects_keeps_is_the_oracles(case: Path) -> None:
    request = json.loads((case / "request.json").read_text())
    if request.get("sign_in", "ada") is None or "zero" in case.name:
        return  # refused before anything is asked
    viewer_id = 2 if request.get("sign_in") == "bo" else 1
    project = request["path"].split("/")[-2]
    if project == "projects":
        expected = projects_summary(AGENCY, viewer_id, request["body"], NOW)
    else:
        expected = project_summary(AGENCY, viewer_id, int(project), request["body"], NOW)
    assert (case / "status.txt").read_text() == f"{expected.status}\n"
    assert (case / "response.json").read_text() == json.dumps(
        expected.body, ensure_ascii=False, separators=(",", ":")
    ) + "\n"


def test_there_are_cases() -> None:
    assert len(CASES) > 50
