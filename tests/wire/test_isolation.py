"""Two workspaces never see each other, whatever is asked."""

from itertools import product

import pytest
from starlette.testclient import TestClient

from tests.wire.agency import AGENCY, OTHER, TOKENS

GROUPINGS = ("projects", "clients", "users", "tasks", "tags")
FOREIGN = {"project_ids": [60], "user_ids": [3], "time_entry_ids": [200]}
FILTERS = ({}, *({key: ids} for key, ids in FOREIGN.items()))
EVER = {"start_date": "2006-01-01", "end_date": "2030-01-01", "audit": {"show_empty_groups": True}}


def ask(client: TestClient, workspace_id: int, user_id: int, body: dict):
    path = f"/reports/api/v3/workspace/{workspace_id}/summary/time_entries"
    return client.post(path, json=body, auth=(TOKENS[user_id], "api_token"))


@pytest.mark.parametrize(("grouping", "filters"), list(product(GROUPINGS, FILTERS)))
def test_nothing_of_the_other_workspace_is_told(
    client: TestClient, grouping: str, filters: dict
) -> None:
    sub_grouping = "users" if grouping != "users" else "projects"
    body = {**EVER, **filters, "grouping": grouping, "sub_grouping": sub_grouping}
    for user_id in (1, 2):
        answer = ask(client, AGENCY.workspace_id, user_id, body)
        assert answer.status_code == 200
        assert "CANARY" not in answer.text
        assert "Cleo" not in answer.text


@pytest.mark.parametrize("key", FOREIGN)
def test_foreign_and_unknown_ids_answer_the_same_bytes(client: TestClient, key: str) -> None:
    foreign = ask(client, AGENCY.workspace_id, 1, {**EVER, key: FOREIGN[key]})
    unknown = ask(client, AGENCY.workspace_id, 1, {**EVER, key: [987_654_321]})
    assert foreign.content == unknown.content


def test_a_foreign_workspace_is_as_unknown_as_one_that_does_not_exist(client: TestClient) -> None:
    foreign, unknown = (ask(client, number, 1, EVER) for number in (OTHER.workspace_id, 987))
    assert (foreign.status_code, foreign.content) == (unknown.status_code, unknown.content)
    assert foreign.status_code == 403
