"""Alembic's entry: migrations run on the connection that store.database gives, inside its transaction."""

from __future__ import annotations

from alembic import context

from store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
