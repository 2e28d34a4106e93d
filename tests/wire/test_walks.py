"""Paging through a detailed report while others write: every row once, in order, whatever the cursor (D8.8)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gnomon.web.services import Services
from gnomon.web.walks import LIFE_SECONDS_MAX, SECONDS_MAX, TABLES_MAX, Walks
from tests.wire.agency import agency_services
from tests.wire.saving import auth, client_of, put_member, track

PATH = "/reports/api/v3/workspace/10/search/time_entries"
CURSORS = {
    "first_row_number": "X-Next-Row-Number",
    "first_id": "X-Next-ID",
    "first_timestamp": "X-Next-Timestamp",
}
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31", "page_size": 2}


@pytest.fixture(name="services")
def fixture_services(tmp_path: Path) -> Iterator[Services]:
    with agency_services(tmp_path) as services:
        yield services


def page(services: Services, user_id: int = 1, **more: Any):
    answer = client_of(services).post(PATH, json=JANUARY | more, auth=auth(user_id))
    assert answer.status_code == 200, answer.text
    return answer


def ids(answer: Any) -> list[int]:
    return [entry["id"] for row in answer.json() for entry in row["time_entries"]]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("cursor", CURSORS)
def test_what_is_written_between_two_pages_moves_no_row(
    services: Services, cursor: str, direction: str
) -> None:
    order = {"order_dir": direction}
    whole = ids(page(services, **order, page_size=50))
    answer = page(services, **order)
    told = ids(answer)
    day = 2
    while (header := CURSORS[cursor]) in answer.headers:
        track(services, 1_000 + day, day)  # before, between and behind the rows told
        day += 3
        answer = page(services, **order, **{cursor: int(answer.headers[header])})
        told += ids(answer)
    assert told == whole
    assert day > 8, "several pages were asked for"
    assert len(ids(page(services, **order, page_size=50))) > len(whole), "a first page is as of now"


def first_of(services: Services, **cursor: int) -> int:
    (row, *_) = page(services, **cursor).json()
    return row["row_number"] * 10_000 + row["time_entries"][0]["id"]


def test_a_walk_is_over_after_ten_minutes_without_a_page(services: Services) -> None:
    clock = [0.0]
    services = replace(services, walks=Walks(lambda: clock[0]))
    page(services)
    before = first_of(services, first_row_number=2)
    track(services, 1_000, 2)
    clock[0] = SECONDS_MAX - 1
    assert first_of(services, first_row_number=2) == before
    clock[0] = SECONDS_MAX * 2
    assert first_of(services, first_row_number=2) != before


def test_a_walk_is_over_after_an_hour(services: Services) -> None:
    """Who goes on for ever is not told for ever what was deleted long ago."""
    clock = [0.0]
    services = replace(services, walks=Walks(lambda: clock[0]))
    page(services)
    before = first_of(services, first_row_number=2)
    track(services, 1_000, 2)
    while clock[0] < LIFE_SECONDS_MAX - SECONDS_MAX:
        clock[0] += SECONDS_MAX - 1
        assert first_of(services, first_row_number=2) == before
    clock[0] += SECONDS_MAX
    assert first_of(services, first_row_number=2) != before


def test_the_first_row_begins_anew(services: Services) -> None:
    page(services)
    track(services, 1_000, 2)
    assert first_of(services, first_row_number=1) == 10_000 + 1_000


def test_rights_that_are_lost_are_lost_at_once(services: Services) -> None:
    """A kept walk belongs to the rights with which it was made."""
    put_member(services, 2, role="admin")
    assert "App" in page(services, 2, page_size=50, enrich_response=True).text
    put_member(services, 2, role="member")
    after = page(services, 2, page_size=50, enrich_response=True, first_row_number=1)
    assert "App" not in after.text


def test_old_columns_are_let_go(services: Services) -> None:
    """Each walk keeps the columns that it began in: not too many of them, however many questions there are."""
    for number in range(TABLES_MAX + 4):
        track(services, 1_000 + number, 2)
        page(services, description=f"question {number}")
    walks = services.walks._kept.values()
    assert len({id(walk.report.table) for walk in walks}) == TABLES_MAX
