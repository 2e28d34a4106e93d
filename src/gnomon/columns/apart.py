"""Read many rows of a SQLite record in a process of its own, through ADBC: several times as fast as the standard driver.

Apart, because the ADBC driver brings a second copy of SQLite, and two copies in one process drop each other's file
locks (sqlite.org/howtocorrupt.html, 2.2.1). Run as `python -m gnomon.columns.apart ADDRESS ANSWER QUESTION...`; writes
the answer to question n as an Arrow file ANSWER.n, all of them from the same moment. The reader imports nothing of the
house and no SQLAlchemy: that would take as long as half a million rows.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

READ_SECONDS_MAX = 600


def read_apart(address: str, questions: list[str]) -> list[pl.DataFrame]:
    """The answers of the record at that SQLite address to SQL questions; raises `CalledProcessError` when the reader
    fails.
    """
    with TemporaryDirectory(prefix="gnomon-read-") as folder:  # only we may look into it
        answer = Path(folder) / "answer"
        subprocess.run(  # noqa: S603  # our own interpreter and module; the questions are made here
            [sys.executable, "-m", "gnomon.columns.apart", address, str(answer), *questions],
            check=True,
            timeout=READ_SECONDS_MAX,
        )
        numbers = range(len(questions))
        return [pl.read_ipc(f"{answer}.{number}") for number in numbers]


def main(address: str, answer: str, *questions: str) -> None:
    import adbc_driver_sqlite  # noqa: PLC0415  # never to be loaded beside the standard driver
    from adbc_driver_manager import AdbcConnection, AdbcStatement  # noqa: PLC0415

    with (
        adbc_driver_sqlite.connect(address) as database,
        AdbcConnection(database) as connection,
    ):
        connection.set_autocommit(False)  # one transaction: all answers from the same moment
        for number, question in enumerate(questions):
            with AdbcStatement(connection) as statement:
                statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})
                statement.set_sql_query(question)
                rows, _ = statement.execute_query()
                pl.DataFrame(rows).write_ipc(f"{answer}.{number}")


if __name__ == "__main__":
    main(*sys.argv[1:])
