"""Bring a database to the newest schema with Alembic's migrations."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from gnomon.errors import SchemaUnknown

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = sa.table("alembic_version", sa.column("version_num"))


def upgrade(engine: Engine) -> None:
    """All migrations in one transaction: a crash leaves the old schema or the new one. Raises `SchemaUnknown`."""
    with engine.begin() as connection:
        if (
            engine.dialect.name == "postgresql"
        ):  # two servers starting at once must not both migrate
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4769777)")
        present = _present(connection)
        if len(present) > 1 or not {*present} <= {*revisions()}:
            raise SchemaUnknown(", ".join(present))
        if present != revisions()[-1:]:
            _migrate(connection)


@cache
def revisions() -> list[str]:
    """Those that this program knows, the oldest first: each migration's file begins with its own."""
    return sorted(path.stem.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))


def _present(connection: Connection) -> list[str]:
    """Nothing for an empty database, else one; what else stands there was not written by us."""
    if not sa.inspect(connection).has_table(VERSION.name):
        return []
    return [str(one) for one in connection.scalars(sa.select(VERSION.c.version_num))]


def _migrate(connection: Connection) -> None:
    # Alembic takes a third of a second to load, and is needed once in a record's life and after updates.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
