"""The store of sessions as everybody else sees it, with a look at how long a commit takes."""

from __future__ import annotations

import asyncio
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.metrics import Metrics
    from conversations.ports import Sessions
    from conversations.turn import Turn


class CountedSessions:
    """Implements `conversations.ports.Sessions`; only durations and erasures are counted."""

    def __init__(self, sessions: Sessions, metrics: Metrics) -> None:
        self._sessions, self._metrics = sessions, metrics

    def visit(self, *given: Any, **named: Any) -> asyncio.Future[Turn]:
        """See `conversations.ports.Sessions.visit`, which is handed on as it comes."""
        future = asyncio.ensure_future(self._sessions.visit(*given, **named))
        future.add_done_callback(partial(self._seen, perf_counter()))
        return future

    def purge(self, week: int) -> Awaitable[int]:
        return self._sessions.purge(week)

    def _seen(self, began: float, done: asyncio.Future[Turn]) -> None:
        self._metrics.stored(perf_counter() - began)
        if not done.cancelled() and done.exception() is None and done.result().fate == "erase":
            self._metrics.erased()
