"""Seeded workspaces of any size: five years, 50 people in 5 zones, 300 projects, 240 descriptions a project.

One year holds a fifth of the entries; of 1,000,000 entries that is 200,000 in about 67,000 sub groups.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert

from gnomon.model.account import Account, Membership, Role, Workspace
from gnomon.model.catalog import Client, Project, Tag
from gnomon.model.rate import Rate, RateKind, RateLevel
from gnomon.store.accounts import add_account, set_api_token, token_digest
from gnomon.store.catalog import put_nouns
from gnomon.store.changes import Touched, take_change
from gnomon.store.database import Database
from gnomon.store.interning import digest_of
from gnomon.store.organizations import add_organization
from gnomon.store.rates import add_rates
from gnomon.store.schema import descriptions, entries, tag_sets
from gnomon.store.workspaces import add_workspace, put_membership

WORKSPACE_ID = 1
TOKEN = "0123456789abcdef0123456789abcdef"
YEARS = (2021, 2025)
USERS, PROJECTS, CLIENTS, TAGS, TEXTS_PER_PROJECT = 50, 300, 40, 24, 240
TEXTS = PROJECTS * TEXTS_PER_PROJECT // 4
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Tallinn", "Australia/Sydney")
IN_RANGE = {"start_date": "2024-01-01", "end_date": "2024-12-31"}
ROWS_PER_INSERT = 20_000
Column = NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """Entries as plain columns; 0 stands for none."""

    user: Column
    project: Column
    text: Column
    tag_set: Column
    start: Column
    seconds: Column
    billable: Column


def make_facts(count: int, seed: int = 7) -> Facts:
    draw = np.random.default_rng(seed)
    first = int(datetime(YEARS[0], 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(YEARS[1] + 1, 1, 1, tzinfo=UTC).timestamp())
    project = draw.integers(1, PROJECTS + 1, count)
    own_text = draw.integers(0, TEXTS_PER_PROJECT, count)
    return Facts(
        user=draw.integers(1, USERS + 1, count),
        project=np.where(draw.random(count) < 0.05, 0, project),
        text=(project * 61 + own_text * 7) % TEXTS + 1,
        tag_set=np.where(draw.random(count) < 0.5, 0, draw.integers(1, TAGS + 1, count)),
        start=np.sort(draw.integers(first, end, count)),
        seconds=draw.integers(60, 4 * 3600, count),
        billable=(draw.random(count) < 0.7).astype(np.int64),
    )


def text_of(number: int) -> str:
    return f"Arbeit an Thema {number} – {'Prüfung' if number % 3 else 'design'} №{number % 97}"


def load_workspace(database: Database, facts: Facts) -> None:
    """Written past the nouns, which would take minutes for a million entries."""
    database.write(lambda connection: _load(connection, facts))


def _load(connection: Connection, facts: Facts) -> None:
    add_organization(connection, 1, "Bench", 0)
    add_workspace(
        connection,
        Workspace(
            workspace_id=WORKSPACE_ID, organization_id=1, name="Bench", default_currency="EUR"
        ),
        0,
    )
    for number in range(1, USERS + 1):
        zone = ZONES[number % len(ZONES)]
        add_account(
            connection,
            Account(
                user_id=number, name=f"User {number}", email=f"u{number}@example.com", timezone=zone
            ),
            0,
        )
        role = Role.ADMIN if number == 1 else Role.MEMBER
        put_membership(connection, Membership(workspace_id=WORKSPACE_ID, user_id=number, role=role))
    set_api_token(connection, 1, token_digest(TOKEN), b"")
    change = take_change(connection, WORKSPACE_ID, Touched.ALL, 0)
    put_nouns(
        connection,
        WORKSPACE_ID,
        [Client(client_id=n, name=f"Client {n}") for n in range(1, CLIENTS + 1)],
    )
    put_nouns(
        connection,
        WORKSPACE_ID,
        [
            Project(
                project_id=n,
                name=f"Project {n}",
                client_id=n % CLIENTS + 1,
                currency="USD" if n % 10 == 0 else None,
            )
            for n in range(1, PROJECTS + 1)
        ],
    )
    put_nouns(
        connection, WORKSPACE_ID, [Tag(tag_id=n, name=f"tag {n}") for n in range(1, TAGS + 1)]
    )
    add_rates(connection, WORKSPACE_ID, list(bench_rates()))
    _insert_dimension(connection, "descriptions", [text_of(n) for n in range(1, TEXTS + 1)])
    _insert_dimension(connection, "tag_sets", [str(n) for n in range(1, TAGS + 1)])
    _insert_entries(connection, facts, change)


def bench_rates() -> list[Rate]:
    """A workspace rate that rose, and a rate for every third project."""
    kind = RateKind.BILLABLE
    rates = [
        Rate(rate_id=1, kind=kind, level=RateLevel.WORKSPACE, hourly_rate_cents=8_000),
        Rate(
            rate_id=2,
            kind=kind,
            level=RateLevel.WORKSPACE,
            hourly_rate_cents=9_000,
            start_day=date(2024, 7, 1),
        ),
    ]
    return rates + [
        Rate(
            rate_id=2 + n,
            kind=kind,
            level=RateLevel.PROJECT,
            hourly_rate_cents=5_000 + n * 10,
            project_id=n,
        )
        for n in range(3, PROJECTS + 1, 3)
    ]


def _insert_dimension(connection: Connection, kind: str, texts: list[str]) -> None:
    table, key, name = {
        "descriptions": (descriptions, "description_id", "text"),
        "tag_sets": (tag_sets, "tag_set_id", "tag_ids"),
    }[kind]
    connection.execute(
        insert(table),
        [
            {"workspace_id": WORKSPACE_ID, key: number, "digest": digest_of(text), name: text}
            for number, text in enumerate(texts, start=1)
        ],
    )


def _insert_entries(connection: Connection, facts: Facts, change: int) -> None:
    columns = [column.name for column in entries.columns]
    for first in range(0, len(facts.start), ROWS_PER_INSERT):
        part = slice(first, first + ROWS_PER_INSERT)
        start, seconds = facts.start[part], facts.seconds[part]
        ids = np.arange(first, first + len(start)) + 3_000_000_001
        values = zip(
            [WORKSPACE_ID] * len(start),
            ids.tolist(),
            facts.user[part].tolist(),
            _or_none(facts.project[part]),
            [None] * len(start),
            _or_none(facts.text[part]),
            _or_none(facts.tag_set[part]),
            start.tolist(),
            (start + seconds).tolist(),
            (facts.billable[part] == 1).tolist(),
            start.tolist(),
            [None] * len(start),
            [change] * len(start),
            [zlib.crc32(b"bench")] * len(start),
            strict=True,
        )
        connection.execute(
            insert(entries), [dict(zip(columns, row, strict=True)) for row in values]
        )


def _or_none(values: Column) -> list[int | None]:
    return [value or None for value in values.tolist()]


def results_file() -> Path:
    return Path(__file__).parent / "RESULTS.md"
