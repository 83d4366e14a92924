"""A crowd that talks while processes come and go, and what must be true of everybody afterwards."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from conversations import library
from storage import roots
from storage.epoch_files import EPOCHS
from storage.identities import Identities
from storage.sessions import SqlSessions
from tests.support import slack
from tests.support.storage import look
from tests.support.walker import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from conversations.session import Session
    from tests.support.slack import FakeSlack

FEWEST = 4
"""Answers that a walk leaves behind, at least."""


@dataclass
class Crowd:
    """So many people of whom `at_once` talk at the same time, each with a `pause` after an answer."""

    people: int
    api: FakeSlack
    where: Callable[[], str]
    at_once: int = 8
    pause: float = 0.0
    kind: Callable[..., Walker] = Walker

    def __post_init__(self) -> None:
        self.walkers: list[Walker] = []
        self._end = library.load().phrases.summary_in_chat.nl

    async def begin(self) -> None:
        """The first one, while nothing goes wrong yet."""
        await self._talk(range(1))

    async def talk(self) -> None:
        """Everybody else, from hello to their summary."""
        await self._talk(range(1, self.people))

    async def _talk(self, numbers: Iterable[int]) -> None:
        waiting = iter(numbers)
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=connector) as http:

            async def one_after_another() -> None:
                for number in waiting:
                    walker = self.kind(f"U{number:08d}", self.api, self.where, http, self.pause)
                    self.walkers.append(walker)
                    await walker.walk(self._end)

            async with asyncio.TaskGroup() as group:
                for _ in range(self.at_once):
                    group.create_task(one_after_another())

    @property
    def repeated(self) -> int:
        """How often something had to be sent again."""
        return sum(each.attempts - each.deeds for each in self.walkers)

    async def check(self, env: Mapping[str, str]) -> None:
        """Everybody has exactly the answers of the one who talked before anything went wrong.

        So none is lost, none is counted twice, none lies under another question, and everybody
        stands where they were.
        """
        found = await _sessions(env, [each.user for each in self.walkers])
        assert len(self.walkers) == self.people
        first = _answers(self.walkers[0].user, found)
        assert len(first) > FEWEST
        assert sum("woord" in each for each in first.values()) > 1
        for walker in self.walkers:
            assert _answers(walker.user, found) == first


def _answers(user: str, found: Mapping[str, Session | None]) -> dict[str, str]:
    """What this person answered by question, and where they stand, without their own name."""
    session = found[user]
    assert session is not None, "a row is lost"
    answers = {
        slot: f"{each.words} {each.option} {each.number}" for slot, each in session.slots.items()
    }
    return {key: told.replace(user, "") for key, told in {**answers, "at": session.at.step}.items()}


async def _sessions(env: Mapping[str, str], users: list[str]) -> dict[str, Session | None]:
    keys = Path(env["LUWTE_KEYS"])
    identities = Identities(partial(roots.from_folder, keys), keys / EPOCHS, time.time)
    store = SqlSessions(env["LUWTE_DATABASE"])
    found = {}
    for user in users:
        person = identities.identify("slack", slack.TEAM, user)
        found[user] = (await store.visit(person, look)).session
    await store.close()
    return found
