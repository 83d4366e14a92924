"""How the database is opened: what every connection must be set to before a row is written."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from conversations.errors import StoreError

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection, Engine

PAGE_SIZE = 32_768
"""Three rows fit a page; figures in `storage/README.md`, from `tests/bench/page_order.py`."""

LOG_PAGES = 512
"""Pages (16 MiB) after which SQLite moves its write-ahead log into the file."""

TURN_WAITS = 2_000
"""Milliseconds that a turn waits for somebody else's lock: Slack gives an answer three seconds."""

COMMAND_WAITS = 30_000
"""Milliseconds that an operator's command waits: a purge beside it may rewrite the whole file."""

SQLITE = {
    "page_size": PAGE_SIZE,
    "journal_mode": "wal",
    "secure_delete": 1,
    "synchronous": 2,  # FULL: an answer that was acknowledged survives a power cut.
    "temp_store": 2,  # MEMORY: no row in a temporary file.
    "wal_autocheckpoint": LOG_PAGES,
}
"""Set on every connection in this order, then read back and compared."""

STATEMENT_TAKES = 3_000
"""Milliseconds that a statement in PostgreSQL may take beside its waiting for a lock: a stuck process
elsewhere must not stop the store thread here. A deadlock is found in 1 s."""

PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
"""Seconds, and milliseconds: libpq's names."""


def engine(url: str, waits: int = TURN_WAITS) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`; it connects when first used.

    It `waits` so many milliseconds for a lock that another process or connection holds. Raises StoreError
    for any other kind of URL. Parameters never stand in an error or a log.
    """
    try:
        target = make_url(url)
    except ArgumentError:
        raise StoreError("unknown_database") from None
    match target.drivername:
        case "sqlite" | "sqlite+pysqlite" if target.database not in (None, "", ":memory:"):
            return _sqlite(target, waits)
        case "postgresql+psycopg":
            return _postgresql(target, waits)
        case _:
            raise StoreError("unknown_database")


def driver(connection: Connection) -> sqlite3.Connection:
    """The SQLite connection itself, for what runs outside a transaction."""
    found: Any = connection.connection.driver_connection
    own: sqlite3.Connection = found
    return own


def _sqlite(target: URL, waits: int) -> Engine:
    made = create_engine(target, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(made, "do_connect")
    def prepare(*_: object) -> None:
        _make_private(Path(str(target.database)))

    @event.listens_for(made, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        # SQLAlchemy says when a transaction begins; the driver must not, and not halfway.
        connection.isolation_level = None
        settings = {"busy_timeout": waits, **SQLITE}
        for name, value in settings.items():
            _set(connection, f"PRAGMA {name} = {value}", waits)
        for name, value in settings.items():
            if connection.execute(f"PRAGMA {name}").fetchone() != (value,):
                raise StoreError(f"sqlite_{name}")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        # The lock comes before the first read, so that what is read is what is replaced.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def _postgresql(target: URL, waits: int) -> Engine:
    made = create_engine(
        target, poolclass=NullPool, hide_parameters=True, connect_args=dict(PATIENCE)
    )

    @event.listens_for(made, "connect")
    def set_up(connection: psycopg.Connection, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {waits:d}")
            cursor.execute(f"SET statement_timeout = {waits + STATEMENT_TAKES:d}")
        connection.commit()

    return made


def _set(connection: sqlite3.Connection, pragma: str, waits: int) -> None:
    """Two processes may make the file at once, and SQLite does not wait when it changes the mode."""
    until = time.monotonic() + waits / 1_000
    while True:
        try:
            connection.execute(pragma).fetchall()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _make_private(path: Path) -> None:
    """A new file is for its owner only, and so are the log and index that SQLite puts beside it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
    os.close(descriptor)
