"""Why a database failed, in one word for the operator, whatever the driver calls it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

if TYPE_CHECKING:
    from conversations.errors import Cause

PRIMARY = 0xFF
"""SQLite puts a finer code into the higher bits (https://sqlite.org/rescode.html)."""

SQLITE: dict[int, Cause] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "disk",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_READONLY: "disk",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}

POSTGRESQL: dict[str, Cause] = {
    "40001": "locked",  # serialization_failure
    "40P01": "locked",  # deadlock_detected
    "55P03": "locked",  # lock_not_available
    "57014": "locked",  # query_canceled: our own statement_timeout
    "25006": "disk",  # read_only_sql_transaction
    "53100": "disk",  # disk_full
    "58030": "disk",  # io_error
    "53300": "unreachable",  # too_many_connections
    "XX001": "damaged",  # data_corrupted
    "XX002": "damaged",  # index_corrupted
}
"""Codes of https://www.postgresql.org/docs/current/errcodes-appendix.html."""

GONE = ("08", "57P")
"""Classes of codes: the connection broke, or the server is going or coming."""


def cause(error: Exception) -> Cause:
    """`unknown` for what is no failure of a database."""
    if not isinstance(error, DBAPIError):
        return "unknown"
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return SQLITE.get(code & PRIMARY, "unknown")
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # Nothing was heard of a server: it was not reached, or went away.
        away = isinstance(error, OperationalError | InterfaceError)
        return "unreachable" if away else "unknown"
    return "unreachable" if state.startswith(GONE) else POSTGRESQL.get(state, "unknown")
