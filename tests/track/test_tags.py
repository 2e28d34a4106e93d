"""Tags: listing, making, renaming, deleting, and the reports by tags."""

from typing import Any

import pytest

from tests.track.asking import ADA, BO, CLEO, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    BAD_IDS,
    ELSEWHERE,
    NO_TAG,
    STAMP,
    TAGS,
    WORKSPACE,
    ids,
    refused,
    refuses_strangers,
    seconds,
)

ONLY_ADMINS = (
    403,
    "Only organization or workspace administrators may manage tags in this workspace.",
)
WRITES = [
    ("POST", "", {"name": "New"}),
    ("PUT", "/50", {"name": "New"}),
    ("DELETE", "/50", None),
    ("PATCH", "", {"delete": [50]}),
]


@pytest.mark.parametrize(("method", "path", "body"), [("GET", "", None), *WRITES])
def test_tags_are_shut_to_strangers(agency: Asker, method: str, path: str, body: Any) -> None:
    refuses_strangers(agency, method, f"/workspaces/{{w}}/tags{path}", body)


def test_tags_are_listed_by_name(agency: Asker) -> None:
    for by in (ADA, BO):
        first, second = agency.get(TAGS, by)
        assert (first["id"], first["name"]) == (51, 'say "hi"')
        assert (second["id"], second["name"]) == (50, "urgent")
        assert (first["workspace_id"], first["permissions"]) == (10, None)
        assert STAMP.fullmatch(first["at"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "URG"}, [50]),
        ({"search": '"hi"'}, [51]),
        ({"search": "%"}, []),
        ({"per_page": "1"}, [51]),
        ({"per_page": "1", "page": "2"}, [50]),
        ({"per_page": "1", "page": "3"}, []),
    ],
)
def test_the_list_is_searched_and_cut(agency: Asker, query: dict, expected: list[int]) -> None:
    assert ids(agency.get(TAGS, **query)) == expected


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"per_page": "0"}])
def test_a_bad_page_is_refused(agency: Asker, query: dict[str, str]) -> None:
    assert refusal(agency.ask("GET", TAGS, params=query))[0] == 400


def test_a_new_tag_is_one_object(agency: Asker) -> None:
    made = agency.post(TAGS, {"name": "  later "}, BO)
    assert set(made) == {"id", "workspace_id", "name", "at", "creator_id", "permissions"}
    assert (made["name"], made["workspace_id"], made["creator_id"]) == ("later", 10, BO)
    assert made in agency.get(TAGS)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"name": ""}, "tag name can't be blank"),
        ({"name": "  "}, "tag name can't be blank"),
        ({"name": "n" * 256}, "tag name maximum length is 255"),
        ({"name": 'say "hi"'}, "a tag with the name 'say \"hi\"' already exists"),
        ({"name": ' say "hi"'}, "a tag with the name 'say \"hi\"' already exists"),
        ({"name": 5}, "Invalid name format"),
        ({"name": "a\0b"}, "Invalid name format"),
        ([], "Invalid JSON input"),
        ("name", "Invalid JSON input"),
    ],
)
def test_a_bad_tag_is_refused(agency: Asker, body: Any, text: str) -> None:
    assert refused(agency, "POST", TAGS, body) == (400, text)
    assert refused(agency, "PUT", f"{TAGS}/50", body) == (400, text)


@pytest.mark.parametrize("content", [b"", b"{", b'{"name":Infinity}'])
def test_what_is_not_json_is_refused(agency: Asker, content: bytes) -> None:
    assert refused(agency, "POST", TAGS, content=content) == (400, "Invalid JSON input")


def test_a_tag_without_a_name_is_refused(agency: Asker) -> None:
    assert refused(agency, "POST", TAGS, {}) == (400, "tag name can't be blank")


def test_names_are_compared_exactly_and_within_the_workspace(agency: Asker) -> None:
    agency.post(TAGS, {"name": "Urgent"})
    agency.post(f"{ELSEWHERE}/tags", {"name": "urgent"}, CLEO)
    agency.put(f"{TAGS}/50", {"name": "urgent"})


def test_a_new_name_is_in_the_next_report(agency: Asker) -> None:
    changed = agency.put(f"{TAGS}/50", {"name": "calm"})
    assert (changed["id"], changed["name"]) == (50, "calm")
    told = seconds(agency, grouping="tags")
    assert told == {(): 6_720, ("calm",): 3_600, ("calm", 'say "hi"'): 5_400}
    assert agency.get("/me/time_entries/100")["tags"] == ["calm"]


def test_entries_lose_a_deleted_tag(agency: Asker) -> None:
    assert agency.delete(f"{TAGS}/51") == "OK"
    assert seconds(agency, grouping="tags") == {(): 6_720, ("urgent",): 9_000}
    entry = agency.get("/me/time_entries/101")
    assert (entry["tags"], entry["tag_ids"]) == (["urgent"], [50])
    assert ids(agency.get(TAGS)) == [50]
    assert refused(agency, "DELETE", f"{TAGS}/51") == no_tag("DELETE")
    assert agency.summary(tag_ids=[51]) == {"groups": []}


def test_a_deleted_tags_name_is_free_and_brings_nothing_back(agency: Asker) -> None:
    agency.delete(f"{TAGS}/50")
    made = agency.post(TAGS, {"name": "urgent"})
    assert made["id"] != 50
    assert ("urgent",) not in seconds(agency, grouping="tags")


def test_many_tags_are_deleted_at_once(agency: Asker) -> None:
    assert agency.patch(TAGS, {"delete": [50, 51]}) == "OK"
    assert agency.get(TAGS) == []
    assert seconds(agency, grouping="tags") == {(): 15_720}


def test_one_unknown_or_foreign_tag_stops_all(agency: Asker) -> None:
    foreign = agency.post(f"{ELSEWHERE}/tags", {"name": "CANARY"}, CLEO)["id"]
    for tag_id in (UNKNOWN, foreign):
        answer = refused(agency, "PATCH", TAGS, {"delete": [50, tag_id]})
        assert answer == (400, "Some tag IDs do not belong to workspace.")
    assert ids(agency.get(f"{ELSEWHERE}/tags", CLEO)) == [foreign]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"delete": 50}, "Invalid delete format"),
        ({"delete": ["50"]}, "Invalid delete format"),
        ([], "Invalid JSON input"),
    ],
)
def test_a_bad_patch_is_refused(agency: Asker, body: Any, text: str) -> None:
    assert refused(agency, "PATCH", TAGS, body) == (400, text)


def stop_of(method: str) -> str:
    """Only a deletion is refused with a full stop (track-api-v9.md, A.3)."""
    return "." if method == "DELETE" else ""


def no_tag(method: str) -> tuple[int, str]:
    return NO_TAG[0], NO_TAG[1] + stop_of(method)


@pytest.mark.parametrize(("method", "body"), [("PUT", {"name": "New"}), ("DELETE", None)])
def test_unknown_foreign_and_deleted_tags_are_one(agency: Asker, method: str, body: Any) -> None:
    foreign = agency.post(f"{ELSEWHERE}/tags", {"name": "CANARY"}, CLEO)["id"]
    deleted = agency.post(TAGS, {"name": "gone"})["id"]
    agency.delete(f"{TAGS}/{deleted}")
    for tag_id in (UNKNOWN, foreign, deleted):
        assert refused(agency, method, f"{TAGS}/{tag_id}", body) == no_tag(method)
    for name in BAD_IDS:
        answer = agency.ask(method, f"{TAGS}/{name}", json=body)
        assert refusal(answer) == (400, "Invalid tag ID" + stop_of(method))


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_members_manage_tags_unless_only_admins_may(
    agency: Asker, method: str, path: str, body: Any
) -> None:
    agency.put(WORKSPACE, {"only_admins_may_create_tags": True})
    assert refused(agency, method, TAGS + path, body, BO) == ONLY_ADMINS
    agency.put(WORKSPACE, {"only_admins_may_create_tags": False})
    assert agency.ask(method, TAGS + path, BO, json=body).status_code == 200


def test_a_tag_made_by_tracking_is_listed(agency: Asker) -> None:
    body = {"created_with": "tests", "start": "2026-01-19T08:00:00Z", "duration": 60}
    entry = agency.post(f"{WORKSPACE}/time_entries", {**body, "tags": ["fresh"]}, BO)
    [tag] = agency.get(TAGS, search="fresh")
    assert entry["tag_ids"] == [tag["id"]]
    assert seconds(agency, grouping="tags")["fresh",] == 60
