"""Alembic's entry: it is given a connection, and migrates in its transaction."""

from __future__ import annotations

from alembic import context

from hingewise.store.tables import METADATA


def migrate() -> None:
    """Bring the database behind alembic's connection to the version that is asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # alembic runs this file under that name; an import does nothing
    migrate()
