"""Backups: one SQLite file with the whole record of one moment, whatever database the record lives in (D11.6).

The secret key is not in it. A backup restored elsewhere knows every token by its digest, but cannot show one again.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DatabaseError

from gnomon.errors import BadData, RecordBroken, SchemaUnknown
from gnomon.store.database import (
    LOCK_FILE,
    RECORD_FILE,
    Database,
    open_database,
    postgres_engine,
    sqlite_address,
    sqlite_engine,
)
from gnomon.store.migrate import upgrade
from gnomon.store.schema import metadata, password_resets, sessions
from gnomon.store.workspaces import all_workspace_ids

ROWS_PER_BATCH = 5_000


def back_up(folder: Path, url: str, target: Path) -> None:
    """Write the backup, also while a server runs; the target appears only when it is complete and sound."""
    if target.exists():
        raise BadData(f"{target} exists already.")
    if not target.parent.is_dir():
        raise BadData(f"There is no folder {target.parent}.")
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)  # hashes and sealed tokens are for the owner alone
    try:
        if url:
            _copy_from_postgres(url, draft)
        else:
            _copy_from_sqlite(folder, draft)
        check_file(draft)
        _sync(draft)
        draft.replace(target)
        _sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _copy_from_sqlite(folder: Path, draft: Path) -> None:
    record = folder / RECORD_FILE
    if not record.exists():
        raise BadData(f"There is no record in {folder}.")
    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
        address = sqlite_address(record)
    except Timeout:
        address = sqlite_address(
            record, read_only=True
        )  # a server has it open: look on, touch nothing
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(draft)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        lock.release()


def _copy_from_postgres(url: str, draft: Path) -> None:
    source, copy = postgres_engine(url), sqlite_engine(draft, is_writer=True)
    snapshot = source.execution_options(isolation_level="REPEATABLE READ")
    try:
        upgrade(copy)
        with snapshot.begin() as reading, copy.begin() as writing:
            copy_record(reading, writing)
    finally:
        source.dispose()
        copy.dispose()
    _into_one_file(draft)


def _into_one_file(draft: Path) -> None:
    """Fold the write-ahead log into the file."""
    with closing(sqlite3.connect(draft)) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")


FLEETING = (sessions, password_resets)  # what was signed out since must not come back


def copy_record(source: Connection, target: Connection) -> None:
    """Every row of every table; what the target's tables hold is replaced."""
    for table in metadata.sorted_tables:
        target.execute(delete(table))
        if table in FLEETING:
            continue
        rows = source.execution_options(yield_per=ROWS_PER_BATCH).execute(select(table))
        for batch in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in batch])


def restore(backup: Path, folder: Path, url: str) -> Path | None:
    """Put the backup in place; a record that was there is moved aside, and its new path is returned."""
    if not backup.is_file():
        raise BadData(f"There is no file {backup}.")
    check_file(backup)
    if url:
        _restore_into_postgres(backup, folder, url)
        return None
    return _restore_into_folder(backup, folder)


def _restore_into_folder(backup: Path, folder: Path) -> Path | None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BadData(f"A gnomon process is using {folder}. Stop it first.") from None
    try:
        record = folder / RECORD_FILE
        draft = folder / (RECORD_FILE + ".part")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        try:
            _copy_and_upgrade(backup, draft)
            _sync(draft)
            aside = _move_aside(record)
            draft.replace(record)
            _sync(folder)
        finally:
            for ending in ("", "-wal", "-shm"):
                draft.with_name(draft.name + ending).unlink(missing_ok=True)
    finally:
        lock.release()
    return aside


def _copy_and_upgrade(backup: Path, draft: Path) -> None:
    """The backup at the newest schema; raises `RecordBroken` for one that is newer than this program."""
    with (
        closing(sqlite3.connect(sqlite_address(backup, read_only=True), uri=True)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy)
    engine = sqlite_engine(draft, is_writer=True)
    try:
        upgrade(engine)
        with engine.begin() as connection:
            for table in FLEETING:
                connection.execute(delete(table))
    except (SchemaUnknown, DatabaseError) as error:
        raise RecordBroken(f"{backup} is no backup that this version can read.") from error
    finally:
        engine.dispose()
    _into_one_file(draft)
    check_file(draft)


def _move_aside(record: Path) -> Path | None:
    """Keep what was there, damaged as it may be: a restore must not be the way to lose a record."""
    if not record.exists():
        return None
    number = 1
    while (aside := record.with_name(f"{record.name}.before-restore-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):  # the log belongs to the file and goes with it
        part = record.with_name(record.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _restore_into_postgres(backup: Path, folder: Path, url: str) -> None:
    database = open_database(folder, url)
    try:
        with database.read() as connection:
            if all_workspace_ids(connection):
                raise BadData(
                    "The PostgreSQL database holds a record already; restore into an empty one."
                )
        with TemporaryDirectory(prefix="restore-", dir=folder) as kept:
            draft = Path(kept) / RECORD_FILE
            _copy_and_upgrade(backup, draft)
            _copy_into(database, draft)
    finally:
        database.close()


def _copy_into(database: Database, draft: Path) -> None:
    source = sqlite_engine(draft, is_writer=False)
    try:
        with source.connect() as reading:
            database.write(lambda writing: copy_record(reading, writing))
    finally:
        source.dispose()


def check_file(path: Path) -> None:
    """Raise `RecordBroken` unless the file is a sound record."""
    try:
        address = sqlite_address(path, read_only=True)
        with closing(sqlite3.connect(address, uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            for table in ("alembic_version", "workspaces", "accounts", "entries"):
                connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # names from here
    except sqlite3.DatabaseError as error:
        raise RecordBroken(f"{path} is no sound record: {error}.") from error
    if verdict != "ok":
        raise RecordBroken(f"{path} is damaged: {verdict}.")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
