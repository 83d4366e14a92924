"""Processes that keep house through simulated weeks, and everything that may go wrong with them meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.housekeeping import keep_house
from bot.rounds import Chores
from bot.steady import Steady
from conversations.errors import UndeliveredError
from storage.destruction import destroy_due
from tests.support.cases import World
from tests.support.hours import Wall

if TYPE_CHECKING:
    from pathlib import Path

    from adapters.reception import Reception
    from conversations.caseports import Address, ReturnAddress
    from storage.destruction import Destroyed
    from storage.sessions import SqlSessions
    from tests.support.diary import Diary
    from tests.support.hours import Hours

LOOPS = 5
"""Chores of one process that sleep by themselves."""


@dataclass
class Post:
    """A notifier that notes what left, unless the roads are closed."""

    hours: Hours
    diary: Diary
    closed: bool = False

    async def notify(self, address: Address) -> None:
        self._try()
        self.diary.notices.append((self.hours.now, address.to))

    async def answer_is_here(self, address: ReturnAddress) -> None:
        self._try()
        self.diary.told.append((self.hours.now, address.to))

    def _try(self) -> None:
        if self.closed:
            raise UndeliveredError("closed")


class Process:
    """One `luwte serve` as far as it does anything by itself. `wall` is its machine's clock."""

    def __init__(self, hours: Hours, folder: Path, url: str, post: Post) -> None:
        self._hours, self._post, self._made = hours, post, (folder, url)
        self.wall = Wall(hours)
        self.world: World | None = None
        self.door: Reception | None = None
        self.died: list[float] = []

    @property
    def there(self) -> World:
        assert self.world is not None
        return self.world

    @property
    def well(self) -> bool:
        """It runs, and knows what time it is."""
        return self.world is not None and not self.wall.seconds

    async def start(self) -> None:
        folder, url = self._made
        self.world = world = World(folder, url, clock=self.wall)
        steady = Steady(self.wall, lambda: self._hours.now)
        rounds = Chores(world.rounds, self._post, self.wall, steady.believed)
        house = keep_house(
            _Told(world.sessions, self._post.diary),  # type: ignore[arg-type]
            world.identities.recheck,
            lambda: self._destroy(folder),
            self.wall,
            steady=steady,
            sleep=self._hours.sleep,
        )
        self._tasks = [
            asyncio.create_task(each) for each in (house, rounds.keep(self._hours.sleep))
        ]
        await self._hours.awake(LOOPS)

    async def kill(self) -> None:
        """While everything sleeps: what is in memory is gone."""
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.died.append(self._hours.now)
        await self.there.close()
        self.world = self.door = None

    def _destroy(self, folder: Path) -> Destroyed:
        gone = destroy_due(folder, self.wall())
        self._post.diary.destroyed.append(gone.epochs)
        return gone


class _Told:
    """The store as housekeeping sees it; what a purge erased is noted."""

    def __init__(self, sessions: SqlSessions, diary: Diary) -> None:
        self._sessions, self._diary = sessions, diary

    async def purge(self, week: int) -> int:
        gone = await self._sessions.purge(week)
        self._diary.erased.append(gone)
        return gone
