"""Answers on their way to a platform: two seconds in the request, then a bounded queue in memory."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from conversations import errors

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Post = Callable[[], Awaitable[None]]

IN_REQUEST = 2.0
"""Seconds that the request waits for its answer to be sent; Slack allows three in all."""

KEEP_TRYING = 60.0
"""Seconds after which an undelivered answer is given up; the session knows the open question."""

WAITING = 1_000
"""Answers that may wait at the same time; above it the oldest promise is: ask again."""

MISSED = 10_000
"""Keys of answers given up that are remembered, so that the platform's own retry sends them."""


class UndeliveredError(errors.UndeliveredError):
    """A platform did not take it. `retry_after` in seconds where it said so; `final`: never will."""

    def __init__(self, *, retry_after: float | None = None, final: bool = False) -> None:
        super().__init__("final" if final else "later")
        self.retry_after, self.final = retry_after, final


class Delivery:
    """Sends each answer once, and goes on trying where the platform was slow or busy."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Future[None]] = {}
        self._waiting: dict[str, asyncio.Task[bool]] = {}
        self._missed: dict[str, None] = {}

    def pending(self, key: str) -> bool:
        """Whether the answer of this key has still not arrived: it waits, or was given up."""
        return key in self._waiting or key in self._missed

    def waiting(self) -> int:
        """How many answers are on their way behind their requests."""
        return len(self._waiting)

    async def send(
        self, key: str, post: Post, *, within: float | None = None, newest: bool = False
    ) -> bool:
        """True when it arrived within two seconds (or never will); False when it goes on behind.

        `within` are other seconds than these two.

        `post` is one attempt that raises UndeliveredError when the platform refused. An attempt
        for a key that waits takes the waiting one's place. One that is under way is joined: it may
        have arrived already, and a second one beside it would be said twice. `newest`: this is
        something newer under the same key, and what is under way is not wanted any more.
        """
        patience = IN_REQUEST if within is None else within
        joined = None if newest else await self._joined(key, patience)
        if joined is not None:
            return joined
        self._cancel(key)
        attempt = self._begin(key, post)
        done, _ = await asyncio.wait({attempt}, timeout=patience)
        wait = 0.0
        if done:
            error = attempt.exception()
            if error is None:
                return True
            if not isinstance(error, UndeliveredError):
                raise error
            if error.final:
                return True
            wait = error.retry_after if error.retry_after is not None else 1.0
        if len(self._waiting) >= WAITING:
            attempt.cancel()
            self._miss(key)
            return False
        trying = self._keep_trying(key, attempt if not done else None, post, wait)
        task = asyncio.create_task(trying)
        self._waiting[key] = task
        task.add_done_callback(lambda finished: self._done(key, finished))
        return False

    async def close(self, seconds: float = 5.0) -> None:
        """Give what waits a last moment, then let go."""
        tasks = list(self._waiting.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, key: str, post: Post) -> asyncio.Future[None]:
        attempt = asyncio.ensure_future(post())
        self._under_way[key] = attempt
        attempt.add_done_callback(lambda finished: self._ended(key, finished))
        return attempt

    def _ended(self, key: str, attempt: asyncio.Future[None]) -> None:
        if self._under_way.get(key) is attempt:
            del self._under_way[key]

    async def _joined(self, key: str, patience: float) -> bool | None:
        """What came of the attempt that is under way; None where there is none, or where it failed."""
        while (attempt := self._under_way.get(key)) is not None:
            await asyncio.wait({attempt}, timeout=patience)
            if not attempt.done():
                return False
            error = None if attempt.cancelled() else attempt.exception()
            if not attempt.cancelled() and (error is None or _final(error)):
                return True
        return None

    def _cancel(self, key: str) -> None:
        task = self._waiting.pop(key, None)
        if task is not None:
            task.cancel()
        self._missed.pop(key, None)

    def _done(self, key: str, task: asyncio.Task[bool]) -> None:
        replaced = self._waiting.get(key) is not task
        if not replaced:
            del self._waiting[key]
        if task.cancelled():
            return
        if (task.exception() is not None or not task.result()) and not replaced:
            self._miss(key)

    def _miss(self, key: str) -> None:
        self._missed[key] = None
        if len(self._missed) > MISSED:
            del self._missed[next(iter(self._missed))]

    async def _keep_trying(
        self, key: str, running: asyncio.Future[None] | None, post: Post, wait: float
    ) -> bool:
        """True when it arrived or never will, False when it was given up."""
        loop = asyncio.get_running_loop()
        until = loop.time() + KEEP_TRYING
        pause = 1.0
        while True:
            try:
                if running is None:
                    if loop.time() + wait >= until:
                        return False
                    await asyncio.sleep(wait)
                    running = self._begin(key, post)
                await running
            except UndeliveredError as error:
                if error.final:
                    return True
                wait = error.retry_after if error.retry_after is not None else pause
                pause = min(pause * 2, 10.0)
            else:
                return True
            running = None


def _final(error: BaseException) -> bool:
    return isinstance(error, UndeliveredError) and error.final
