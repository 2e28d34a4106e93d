"""A vendor's export into the record: everything of it, once, or nothing."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from gnomon.ingest.toggl_csv import NotTheVendorsFile, read_toggl_csv
from gnomon.store.catalog import load_catalog
from gnomon.store.checking import problems
from gnomon.store.database import Database
from gnomon.store.imports import ImportPlan, ImportResult, import_rows
from gnomon.store.rates import load_rates
from gnomon.store.schema import entries
from gnomon.store.workspaces import load_members
from gnomon.units.dates import zone_of
from tests.worlds.loader import load_world
from tests.worlds.world import User, World

HEADER = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)"
ROWS = (
    'Ada,ada@example.com,Acme,Website,Build,Plan,Yes,2026-01-05,08:00:00,2026-01-05,09:00:00,01:00:00,"a, b",100.00',
    "Ada,ada@example.com,Acme,Website,,Plan,Yes,2026-01-05,10:00:00,2026-01-05,10:01:00,00:01:00,,1.67",
    "Bo,,,Own,,,No,2026-01-05,23:30:00,2026-01-06,00:30:00,01:00:00,,",
)


def import_text(
    database: Database, folder: Path, text: str | bytes, zone: str = "Europe/Berlin", **options
) -> ImportResult:
    path = folder / "export.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    plan = ImportPlan(workspace_id=1, timezone=zone, at=1, **options)
    return database.write(
        lambda connection: import_rows(connection, read_toggl_csv(path, zone_of(zone)), plan)
    )


def export(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


@pytest.fixture
def record(database: Database) -> Database:
    database.write(
        lambda connection: load_world(
            connection, World(users=(User(1, "Ada", "ada@example.com"),), currency="USD")
        )
    )
    return database


def rows_of(database: Database) -> list[tuple]:
    with database.read() as connection:
        assert list(problems(connection)) == []
        columns = entries.c
        return [
            tuple(row)
            for row in connection.execute(
                select(
                    columns.user_id, columns.started_at, columns.stopped_at, columns.is_billable
                ).order_by(columns.started_at, columns.entry_id)
            )
        ]


def test_a_file_brings_its_people_and_things(record: Database, tmp_path: Path) -> None:
    result = import_text(record, tmp_path, export(*ROWS))
    assert (result.rows, result.imported, result.skipped) == (3, 3, [])
    assert dict(result.made) == {"users": 1, "clients": 1, "projects": 2, "tasks": 1, "tags": 2}
    with record.read() as connection:
        catalog = load_catalog(connection, 1)
        members = load_members(connection, 1)
    assert [client.name for client in catalog.clients] == ["Acme"]
    assert [(project.name, project.client_id is not None) for project in catalog.projects] == [
        ("Website", True),
        ("Own", False),
    ]
    assert [(member.account.name, member.role.value) for member in members] == [
        ("Ada", "admin"),
        ("Bo", "member"),
    ]
    assert len(rows_of(record)) == 3


def test_the_same_file_twice_adds_nothing(record: Database, tmp_path: Path) -> None:
    import_text(record, tmp_path, export(*ROWS))
    before = rows_of(record)
    result = import_text(record, tmp_path, export(*ROWS))
    assert (result.imported, result.already_there, result.differs) == (0, 3, 0)
    assert not result.made
    assert rows_of(record) == before


def test_equal_rows_are_separate_entries_and_are_found_again_one_by_one(
    record: Database, tmp_path: Path
) -> None:
    twice = export(ROWS[0], ROWS[0])
    assert import_text(record, tmp_path, twice).imported == 2
    result = import_text(record, tmp_path, export(ROWS[0], ROWS[0], ROWS[0]))
    assert (result.already_there, result.imported) == (2, 1)


def test_a_row_that_differs_is_left_and_counted(record: Database, tmp_path: Path) -> None:
    import_text(record, tmp_path, export(*ROWS))
    renamed = export(ROWS[0].replace("Website", "Site"), *ROWS[1:])
    result = import_text(record, tmp_path, renamed)
    assert (result.differs, result.already_there, result.imported) == (1, 2, 0)
    updated = import_text(record, tmp_path, renamed, updates=True)
    assert (updated.updated, updated.differs) == (1, 0)
    again = import_text(record, tmp_path, renamed)
    assert (again.already_there, again.differs) == (3, 0)


def test_bad_lines_are_named_and_the_rest_is_taken(record: Database, tmp_path: Path) -> None:
    bad = (
        ROWS[0].replace("2026-01-05,08", "05/01/2026,08"),
        ROWS[0].replace("01:00:00", "one hour"),
        ROWS[0].replace(",Yes,", ",perhaps,"),
        ROWS[0].replace("Ada,ada@example.com", ","),
        ROWS[2].replace("Own,,", "Own,,n\0"),
        ROWS[0].replace("Plan", "x" * 3_001),
        ROWS[2].replace(",,,Own,,", ",,,,Task,"),
    )
    result = import_text(record, tmp_path, export(*bad, *ROWS))
    assert result.imported == 3
    assert [line.line for line in result.skipped] == [2, 3, 4, 5, 6, 7, 8]
    assert all(line.reason for line in result.skipped)


def test_a_field_too_long_for_csv_is_a_skipped_line(record: Database, tmp_path: Path) -> None:
    result = import_text(record, tmp_path, export(ROWS[0].replace("Plan", "x" * 200_000), *ROWS))
    assert (result.imported, len(result.skipped)) == (3, 1)


def test_the_duration_wins_in_the_night_when_the_clocks_change(
    record: Database, tmp_path: Path
) -> None:
    """2025-03-30 in Berlin: 01:30 to 03:30 on the clock is one hour."""
    import_text(
        record,
        tmp_path,
        export("Ada,ada@example.com,,P,,,No,2025-03-30,01:30:00,2025-03-30,03:30:00,01:00:00,,"),
    )
    ((_, started_at, stopped_at, _),) = rows_of(record)
    assert stopped_at - started_at == 3_600


def test_without_a_duration_the_wall_clocks_are_subtracted_as_instants(
    record: Database, tmp_path: Path
) -> None:
    header = "Email,Start date,Start time,End date,End time"
    import_text(
        record,
        tmp_path,
        export("ada@example.com,2025-03-30,01:30:00,2025-03-30,03:30:00", header=header),
    )
    ((_, started_at, stopped_at, _),) = rows_of(record)
    assert stopped_at - started_at == 3_600


def test_an_empty_end_is_a_running_entry(record: Database, tmp_path: Path) -> None:
    text = export("Ada,ada@example.com,,P,,,No,2026-01-05,08:00:00,,,,,")
    assert import_text(record, tmp_path, text).imported == 1
    assert rows_of(record)[0][2] is None
    assert import_text(record, tmp_path, text).already_there == 1


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("byte order mark", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("UTF-16", lambda text: text.encode("utf-16")),
        ("Western code page", lambda text: text.encode("cp1252")),
        ("line feeds only", lambda text: text.replace("\r\n", "\n").encode()),
        ("semicolons", lambda text: text.replace('"a, b"', "a").replace(",", ";").encode()),
        (
            "all quoted",
            lambda text: (
                '"'
                + text.strip()
                .replace('"', "")
                .replace("a, b", "a")
                .replace(",", '","')
                .replace("\r\n", '"\r\n"')
                + '"\r\n'
            ).encode(),
        ),
    ],
)
def test_dialects_are_read(record: Database, tmp_path: Path, name: str, encode) -> None:
    result = import_text(
        record, tmp_path, encode(export(*(row.replace("Plan", "Prüfung") for row in ROWS)))
    )
    assert (result.imported, result.skipped) == (3, [])


def test_another_file_is_refused_before_anything_is_written(
    record: Database, tmp_path: Path
) -> None:
    with pytest.raises(NotTheVendorsFile, match="Start date"):
        import_text(record, tmp_path, "Date,Client,Hours\r\n2026-01-01,Acme,1\r\n")
    with record.read() as connection:
        assert connection.scalar(select(func.count()).select_from(entries)) == 0


def test_nothing_is_half_imported(record: Database, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(export(*ROWS))

    def fails(connection) -> None:
        import_rows(
            connection,
            read_toggl_csv(path, zone_of("UTC")),
            ImportPlan(workspace_id=1, timezone="UTC", at=1),
        )
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        record.write(fails)
    assert rows_of(record) == []
    with record.read() as connection:
        assert load_catalog(connection, 1).projects == ()


def test_rates_are_found_in_the_amounts(record: Database, tmp_path: Path) -> None:
    """100.00 for an hour and 1.67 for a minute come from 100.00 an hour; the file's currency becomes the project's."""
    result = import_text(record, tmp_path, export(*ROWS), makes_rates=True)
    assert [(rate.project, rate.hourly_rate_cents, rate.reason) for rate in result.rates] == [
        ("Website", 10_000, "")
    ]
    with record.read() as connection:
        assert [rate.hourly_rate_cents for rate in load_rates(connection, 1)] == [10_000]
        assert load_catalog(connection, 1).projects[0].currency == "EUR"


def test_amounts_of_two_rates_are_called_unclear(record: Database, tmp_path: Path) -> None:
    result = import_text(
        record, tmp_path, export(ROWS[0], ROWS[1].replace("1.67", "2.00")), makes_rates=True
    )
    assert [(rate.hourly_rate_cents, bool(rate.reason)) for rate in result.rates] == [(None, True)]
    with record.read() as connection:
        assert load_rates(connection, 1) == []


def test_an_open_quote_costs_one_line(record: Database, tmp_path: Path) -> None:
    for bad in (
        ROWS[0].replace('"a, b"', '"a'),
        ROWS[1].replace(",Plan,", ',"Plan,'),
        ROWS[2].replace("Bo", '"Bo'),
    ):
        result = import_text(record, tmp_path, export(ROWS[0], bad, *ROWS))
        assert [line.line for line in result.skipped] == [3]
        assert result.rows == 5
    last = import_text(record, tmp_path, export(*ROWS, ROWS[0].replace('"a, b"', '"a')))
    assert [line.line for line in last.skipped] == [5]


def test_a_description_may_have_several_lines(record: Database, tmp_path: Path) -> None:
    row = ROWS[0].replace(",Plan,", ',"Plan\r\nand ""do""\r\n",')
    result = import_text(record, tmp_path, export(row, "broken", *ROWS))
    assert (result.imported, [line.line for line in result.skipped]) == (4, [5])


def test_an_update_finds_its_row_also_in_a_later_batch(
    sqlite_database: Database, tmp_path: Path
) -> None:
    """Two equal rows, five thousand others between them, and both renamed."""
    record = sqlite_database
    record.write(
        lambda connection: load_world(connection, World(users=(User(1, "Ada", "ada@example.com"),)))
    )
    row = "Ada,ada@example.com,,P,,{},No,2026-01-05,08:00:00,2026-01-05,09:00:00,01:00:00,,"
    import_text(record, tmp_path, export(row.format("one"), row.format("two")))
    others = [
        row.format("x")
        .replace("08:00:00", f"1{n % 9}:{n // 60 % 60:02}:{n % 60:02}")
        .replace("01-05", f"02-{n % 28 + 1:02}")
        for n in range(6_000)
    ]
    result = import_text(
        record, tmp_path, export(row.format("ONE"), *others, row.format("TWO")), updates=True
    )
    assert result.updated == 2
    starts = [start for _, start, _, _ in rows_of(record)]
    assert starts.count(starts[0]) == 2


def test_an_update_takes_only_what_the_file_has_columns_for(
    record: Database, tmp_path: Path
) -> None:
    import_text(record, tmp_path, export(*ROWS))
    short = export(
        "ada@example.com,2026-01-05,08:00:00,01:00:00",
        header="Email,Start date,Start time,Duration",
    )
    result = import_text(record, tmp_path, short, updates=True)
    assert (result.updated, result.already_there) == (0, 1)


def test_hostile_cells_and_bytes_are_skipped_lines(record: Database, tmp_path: Path) -> None:
    digits = "9" * 5_000
    rows = (
        ROWS[1].replace("00:01:00", f"{digits}:00:00").encode(),
        ROWS[1].replace("Plan", "Pl\u00e4n").encode().replace(b"\xc3\xa4", b"\xc3\x28"),
        *(row.replace("Plan", "Plän").encode() for row in ROWS),
        ROWS[1].replace("1.67", digits).encode(),
        ROWS[1].replace("1.67", "€12.50").replace("10:00:00", "11:00:00").encode(),
    )
    result = import_text(record, tmp_path, b"\r\n".join([HEADER.encode(), *rows]), makes_rates=True)
    assert [line.line for line in result.skipped] == [2, 3]
    assert result.imported == 5  # an amount that cannot be read is no reason to lose the time


def test_of_several_amounts_the_one_that_is_earned_counts(record: Database, tmp_path: Path) -> None:
    header = HEADER + ",Amount (USD)"
    result = import_text(
        record, tmp_path, export(ROWS[0] + ",0.00", header=header), makes_rates=True
    )
    assert [(rate.hourly_rate_cents, rate.currency) for rate in result.rates] == [(10_000, "EUR")]


def test_somebody_known_by_name_is_found_when_an_address_comes(
    record: Database, tmp_path: Path
) -> None:
    import_text(record, tmp_path, export(ROWS[2]))
    result = import_text(record, tmp_path, export(ROWS[2].replace("Bo,,", "Bo,bo@example.com,")))
    assert (result.already_there, result.made["users"]) == (1, 0)


def test_thousands_of_rows_in_batches_are_matched_across_them(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sqlite_database.write(
        lambda connection: load_world(connection, World(users=(User(1, "Ada", "ada@example.com"),)))
    )
    rows = [
        f"Ada,ada@example.com,,P,,text {n % 7},No,2026-01-{n % 28 + 1:02},0{n % 9}:00:00,2026-01-{n % 28 + 1:02},09:30:00,00:30:00,,"
        for n in range(12_000)
    ]
    first = import_text(sqlite_database, tmp_path, export(*rows))
    second = import_text(sqlite_database, tmp_path, export(*rows))
    assert (first.imported, first.already_there) == (12_000, 0)
    assert second.imported == 0
    assert second.already_there + second.differs == 12_000
