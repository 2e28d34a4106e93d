"""Generated records, kept between runs, and what the questions share of them."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import world
from benchmarks.server import Server
from gnomon.columns.build import build_table
from gnomon.columns.table import EntryTable
from gnomon.model.account import Role
from gnomon.query.access import Sight, sight_of
from gnomon.query.queries import SummaryQuery
from gnomon.query.selection import Selection
from gnomon.reports.summary import summary_report
from gnomon.store import schema
from gnomon.store.database import Database, open_database
from gnomon.units.dates import DayRange
from gnomon.wire.reports_v3.views import summary_json

MEMORY_MEGABYTES = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What a question gets: the record, its columns, a server over it and PostgreSQL beside it."""

    entry_count: int
    record: Path
    table: EntryTable
    server: Server
    postgres_url: str


def kept_record(entry_count: int) -> Path:
    """The data folder of a record of that size; made anew only when the generator or the schema is another."""
    folder = Path(tempfile.gettempdir()) / f"gnomon-bench-{entry_count}"
    mark = folder / "made-by"
    if mark.exists() and mark.read_text() == generator_digest():
        return folder
    print(f"Making a record of {entry_count:,} entries in {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    with opened(folder) as database:
        world.load_workspace(database, world.make_facts(entry_count))
    mark.write_text(generator_digest())
    return folder


def generator_digest() -> str:
    sources = (Path(str(module.__file__)).read_bytes() for module in (world, schema))
    return hashlib.sha256(b"".join(sources)).hexdigest()


@contextmanager
def opened(folder: Path, url: str = "") -> Iterator[Database]:
    database = open_database(folder, url)
    try:
        yield database
    finally:
        database.close()


def table_of(record: Path) -> EntryTable:
    with opened(record) as database:
        return build_table(database, world.WORKSPACE_ID)


def year_query() -> SummaryQuery:
    """The question of all questions: one year by project and description."""
    return SummaryQuery(selection=Selection(days=year()))


def year() -> DayRange:
    body = world.IN_RANGE
    return DayRange(date.fromisoformat(body["start_date"]), date.fromisoformat(body["end_date"]))


def answer_in_process(query: SummaryQuery, table: EntryTable) -> bytes:
    """What a request does between its parsed question and its bytes."""
    return summary_json(summary_report(query, table, admins_sight(table)))


def admins_sight(table: EntryTable) -> Sight:
    return sight_of(1, Role.ADMIN, table.around.workspace, (), ())
