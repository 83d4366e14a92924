"""One message a second in each conversation, as Slack allows, without anybody else waiting for it.

https://docs.slack.dev/apis/web-api/rate-limits: `chat.postMessage`, one message a second and channel.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GAP = 1.0
"""Seconds between two messages in one conversation."""

MOST = 10_000
"""Conversations that are remembered for a second, each by a number that this process alone makes."""


class Pace:
    """`clock` gives seconds that never jump. With a `gap` of 0 only what Slack itself says is waited for."""

    def __init__(self, gap: float = GAP, clock: Callable[[], float] | None = None) -> None:
        self._gap, self._clock = gap, clock
        self._next: dict[int, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait until the next message may go to this conversation, and take that place."""
        now, key = self._now(), hash(channel)
        due = max(now, self._next.get(key, now))
        self._put(key, due + self._gap, now)
        if due > now:
            await asyncio.sleep(due - now)

    def hold(self, channel: str, seconds: float) -> None:
        """Slack said how long to wait with this conversation."""
        now, key = self._now(), hash(channel)
        self._put(key, max(self._next.get(key, now), now + seconds), now)

    def _put(self, key: int, due: float, now: float) -> None:
        self._next.pop(key, None)
        if len(self._next) >= MOST:
            self._next = {each: at for each, at in self._next.items() if at > now}
        self._next[key] = due

    def _now(self) -> float:
        return self._clock() if self._clock is not None else asyncio.get_running_loop().time()
