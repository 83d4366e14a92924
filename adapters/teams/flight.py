"""One errand at a time for everybody who needs its result, outliving the request that began it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class Flight:
    """`errand` must catch its own failures; who joined looks at what it left behind."""

    def __init__(self, errand: Callable[[], Coroutine[None, None, None]]) -> None:
        self._errand = errand
        self._task: asyncio.Task[None] | None = None

    @property
    def under_way(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self) -> asyncio.Task[None]:
        """Begin the errand, or find it under way; waits for nothing."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._errand())
        return self._task

    async def join(self) -> None:
        """Wait for the errand; whoever gives up waiting does not end it for the others."""
        await asyncio.shield(self.start())

    async def close(self) -> None:
        """End the errand where it stands."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
