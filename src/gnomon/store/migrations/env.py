"""Alembic's entry: run the migrations on the connection that `migrate.py` hands over."""

from alembic import context

from gnomon.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
