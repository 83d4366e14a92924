"""What the store thread does with the database: a batch of turns, or a purge, and one commit."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from conversations.errors import StoreError
from storage import rows
from storage.batch import Batch, locators
from storage.casework import CaseVisit
from storage.causes import cause
from storage.chance import Chance
from storage.erasure import Erasure, reorder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from conversations.turn import Turn
    from storage.batch import AboutCase, Visit
    from storage.casework import Casework
    from storage.postings import Posting
    from storage.rows import Changes, Row

T = TypeVar("T")

TRIES = 5
"""How often a turn is taken when another process keeps writing the person's row meanwhile."""

COLLIDED = frozenset({"40001", "40P01"})
"""PostgreSQL's serialisation failure and deadlock: nothing is wrong, somebody else came first."""


KEEPING_HOUSE = 0x6C75777465  # "luwte"
"""PostgreSQL's advisory lock for what only one process at a time may do."""


class Ledger:
    """One connection, made when it is needed and made again when it broke. For one thread.

    `casework` is what carries out what turns ask about cases; without it none may.
    """

    def __init__(self, engine: Engine, casework: Casework | None = None) -> None:
        self._engine, self._casework = engine, casework
        self._connection: Connection | None = None
        self._chance = Chance()
        self._erasure = Erasure() if engine.dialect.name == "sqlite" else None

    def visits(self, visits: Sequence[Visit]) -> list[Turn | StoreError]:
        """Every turn, or why it is not kept. When this returns, what is kept is on the disk."""
        outcome = self._connected(lambda connection: self._settle(connection, visits))
        if isinstance(outcome, StoreError):
            return [StoreError(str(outcome), outcome.cause) for _ in visits]
        return outcome

    def purge(self, week: int) -> int | StoreError:
        """Erase the rows whose last week lies before this one; how many there were."""
        return self._connected(lambda connection: self._purge(connection, week))

    def perform(self, work: Callable[[Connection], T], *, erases: bool) -> T | StoreError:
        """Do this in a transaction of its own; it may run again when somebody else came between.

        With `erases` what it deletes is gone from SQLite's log too.
        """
        return self._connected(lambda connection: self._perform(connection, work, erases=erases))

    def looks(self, works: Sequence[Callable[[Connection], T]]) -> list[T | StoreError]:
        """What each of these reads, in one transaction; one that raises StoreError does so alone."""
        outcome = self._connected(lambda connection: _looked(connection, works))
        if isinstance(outcome, StoreError):
            return [StoreError(str(outcome), outcome.cause) for _ in works]
        return outcome

    def ping(self) -> int | StoreError:
        """0 when the database answers and could be written to at this moment."""
        return self._connected(_answers)

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
            if isinstance(error, StoreError):
                failed = StoreError(str(error), error.cause)
            else:
                failed = StoreError(type(error).__name__, cause(error))
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
            batch = Batch(found, self._about_cases(connection), self._chance.bytes)
            outcomes = [
                batch.take(visit) if tries[visit] < TRIES else StoreError("conflict")
                for visit in visits
            ]
            if _written(connection, batch.changes()):
                transaction.commit()
                self._erased(connection, batch)
                return [
                    self._posted(batch.postings.get(visit, ()), outcome)
                    for visit, outcome in zip(visits, outcomes, strict=True)
                ]
            transaction.rollback()
            before = found

    def _about_cases(self, connection: Connection) -> AboutCase | None:
        work = self._casework
        if work is None:
            return None
        return lambda visit, session: CaseVisit(work, connection, visit.origin).take(
            session, visit.take
        )

    def _posted(self, postings: Sequence[Posting], outcome: Turn | StoreError) -> Turn | StoreError:
        """The outcome once all of it is on the disk; the session remembers what is missing."""
        try:
            for posting in postings:
                if self._casework is not None:
                    posting.put(self._casework.spool)
        except OSError:
            return StoreError("spool", "disk")
        return outcome

    def _perform(
        self, connection: Connection, work: Callable[[Connection], T], *, erases: bool
    ) -> T:
        for last in (*(False for _ in range(TRIES - 1)), True):
            transaction = connection.begin()
            try:
                done = work(connection)
                transaction.commit()
            except Exception as error:
                transaction.rollback()
                if last or not _collided(error):
                    raise
                continue
            if erases and self._erasure is not None:
                self._erasure.ask()
                self._erasure.attempt(connection)
            return done
        raise StoreError("conflict")

    def _erased(self, connection: Connection, batch: Batch) -> None:
        if self._erasure is not None and batch.erases:
            self._erasure.ask()
            self._erasure.attempt(connection)

    def _purge(self, connection: Connection, week: int) -> int:
        """Of several processes on PostgreSQL one does it; the others find nothing to do."""
        with connection.begin():
            if not _mine(connection):
                return 0
            gone = rows.purge(connection, week)
        if self._erasure is not None:
            reorder(connection)
            self._erasure.ask()
            self._erasure.attempt(connection)
        return gone


def _answers(connection: Connection) -> int:
    """On SQLite a transaction begins with the lock for writing, so this tells of a locked file too."""
    with connection.begin():
        connection.exec_driver_sql("SELECT 1")
    return 0


def _looked(
    connection: Connection, works: Sequence[Callable[[Connection], T]]
) -> list[T | StoreError]:
    found: list[T | StoreError] = []
    with connection.begin():
        for work in works:
            try:
                found.append(work(connection))
            except StoreError as error:
                # A new one: the old one's traceback holds keys.
                found.append(StoreError(str(error), error.cause))
    return found


def _mine(connection: Connection) -> bool:
    """Whether nobody else keeps house at this moment; until the end of the transaction."""
    if connection.dialect.name != "postgresql":
        return True  # On SQLite the transaction itself is the lock.
    asked = "SELECT pg_try_advisory_xact_lock(%s)"
    return bool(connection.exec_driver_sql(asked, (KEEPING_HOUSE,)).scalar_one())


def _written(connection: Connection, changes: Changes) -> bool:
    try:
        return rows.write(connection, changes)
    except DBAPIError as error:
        if _collided(error):
            return False
        raise


def _collided(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in COLLIDED


def _overtaken(
    visits: Sequence[Visit], before: Mapping[bytes, Row], now: Mapping[bytes, Row]
) -> list[Visit]:
    """The visits whose rows another process wrote between the two readings."""

    def versions(found: Mapping[bytes, Row], visit: Visit) -> set[tuple[bytes, int]]:
        return {(at, found[at].version) for at in visit.locators if at in found}

    return [each for each in visits if versions(before, each) != versions(now, each)]
