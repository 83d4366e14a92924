"""The store of sessions in a database, as the conversation sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from storage.batch import Visit
from storage.database import engine
from storage.ledger import Ledger
from storage.schema import migrate
from storage.thread import Purge, StoreThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.person import Person
    from conversations.turn import Turn
    from storage.batch import Take
    from storage.thread import Job


class SqlSessions:
    """Implements `conversations.ports.Sessions` on SQLite or PostgreSQL.

    `url` is `sqlite:///path` or `postgresql+psycopg://…`. Making one connects, brings the database
    to the present shape and starts the store thread. Raises StoreError when that cannot be.
    """

    def __init__(self, url: str) -> None:
        database = engine(url)
        migrate(database)
        self._thread = StoreThread(Ledger(database))

    def visit(
        self, person: Person, take: Take, shut: Callable[[], Turn] | None = None
    ) -> asyncio.Future[Turn]:
        """See `conversations.ports.Sessions.visit`."""
        return self._promise(Visit(person, take, shut))

    def purge(self, week: int) -> asyncio.Future[int]:
        """See `conversations.ports.Sessions.purge`."""
        return self._promise(Purge(week))

    async def close(self) -> None:
        """Finish the turns that wait, then let go of the database."""
        await asyncio.to_thread(self._thread.close)

    def _promise(self, job: Job) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._thread.put(job, future)
        return future
