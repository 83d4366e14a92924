"""One thread for everything the database does: whatever waits goes together, with one commit."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.errors import StoreError
from storage.batch import Visit

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from storage.ledger import Ledger

TOGETHER = 256
"""Turns in one commit at most."""

WAITING = 4 * TOGETHER
"""Jobs that may wait. Above it the store says so at once: who waits longer than that has given up."""


@dataclass(frozen=True, slots=True)
class Purge:
    """Erase every row whose last week lies before this one."""

    week: int


@dataclass(frozen=True, slots=True)
class Ping:
    """Does the database answer?"""


@dataclass(frozen=True, slots=True)
class Perform:
    """Something else to do with the database, in a transaction of its own."""

    work: Callable[[Connection], Any]
    erases: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Something to read; in one transaction with whatever else is looked for at this moment."""

    work: Callable[[Connection], Any]


Job = Visit | Purge | Ping | Perform | Look
Promise = tuple[Job, "asyncio.Future[Any]"]


class StoreThread:
    """Takes jobs from any event loop, and keeps each one's promise there."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._jobs: deque[Promise] = deque()
        self._closing = False
        self._door = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="luwte-store", daemon=True)
        self._thread.start()

    def put(self, job: Job, future: asyncio.Future[Any]) -> None:
        """Raises StoreError when the store was closed, or when too much waits there already.

        Called in the loop of the future. The thread is woken when this round of the loop is over, for all
        that came in it: else the first would be read, written and committed alone.
        """
        with self._door:
            if self._closing:
                raise StoreError("closed", "crowded")
            if len(self._jobs) >= WAITING:
                raise StoreError("crowded", "crowded")
            self._jobs.append((job, future))
        future.get_loop().call_soon(self._wake)

    def waiting(self) -> int:
        """How many jobs nobody has begun with."""
        return len(self._jobs)

    def close(self) -> None:
        """Finish what waits and stop; blocks until then. Closing twice is closing once."""
        with self._door:
            self._closing = True
            self._door.notify()
        self._thread.join()

    def _wake(self) -> None:
        with self._door:
            self._door.notify()

    def _run(self) -> None:
        closing = False
        while not closing or self._jobs:
            promises, closing = self._gather()
            self._keep(promises)
            self._ledger.tend()
        self._ledger.close()

    def _gather(self) -> tuple[list[Promise], bool]:
        """All that waits, or nothing when an erasure is due first; and whether nothing more comes."""
        with self._door:
            if not self._jobs and not self._closing:
                self._door.wait(self._ledger.patience())
            number = min(len(self._jobs), TOGETHER)
            return [self._jobs.popleft() for _ in range(number)], self._closing

    def _keep(self, promises: list[Promise]) -> None:
        visits = [(job, future) for job, future in promises if isinstance(job, Visit)]
        if visits:
            outcomes = self._ledger.visits([job for job, _ in visits])
            _tell(zip((future for _, future in visits), outcomes, strict=True))
        looks = [(job, future) for job, future in promises if isinstance(job, Look)]
        if looks:
            seen = self._ledger.looks([job.work for job, _ in looks])
            _tell(zip((future for _, future in looks), seen, strict=True))
        for job, future in promises:
            if isinstance(job, Purge):
                _tell([(future, self._ledger.purge(job.week))])
            if isinstance(job, Ping):
                _tell([(future, self._ledger.ping())])
            if isinstance(job, Perform):
                _tell([(future, self._ledger.perform(job.work, erases=job.erases))])


def _tell(outcomes: Iterable[tuple[asyncio.Future[Any], object]]) -> None:
    """Wake everybody, with one call for each event loop."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], object]]] = {}
    for future, outcome in outcomes:
        loops.setdefault(future.get_loop(), []).append((future, outcome))
    for loop, told in loops.items():
        with contextlib.suppress(RuntimeError):  # The loop is closed: nobody waits there any more.
            loop.call_soon_threadsafe(_settle, told)


def _settle(outcomes: list[tuple[asyncio.Future[Any], object]]) -> None:
    for future, outcome in outcomes:
        if future.done():
            continue
        if isinstance(outcome, StoreError):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
