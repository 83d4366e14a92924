"""SQLite keeps what was deleted in its write-ahead log until that is cut; this sees to it."""

from __future__ import annotations

import logging
import sqlite3
import time
from typing import TYPE_CHECKING

from storage.database import PAGE_SIZE, driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

logger = logging.getLogger("luwte.storage")

AGAIN = 1.0
"""Seconds until the next attempt, when somebody was reading the file."""

REORDERED_BELOW = 256 * 2**20
"""Bytes of file up to which a purge also rewrites it in key order: that takes as much memory."""


class Erasure:
    """Cuts the log after rows were erased, and goes on trying while a reader holds it.

    It begins with one cut due, since an earlier process may have died before its own.
    """

    def __init__(self) -> None:
        self._due_at: float | None = time.monotonic()

    def ask(self) -> None:
        """Rows were erased: the log must be cut."""
        self._due_at = time.monotonic()

    def patience(self) -> float | None:
        """Seconds until the next attempt; None when nothing is due."""
        if self._due_at is None:
            return None
        return max(0.0, self._due_at - time.monotonic())

    def attempt(self, connection: Connection) -> None:
        """Cut the log if that is due, without waiting for anybody. Outside a transaction only."""
        if self.patience() == 0.0:
            self._due_at = None if _cut(driver(connection)) else time.monotonic() + AGAIN


def reorder(connection: Connection) -> None:
    """Rewrite a small file in the order of its random keys: nothing of the joining is left."""
    own = driver(connection)
    (pages,) = own.execute("PRAGMA page_count").fetchone()
    if pages * PAGE_SIZE < REORDERED_BELOW:
        try:
            own.execute("VACUUM")
        except sqlite3.Error:
            logger.warning("reorder_put_off")


def _cut(own: sqlite3.Connection) -> bool:
    """Never raises: what was kept a moment ago stays kept, and the cut is tried again."""
    try:
        (waits,) = own.execute("PRAGMA busy_timeout").fetchone()
        own.execute("PRAGMA busy_timeout = 0").fetchall()
        try:
            busy, _, _ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            own.execute(f"PRAGMA busy_timeout = {waits}").fetchall()
    except sqlite3.Error:
        return False
    return bool(busy == 0)
