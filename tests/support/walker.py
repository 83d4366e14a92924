"""Somebody who walks through a conversation in Slack, whatever becomes of the server meanwhile.

As Slack does, a message that was not acknowledged is sent again with the same event id, and as a
person does, a button that led to nothing is pressed again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import aiohttp

from conversations.turn import Control
from tests.support import slack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.slack import FakeSlack

Json = dict[str, Any]

CONTROLS = frozenset(get_args(Control))
FIRST = ("nl", "chat", "start", "t4")
"""Buttons that lead into a conversation in the chat."""

MOST_DEEDS = 40
AGAIN_AFTER = 0.05
TRIES = 2_000


@dataclass
class Walker:
    """`where` says which server the next attempt goes to."""

    user: str
    api: FakeSlack
    where: Callable[[], str]
    http: aiohttp.ClientSession
    pause: float = 0.0
    typed: list[str] = field(default_factory=list)
    deeds: int = 0
    attempts: int = 0

    @property
    def channel(self) -> str:
        return f"D{self.user[1:]}"

    @property
    def seen(self) -> list[Json]:
        """Every message that this person got."""
        return [each for each in self.api.messages if each["channel"] == self.channel]

    async def walk(self, end: str) -> None:
        """From hello to the message that holds these words."""
        await self.say("hallo")
        while end not in self.seen[-1]["text"]:
            assert self.deeds < MOST_DEEDS, "the conversation does not come to its end"
            await self._answer(self.seen[-1])
            await asyncio.sleep(self.pause)

    async def _answer(self, shown: Json) -> None:
        names = _names(shown)
        lead = next((name for name in FIRST if name in names), None)
        if lead is not None:
            await self.press(shown, lead)
        elif "window" in names:
            words = f"woord {self.user} {len(self.typed)}"
            await self.say(words)
            self.typed.append(words)
        else:
            await self.press(shown, next(name for name in names if name not in CONTROLS))

    async def say(self, words: str) -> None:
        event = slack.message_event(words, user=self.user, channel=self.channel)
        await self._until_taken(lambda: event)

    async def press(self, shown: Json, name: str) -> None:
        await self._until_taken(lambda: slack.click(shown, name, user=self.user))

    async def _until_taken(self, payload: Callable[[], Json]) -> None:
        self.deeds += 1
        for _ in range(TRIES):
            self.attempts += 1
            try:
                workspace = slack.Workspace(self.http, self.where())
                answered = await workspace.send(payload())
            except aiohttp.ClientError:
                await asyncio.sleep(AGAIN_AFTER)
                continue
            if answered.status == 200:
                return
            assert answered.status == 503
            await asyncio.sleep(AGAIN_AFTER)
        raise AssertionError("never acknowledged")


def _names(shown: Json) -> list[str]:
    """The names of the buttons of a message, without the entries of its menus."""
    elements = [each for block in shown["blocks"] for each in block.get("elements", [])]
    return [
        each["action_id"].removeprefix("press:").split("|")[0]
        for each in elements
        if each["type"] == "button"
    ]
