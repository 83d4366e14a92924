"""One thread for everything the database does: whatever waits goes together, with one commit."""

from __future__ import annotations

import contextlib
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.errors import StoreError
from storage.batch import Visit

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

    from storage.ledger import Ledger

TOGETHER = 256
"""Turns in one commit at most."""


@dataclass(frozen=True, slots=True)
class Purge:
    """Erase every row whose last week lies before this one."""

    week: int


Job = Visit | Purge
Promise = tuple[Job, "asyncio.Future[Any]"]


class StoreThread:
    """Takes jobs from any event loop, and keeps each one's promise there."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: queue.SimpleQueue[Promise | None] = queue.SimpleQueue()
        self._closing = False
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="luwte-store", daemon=True)
        self._thread.start()

    def put(self, job: Job, future: asyncio.Future[Any]) -> None:
        """Raises StoreError when the store was closed."""
        with self._door:
            if self._closing:
                raise StoreError("closed")
            self._waiting.put((job, future))

    def close(self) -> None:
        """Finish what waits and stop; blocks until then. Closing twice is closing once."""
        with self._door:
            if not self._closing:
                self._closing = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            promises = self._gather()
            last = None in promises
            self._keep([promise for promise in promises if promise is not None])
            self._ledger.tend()
        self._ledger.close()

    def _gather(self) -> list[Promise | None]:
        """All that waits, or nothing when an erasure is due first."""
        gathered: list[Promise | None] = []
        with contextlib.suppress(queue.Empty):
            gathered.append(self._waiting.get(timeout=self._ledger.patience()))
            while len(gathered) < TOGETHER:
                gathered.append(self._waiting.get_nowait())
        return gathered

    def _keep(self, promises: list[Promise]) -> None:
        visits = [(job, future) for job, future in promises if isinstance(job, Visit)]
        if visits:
            outcomes = self._ledger.visits([job for job, _ in visits])
            _tell(zip((future for _, future in visits), outcomes, strict=True))
        for job, future in promises:
            if isinstance(job, Purge):
                _tell([(future, self._ledger.purge(job.week))])


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
