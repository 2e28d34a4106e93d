"""The generated record in PostgreSQL: a database of its own beside the one that was named."""

from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from benchmarks import world
from benchmarks.records import Bench, generator_digest, opened


def loaded_postgres(bench: Bench) -> str:
    """The address of a database with the record, for psycopg; made when the server has none from an earlier run."""
    named = make_url(bench.postgres_url)
    name = f"gnomon_bench_{bench.entry_count}_{generator_digest()[:8]}"
    with psycopg.connect(_address(named), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is not None:
            return _address(named.set(database=name))
        for statement in (
            "DROP DATABASE IF EXISTS {}",
            "CREATE DATABASE {}",
        ):  # a load may have been cut short
            connection.execute(sql.SQL(statement).format(sql.Identifier(name + "_new")))
    _load(named.set(database=name + "_new"), bench.entry_count)
    with psycopg.connect(_address(named), autocommit=True) as connection:
        # only a whole record gets the name that a later run looks for
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(name + "_new"), sql.Identifier(name)
            )
        )
    return _address(named.set(database=name))


def _load(url: URL, entry_count: int) -> None:
    text = url.render_as_string(hide_password=False)
    with (
        TemporaryDirectory(prefix="gnomon-bench-") as folder,
        opened(Path(folder), text) as database,
    ):
        world.load_workspace(database, world.make_facts(entry_count))
    with psycopg.connect(_address(url), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
