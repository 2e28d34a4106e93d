"""Read many rows of a SQLite record in a process of its own, through ADBC: several times as fast as the standard driver.

Apart, because the ADBC driver brings a second copy of SQLite, and two copies in one process drop each other's file
locks (sqlite.org/howtocorrupt.html, 2.2.1). Run as `python -m gnomon.columns.apart ADDRESS FOLDER QUESTION...`; the answer
to question n becomes the Arrow file FOLDER/n. This process imports nothing of the house and no SQLAlchemy: that would
take as long as half a million rows.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory

import polars as pl

READ_SECONDS_MAX = 600
WAIT_MS_MAX = 10_000  # for the lock of who just opens or closes the record: a reader meets no other
READERS_MAX = 4


def read_apart(address: str, questions: list[str]) -> list[pl.DataFrame]:
    """The answers of the record at that SQLite address to SQL questions, each from a moment of its own, and up to
    `READERS_MAX` at a time.

    Raises `subprocess.CalledProcessError` when a question fails, `subprocess.TimeoutExpired` when all take too long.
    """
    with TemporaryDirectory(prefix="gnomon-read-") as folder:  # only we may look into it
        subprocess.run(  # noqa: S603  # our own interpreter and module; the questions are made here
            [sys.executable, "-m", "gnomon.columns.apart", address, folder, *questions],
            check=True,
            timeout=READ_SECONDS_MAX,
        )
        return [pl.read_ipc(f"{folder}/{number}") for number in range(len(questions))]


def main(address: str, folder: str, *questions: str) -> None:
    def read(number: int) -> None:
        _answer(address, questions[number]).write_ipc(f"{folder}/{number}")

    with ThreadPoolExecutor(min(READERS_MAX, os.cpu_count() or 1)) as readers:
        for _ in readers.map(read, range(len(questions))):
            pass  # raises what a reader raised


def _answer(address: str, question: str) -> pl.DataFrame:
    import adbc_driver_sqlite  # noqa: PLC0415  # never to be loaded beside the standard driver
    from adbc_driver_manager import AdbcConnection, AdbcStatement  # noqa: PLC0415

    with (
        adbc_driver_sqlite.connect(address) as database,
        AdbcConnection(database) as connection,
        AdbcStatement(connection) as statement,
    ):
        statement.set_sql_query(f"PRAGMA busy_timeout = {WAIT_MS_MAX}")
        statement.execute_update()
        statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})
        statement.set_sql_query(question)
        rows, _ = statement.execute_query()
        return pl.DataFrame(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
