"""What the process does for cases by itself: the rounds, and the notices that follow from them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from conversations.errors import StoreError, UndeliveredError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from conversations.caseports import Due, Notifier, ReturnAddress, Rounds, Route

LOOK_EVERY = 60.0
"""Seconds between two looks at the clock."""

log = logging.getLogger("luwte.rounds")


class Chores:
    """One process's part in the rounds. `believed` says whether the clock can be; `failing` is told
    after each look how many coaches did not get their last notice, by route.
    """

    def __init__(
        self,
        rounds: Rounds,
        notifier: Notifier,
        clock: Callable[[], float],
        believed: Callable[[], bool] = lambda: True,
        failing: Callable[[Mapping[Route, int]], None] = lambda _: None,
    ) -> None:
        self._rounds, self._notifier = rounds, notifier
        self._clock, self._believed, self._failing = clock, believed, failing

    async def keep(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """Runs until it is cancelled; what fails is logged by its class and tried again.

        `sleep` waits for so many seconds of the clock.
        """
        while True:
            await self.once()
            await sleep(LOOK_EVERY)

    async def once(self) -> bool:
        """Everything that is due now; False when something has to be tried again."""
        if not self._believed():
            return False
        now = self._clock()
        try:
            await self._rounds.run(now)
            coaches = [await self._tell_coach(each) for each in await self._rounds.due(now)]
            people = [await self._tell_person(each) for each in await self._rounds.returns(now)]
            self._failing(await self._rounds.failing())
        except StoreError:
            log.warning("round_failed")
            return False
        return all(people) and all(coaches)

    async def _tell_coach(self, due: Due) -> bool:
        try:
            await self._notifier.notify(due.address)
        except UndeliveredError:
            log.warning("notice_undelivered")
            await self._rounds.told(due.coach, delivered=False)
            return False
        await self._rounds.told(due.coach, delivered=True)
        return True

    async def _tell_person(self, address: ReturnAddress) -> bool:
        """Also who blocked the bot counts as told: nobody is tried for ever, and no line says so."""
        try:
            await self._notifier.answer_is_here(address)
        except UndeliveredError as error:
            if error.final:
                self._rounds.reached(address)
            else:
                log.warning("answer_undelivered")
            return False
        self._rounds.reached(address)
        return True
