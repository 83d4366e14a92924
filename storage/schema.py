"""Brings a database to the shape this version works with, before anything else touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from conversations.errors import StoreError
from storage.causes import cause
from storage.migrations import HEAD

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

LOCK = 0x6C757774
"""One process at a time migrates a PostgreSQL database; on SQLite the transaction sees to that."""


def migrate(engine: Engine) -> None:
    """Run the steps that are missing. Raises StoreError when the database is newer, or will not."""
    try:
        with engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            if _shape(connection) != HEAD:
                _upgrade(connection)
            if _shape(connection) != HEAD:
                raise StoreError("schema")
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(type(error).__name__, cause(error)) from None


def _shape(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    # Alembic takes longer to import than a whole start may, and is rarely needed.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreError("schema") from None
