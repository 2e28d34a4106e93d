"""The migrations make what the schema says, in both databases; a sealed token is opened by its own key alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from gnomon.errors import BadData
from gnomon.store.database import Database
from gnomon.store.migrate import MIGRATIONS, revisions
from gnomon.store.schema import metadata
from gnomon.store.secrets import SecretBox, give_new_token, open_secret_box, shown_token
from tests.worlds.loader import load_world
from tests.worlds.world import User, World


def test_the_migrations_make_the_schema(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_files_of_migrations_begin_with_their_revisions() -> None:
    """The record is compared with the names; Alembic is loaded only where something is to be done."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert revisions() == [one.revision for one in reversed([*scripts.walk_revisions()])]


def test_a_token_is_shown_again_with_its_own_key_only(database: Database, tmp_path: Path) -> None:
    database.write(
        lambda connection: load_world(connection, World(users=(User(1, "Ada", "a@b.c"),)))
    )
    box = open_secret_box(tmp_path)
    token = database.write(lambda connection: give_new_token(connection, box, 1))
    with database.read() as connection:
        assert shown_token(connection, open_secret_box(tmp_path), 1) == token
        assert shown_token(connection, SecretBox("another key of at least 32 letters"), 1) is None


def test_a_key_that_is_no_secret_is_refused() -> None:
    for key in ("", "short", "x" * 64):
        with pytest.raises(BadData, match="secret key"):
            SecretBox(key)
