"""What the store thread does with the database: a batch of turns, or a purge, and one commit."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from conversations.errors import StoreError
from storage import rows
from storage.batch import Batch, locators
from storage.erasure import Erasure, reorder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from conversations.turn import Turn
    from storage.batch import Visit
    from storage.rows import Changes, Row

T = TypeVar("T")

TRIES = 5
"""How often a turn is taken when another process keeps writing the person's row meanwhile."""

COLLIDED = frozenset({"40001", "40P01"})
"""PostgreSQL's serialisation failure and deadlock: nothing is wrong, somebody else came first."""


class Ledger:
    """One connection, made when it is needed and made again when it broke. For one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._erasure = Erasure() if engine.dialect.name == "sqlite" else None

    def visits(self, visits: Sequence[Visit]) -> list[Turn | StoreError]:
        """Every turn, or why it is not kept. When this returns, what is kept is on the disk."""
        outcome = self._connected(lambda connection: self._settle(connection, visits))
        if isinstance(outcome, StoreError):
            return [StoreError(str(outcome)) for _ in visits]
        return outcome

    def purge(self, week: int) -> int | StoreError:
        """Erase the rows whose last week lies before this one; how many there were."""
        return self._connected(lambda connection: self._purge(connection, week))

    def patience(self) -> float | None:
        """Seconds until `tend` has something to do; None when it has not."""
        return None if self._erasure is None else self._erasure.patience()

    def tend(self) -> None:
        """Go on with an erasure that somebody's reading held up."""
        if self._erasure is not None and self._erasure.patience() == 0.0:
            self._connected(self._erasure.attempt)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self, work: Callable[[Connection], T], *, again: bool = True) -> T | StoreError:
        """Do this work; once more when the connection was lost, since a turn is idempotent."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return work(self._connection)
        except Exception as error:  # noqa: BLE001 (or the thread dies, and everybody waits for ever)
            lost = isinstance(error, DBAPIError) and error.connection_invalidated
            known = isinstance(error, StoreError)
            failed = StoreError(str(error) if known else type(error).__name__)
        self._let_go()
        return self._connected(work, again=False) if again and lost else failed

    def _let_go(self) -> None:
        """Drop a connection in whatever state it is; what was not committed is gone with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.invalidate()
                connection.close()

    def _settle(self, connection: Connection, visits: Sequence[Visit]) -> list[Turn | StoreError]:
        tries: Counter[Visit] = Counter()
        before: Mapping[bytes, Row] | None = None
        while True:
            transaction = connection.begin()
            found = rows.read(connection, locators(visits))
            if before is not None:
                tries.update(_overtaken(visits, before, found) or visits)
            batch = Batch(found)
            outcomes = [
                batch.take(visit) if tries[visit] < TRIES else StoreError("conflict")
                for visit in visits
            ]
            if _written(connection, batch.changes()):
                transaction.commit()
                self._erased(connection, batch)
                return outcomes
            transaction.rollback()
            before = found

    def _erased(self, connection: Connection, batch: Batch) -> None:
        if self._erasure is not None and batch.erases:
            self._erasure.ask()
            self._erasure.attempt(connection)

    def _purge(self, connection: Connection, week: int) -> int:
        with connection.begin():
            gone = rows.purge(connection, week)
        if self._erasure is not None:
            reorder(connection)
            self._erasure.ask()
            self._erasure.attempt(connection)
        return gone


def _written(connection: Connection, changes: Changes) -> bool:
    try:
        return rows.write(connection, changes)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in COLLIDED:
            return False
        raise


def _overtaken(
    visits: Sequence[Visit], before: Mapping[bytes, Row], now: Mapping[bytes, Row]
) -> list[Visit]:
    """The visits whose rows another process wrote between the two readings."""

    def versions(found: Mapping[bytes, Row], visit: Visit) -> set[tuple[bytes, int]]:
        return {(at, found[at].version) for at in visit.locators if at in found}

    return [each for each in visits if versions(before, each) != versions(now, each)]
