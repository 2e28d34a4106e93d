"""Reports for the tests of files: the agency's, one with hostile texts, and a long one that nobody tracked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from gnomon.editions.edition import Edition
from gnomon.editions.ground import Ground
from gnomon.editions.summary import summary_edition
from gnomon.sheets.sheet import Block, CellKind, Column, GroupedSheet, Sheet
from gnomon.wire.reports_v3.files import FileKind
from tests.properties.asking import ground_of, table_of
from tests.wire.agency import AGENCY
from tests.worlds.world import Client, Entry, Project, World

NOW = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    "\ttab",
    '#eval(read("/etc/passwd")) *b* $x$ @ref <label> \\ // /* [ ] ',
    "<script>alert(1)</script> &amp; ]]>",
    "مرحبا بالعالم No4",
    "שלום עולם",
    "\u202eturned\u2066 round",
    "Кириллица Ёж",
    "中文 日本語 한국어",
    "🎉 👩🏽‍💻 🇪🇪 ❤️",
    "हिन्दी ไทย Ελληνικά",
    "null\x01control\x7f\x0bchars",
    'quo"te, comma\nand line\r\nend',
    "W" * 400,
    "_x0041_",
    "",
)


def made_of(
    world: World,
    kind: FileKind = FileKind.CSV,
    viewer_id: int = 1,
    make: Callable[[Ground, FileKind], Edition] = summary_edition,
    **body: Any,
) -> Edition:
    with table_of(world) as table:
        return make(ground_of(table, viewer_id, {**JANUARY, **body}, NOW), kind)


def agency(kind: FileKind = FileKind.CSV, viewer_id: int = 1, **body: Any) -> Edition:
    return made_of(AGENCY, kind, viewer_id, **body)


def hostile_world() -> World:
    """Each text as the name of a client, of its project and of an entry on it."""
    start = int(datetime(2026, 1, 7, 9, tzinfo=UTC).timestamp())
    numbered = [(number, text) for number, text in enumerate(HOSTILE, start=1) if text]
    return replace(
        AGENCY,
        clients=tuple(Client(number, text) for number, text in numbered),
        projects=tuple(Project(number, text, client_id=number) for number, text in numbered),
        tasks=(),
        rates=AGENCY.rates[:1],
        entries=tuple(
            Entry(
                entry_id=number,
                user_id=1,
                start=start,
                stop=start + 3_600,
                description=text,
                project_id=number if text else None,
                is_billable=True,
            )
            for number, text in enumerate(HOSTILE, start=1)
        ),
    )


def long_sheet(group_count: int, rows_per_group: int = 1) -> GroupedSheet:
    """Made when it is read, so that only the writers' memory is ever in use."""
    names = [Column("Project"), Column("Client")]
    numbers = [Column("Duration", CellKind.DURATION), Column("Amount (EUR)", CellKind.MONEY, "EUR")]

    def read_groups(offset: int, length: int) -> pl.DataFrame:
        return _rows(offset, min(length, group_count - offset), 1)

    def read_rows(offset: int, length: int) -> pl.DataFrame:
        count = min(length, group_count * rows_per_group - offset)
        rows = _rows(offset, count, rows_per_group)
        descriptions = pl.int_range(offset, offset + count, eager=True).cast(pl.String)
        return rows.select(
            "0", "1", **{"2": "work " + descriptions, "3": pl.col("2"), "4": pl.col("3")}
        )

    every = _rows(0, group_count * rows_per_group, rows_per_group)
    totals = [int(every["2"].sum()), int(every["3"].sum())]
    groups = Sheet(
        columns=[*names, *numbers],
        row_count=group_count,
        read=read_groups,
        totals=[None, None, *totals],
    )
    return GroupedSheet(
        rows=Sheet(
            columns=[*names, Column("Description"), *numbers],
            row_count=group_count * rows_per_group,
            read=read_rows,
            totals=[None, None, None, *totals],
        ),
        groups=groups,
        blocks=[Block(row_count=rows_per_group, color="#1f5f7a") for _ in range(group_count)],
        group_column_count=2,
        detail_columns=[2],
        charted=groups,
        colors=["#1f5f7a"] * group_count,
    )


def _rows(offset: int, count: int, rows_per_group: int) -> pl.DataFrame:
    numbers = pl.int_range(offset, offset + count, eager=True)
    groups = numbers // rows_per_group
    return pl.DataFrame(
        {
            "0": "Project " + groups.cast(pl.String),
            "1": ["Acme"] * count,
            "2": (numbers * 7_919) % 30_000 + 1,
            "3": (numbers * 104_729) % 90_000,
        }
    )
