"""Bring a database to the newest schema with Alembic's migrations."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """All migrations in one transaction: a crash leaves the old schema or the new one."""
    with engine.begin() as connection:
        if (
            engine.dialect.name == "postgresql"
        ):  # two servers starting at once must not both migrate
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4769777)")
        present = MigrationContext.configure(connection).get_current_revision()
        if present != _newest():
            command.upgrade(alembic_config(connection), "head")


@cache
def _newest() -> str | None:
    """The revision that this program knows as the last."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()
