"""The store of sessions in a database, as the conversation sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from storage.batch import Visit
from storage.database import TURN_WAITS, engine
from storage.ledger import Ledger
from storage.schema import migrate
from storage.thread import Look, Perform, Ping, Purge, StoreThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from conversations.caseports import Origin
    from conversations.person import Person
    from conversations.turn import Turn
    from storage.batch import Take
    from storage.casework import Casework
    from storage.thread import Job

T = TypeVar("T")


class SqlSessions:
    """Implements `conversations.ports.Sessions` on SQLite or PostgreSQL.

    `url` is `sqlite:///path` or `postgresql+psycopg://…`. `casework` carries out what turns ask about
    cases; without it none may. `waits` is for `storage.database.engine`. Making one connects, brings the
    database to the present shape and starts the store thread. Raises StoreError when that cannot be.
    """

    def __init__(self, url: str, casework: Casework | None = None, waits: int = TURN_WAITS) -> None:
        database = engine(url, waits)
        migrate(database)
        self._thread = StoreThread(Ledger(database, casework))

    def visit(
        self,
        person: Person,
        take: Take,
        shut: Callable[[], Turn] | None = None,
        origin: Origin | None = None,
    ) -> asyncio.Future[Turn]:
        """See `conversations.ports.Sessions.visit`."""
        return self._promise(Visit(person, take, shut, origin))

    def perform(
        self, work: Callable[[Connection], T], *, erases: bool = False
    ) -> asyncio.Future[T]:
        """Do something else in the store thread; for this package only."""
        return self._promise(Perform(work, erases))

    def look(self, work: Callable[[Connection], T]) -> asyncio.Future[T]:
        """Read something in the store thread, with whoever else looks; for this package only."""
        return self._promise(Look(work))

    def purge(self, week: int) -> asyncio.Future[int]:
        """See `conversations.ports.Sessions.purge`."""
        return self._promise(Purge(week))

    def ping(self) -> asyncio.Future[int]:
        """Done when the database answers. Raises StoreError, with its cause."""
        return self._promise(Ping())

    def waiting(self) -> int:
        """How many jobs the store thread has not begun with."""
        return self._thread.waiting()

    async def close(self) -> None:
        """Finish the turns that wait, then let go of the database."""
        await asyncio.to_thread(self._thread.close)

    def _promise(self, job: Job) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._thread.put(job, future)
        return future
