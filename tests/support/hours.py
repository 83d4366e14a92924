"""Time that passes when a test says so, for chores that sleep: weeks in minutes, in order, nothing left to luck."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.support.storage import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STUCK = 60.0
"""Seconds of real time after which something that should sleep again is given up."""


@dataclass
class Hours:
    """`now` in seconds since the Unix epoch. `looked` is called whenever everybody sleeps again."""

    now: float
    looked: Callable[[], None] = lambda: None
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _awake: int = 0
    _asleep: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, seconds: float) -> None:
        """As asyncio's, in this time."""
        waits: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), waits))
        self._awake -= 1
        if not self._awake:
            self._asleep.set()
        await waits

    async def awake(self, number: int) -> None:
        """So many begin now: wait until each of them sleeps."""
        self._awake += number
        self._asleep.clear()
        async with asyncio.timeout(STUCK):
            await self._asleep.wait()
        self.looked()

    async def until(self, moment: float) -> None:
        """Wake whoever is due, in order, each moment for itself."""
        while self._sleepers and self._sleepers[0][0] <= moment:
            self.now = max(self.now, self._sleepers[0][0])
            woken = 0
            while self._sleepers and self._sleepers[0][0] <= self.now:
                waits = heapq.heappop(self._sleepers)[2]
                if not waits.done():
                    waits.set_result(None)
                    woken += 1
            if woken:
                await self.awake(woken)
        self.now = moment


class Wall(Clock):
    """A machine's clock: `seconds` ahead of the time that passes."""

    def __init__(self, hours: Hours) -> None:
        super().__init__()
        self._hours = hours

    def __call__(self) -> float:
        return self._hours.now + self.seconds
