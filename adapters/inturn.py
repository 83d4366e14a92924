"""One turn at a time for each person, and a second delivery of an event that joins the first one's outcome."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from adapters.incoming import BusyError
from adapters.recent import Recent
from conversations.replacing import replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from conversations.turn import Turn

PATIENCE = 1.0
"""Seconds that a second request of one person waits for the first."""

REMEMBERED = 600.0
"""Seconds in which a second delivery of an event joins the first one's outcome."""

MARGIN = 1.0
"""Seconds after that at which it is certainly let go of."""


class OneAtATime:
    """Knows people by where their row lies, and only while somebody waits."""

    def __init__(self) -> None:
        self._locks: dict[bytes, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, place: bytes) -> AsyncIterator[None]:
        """Raises BusyError when the person's other turn takes longer than `PATIENCE`."""
        lock, waiting = self._locks.get(place, (asyncio.Lock(), 0))
        self._locks[place] = (lock, waiting + 1)
        try:
            await (_patiently(lock) if waiting else lock.acquire())
            try:
                yield
            finally:
                lock.release()
        finally:
            lock, waiting = self._locks[place]
            if waiting == 1:
                del self._locks[place]
            else:
                self._locks[place] = (lock, waiting - 1)


async def _patiently(lock: asyncio.Lock) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await lock.acquire()
    except TimeoutError:
        raise BusyError from None


class Outcomes:
    """What came of an event, by its digest, in memory for ten minutes, also where nobody comes
    after it; of its session without the answers. `clock` gives Unix seconds; `seconds` are others
    than those ten minutes.
    """

    def __init__(self, clock: Callable[[], float], seconds: float = REMEMBERED) -> None:
        self._known: Recent[str, asyncio.Future[Turn]] = Recent(clock, seconds, 10_000)
        self._clearing = False

    async def joined(self, digest: str) -> Turn | None:
        """The outcome of the same event, waited for where it is in hand; None for a new event."""
        earlier = self._known.get(digest)
        return None if earlier is None else await asyncio.shield(earlier)

    async def of(self, digest: str, doing: Callable[[], Awaitable[Turn]]) -> Turn:
        """Do it, for everybody who joins; what failed is forgotten, so that it can be tried again."""
        outcome: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        outcome.add_done_callback(_look_at)
        self._known.put(digest, outcome)
        try:
            turn = await doing()
        except BaseException as error:
            self._known.drop(digest)
            outcome.set_exception(error if isinstance(error, Exception) else BusyError())
            raise
        outcome.set_result(_shown(turn))
        if not self._clearing:
            self._clear()
        return turn

    def _clear(self) -> None:
        """Let go of what is too old now, and again when the oldest that is left will be."""
        self._known.let_go()
        left = self._known.oldest_for()
        self._clearing = left is not None
        if left is not None:
            asyncio.get_running_loop().call_later(left + MARGIN, self._clear)


def _shown(turn: Turn) -> Turn:
    """As much of a turn as shows it once more: what the person answered earlier is let go of at once."""
    session = turn.session
    if session is None:
        return turn
    return replace(turn, session=replace(session, slots={}, past=(), draft=None))


def _look_at(outcome: asyncio.Future[Turn]) -> None:
    """An outcome that nobody else waits for must not complain that nobody looked at it."""
    if not outcome.cancelled():
        outcome.exception()
