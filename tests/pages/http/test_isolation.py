"""Every page, every workspace, everybody: what is not one's own is as what does not exist (R1, T3)."""

import re
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import httpx2 as httpx
import pytest

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import PAGES, Atlas, Example, is_open, name_of
from tests.pages.http.contract import Shows
from tests.pages.http.furnishing import Ground, ids_in, with_piece
from tests.pages.http.markup import Page
from tests.pages.http.sites import Unchanged
from tests.track.asking import ADA, AGENCY, BO, CLEO, GONE, OTHER, UNKNOWN
from tests.track.test_isolation_matrix import AGENCY_WORDS, FOREIGN_WORDS

INSIDE = [row for row in PAGES if row.path.startswith("/w/")]
CLOSED = [row for row in PAGES if not is_open(row.path)]
ADMINS = [
    row
    for row in INSIDE
    if row.method == "POST" and re.match(r"/w/[^/]*/(settings|people|groups|import)\b", row.path)
]
WORKSPACE = 2  # the place of its number in /w/10/timer
MALFORMED = ("x", "-1", "0", "1.5", "%D9%A1%D9%A0", "10%00", "10%20", str(2**63), "9" * 999)
VOLATILE = {"x-request-id", "date", "content-length", "set-cookie"}


class Told(NamedTuple):
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str


def told(answer: httpx.Response) -> Told:
    """All that an answer says, without what is new in every one: the text against forged forms."""
    text = answer.text
    for secret in {node.get("value") for node in Page(text).all("input[name=csrf]")} - {""}:
        text = text.replace(secret, "#")
    headers = sorted(item for item in answer.headers.items() if item[0] not in VOLATILE)
    return Told(answer.status_code, tuple(headers), text)


def in_workspace(ground: Ground, example: Example, workspace: object) -> str:
    return with_piece(ground.with_job(example.path), WORKSPACE, workspace)


def assert_untold(text: str, words: Any) -> None:
    told_all_the_same = [text[text.index(word) - 80 :][:200] for word in words if word in text]
    assert not told_all_the_same


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("row", INSIDE, ids=name_of)
def test_a_foreign_workspace_is_as_an_unknown_one(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, by: int
) -> None:
    example = atlas.one(row)
    paths = [in_workspace(house, example, one) for one in (UNKNOWN, OTHER)]
    unknown, foreign = (told(example.ask(house, by, path)) for path in paths)
    assert unknown == foreign
    assert unknown.status == 404
    record.check()


@pytest.mark.parametrize("by", [CLEO, GONE])
@pytest.mark.parametrize("row", INSIDE, ids=name_of)
def test_strangers_and_the_deactivated_learn_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, by: int
) -> None:
    example = atlas.one(row)
    paths = [in_workspace(house, example, one) for one in (UNKNOWN, AGENCY)]
    unknown, real = (told(example.ask(house, by, path)) for path in paths)
    assert unknown == real
    assert unknown.status == 404
    assert_untold(real.text, AGENCY_WORDS[:3])
    record.check()


@pytest.mark.parametrize("row", INSIDE, ids=name_of)
def test_what_is_no_number_of_a_workspace_is_none(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    example = atlas.one(row)
    for one in MALFORMED:
        answer = example.ask(house, ADA, in_workspace(house, example, one))
        assert answer.status_code in {400, 404}, one
    record.check()


@pytest.mark.parametrize("row", CLOSED, ids=name_of)
def test_nobody_is_asked_to_sign_in(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    """Whatever there is or is not; he is led back to where he wanted to be."""
    example = atlas.one(row)
    paths = [house.with_job(example.path)]
    if row.path.startswith("/w/"):
        paths = [in_workspace(house, example, one) for one in (AGENCY, OTHER, UNKNOWN)]
    for path in paths:
        answer = example.ask(house, None, path)
        assert answer.status_code == 303 or (row.method == "POST" and answer.status_code == 403)
        if answer.status_code == 303:
            assert_leads_back(answer, path if row.method == "GET" else "/")
        assert_untold(answer.text, (*AGENCY_WORDS, *FOREIGN_WORDS))
    record.check()


def assert_leads_back(answer: httpx.Response, path: str) -> None:
    parts = urlsplit(answer.headers["location"])
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/sign-in")
    if path != "/":
        assert unquote(parts.query).startswith(f"next={path}")


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("row", INSIDE, ids=name_of)
def test_what_one_may_not_know_is_as_what_does_not_exist(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, by: int
) -> None:
    """Foreign, deleted and hidden things in paths are as unknown ones, to the byte."""
    for example in atlas.of(row):
        path = house.with_job(example.path)
        for place, kind in ids_in(path):
            if kind == "workspace_id":
                continue
            answers = {
                f"{fate} {one}": told(example.ask(house, by, with_piece(path, place, one)))
                for fate, some in house.absent(by, kind).items()
                for one in some
                if fate != "deleted" or not path.endswith("/restore")
            }
            first = next(iter(answers.values()))
            assert 400 <= first.status < 500
            assert answers == dict.fromkeys(answers, first)
    record.check()


@pytest.mark.parametrize("by", [ADA, BO])
def test_to_edit_what_is_not_ones_own_is_to_edit_nothing(
    house: Ground, record: Unchanged, by: int
) -> None:
    house.by(by).get(f"/w/{AGENCY}/timer")  # takes away what an earlier test may be told
    texts = set()
    for one in (one for some in house.absent(by, "time_entry_id").values() for one in some):
        answer = told(house.by(by).get(f"/w/{AGENCY}/timer?edit={one}"))
        assert answer.status in {200, 400, 404}
        texts.add(answer.text.replace(str(one), "#"))
    assert len(texts) == 1
    record.check()


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("kind", ["project_id", "task_id", "tag_id"])
@pytest.mark.parametrize("path", ["timer/start", "entries", "entries/{time_entry_id}"])
def test_time_is_tracked_on_ones_own_things_only(
    house: Ground, record: Unchanged, path: str, kind: str, by: int
) -> None:
    own = house.things.own[by]
    where = f"/w/{AGENCY}/{path.format(**own)}"
    when = {"date": "2026-01-12", "start": "09:00", "stop": "10:00", "duration": ""}
    fields = {"description": "", "place": "", "csrf": house.csrf(by)}
    fields |= {} if path == "timer/start" else when
    answers = []
    for one in (one for some in house.absent(by, kind).values() for one in some):
        named = {
            "project_id": {"place": f"{one}"},
            "task_id": {"place": f"{own['project_id']}.{one}"},
            "tag_id": {"tag": f"{one}"},
        }
        answer = house.by(by).post(where, [*(fields | named[kind]).items()])
        answers.append((answer.status_code, re.sub(rf"\b{one}\b", "#", told(answer).text)))
    assert len({*answers}) == 1
    assert 400 <= answers[0][0] < 500
    record.check()


@pytest.mark.parametrize("by", [ADA, BO, CLEO])
@pytest.mark.parametrize("row", [row for row in PAGES if row.method == "GET"], ids=name_of)
def test_looking_tells_nobody_what_is_not_for_him(
    house: Ground, atlas: Atlas, row: RouteRow, by: int
) -> None:
    """A member nothing hidden, a stranger nothing of the agency, nobody anything foreign."""
    for example in atlas.of(row):
        if example.for_all or example.shows is Shows.FILE:
            continue
        answer = example.ask(house, by)
        assert answer.status_code < 500
        words = {ADA: FOREIGN_WORDS, BO: (*FOREIGN_WORDS, "HIDDEN"), CLEO: AGENCY_WORDS}[by]
        assert_untold(answer.text, words)


@pytest.mark.parametrize("row", ADMINS, ids=name_of)
def test_members_manage_nothing_that_is_the_admins(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    """Neither settings nor people, groups and imports."""
    for example in atlas.of(row):
        answer = example.ask(house, BO)
        assert answer.status_code in {403, 404}
    record.check()
