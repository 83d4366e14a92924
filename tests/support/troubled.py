"""Somebody who walks through a conversation while Slack is slow, refuses, drops lines and says things twice.

As Slack does, an event that was not acknowledged comes again with the same id, and sometimes one that
was; as people do, a window that did not open is asked for again and a window is sent twice.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tests.support import slack
from tests.support.slack import Answered, Fault
from tests.support.walker import Walker

if TYPE_CHECKING:
    from tests.support.slack import Workspace
    from tests.support.socket_mode import FakeSocket

Json = dict[str, Any]

POST, OPEN, PUBLISH = "chat.postMessage", "views.open", "views.publish"

LATE = 0.5
"""Seconds that a slow Slack takes; the test makes the request give up before that."""

TROUBLE = (
    Fault(429, "ratelimited", retry_after=0),
    Fault(500),
    Fault(503, body="<html>"),
    Fault(200, "fatal_error"),
    Fault(drop=True),
    Fault(slow=LATE),
)
EXPIRED = Fault(200, "expired_trigger_id")
SHARE = 0.3
"""Of the calls that go wrong."""

AGAIN_AFTER = 0.02
TWICE = 0.3
ACKNOWLEDGED_WITHIN = 1.0
TRIES = 60


def troubles(number: int, *also: Fault, seed: int = 5) -> list[Fault]:
    """What becomes of so many calls, one after the other."""
    chance = random.Random(seed)
    kinds = (*TROUBLE, *also)
    return [chance.choice(kinds) if chance.random() < SHARE else slack.FINE for _ in range(number)]


class Wire(Protocol):
    """How Slack reaches the bot."""

    async def send(self, payload: Json, retry: int = 0) -> Answered | None:
        """How it was answered; None where it was not acknowledged."""
        ...


@dataclass(frozen=True)
class OverHttp:
    workspace: Workspace

    async def send(self, payload: Json, retry: int = 0) -> Answered | None:
        answered = await self.workspace.send(payload, retry=retry)
        assert answered.status in (200, 503)
        return answered if answered.status == 200 else None


@dataclass(frozen=True)
class OverSocket:
    socket: FakeSocket

    async def send(self, payload: Json, retry: int = 0) -> Answered | None:
        kind = "events_api" if payload["type"] == "event_callback" else "interactive"
        number = await self.socket.send(payload, kind, retry_attempt=retry)
        try:
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN):
                answer = await self.socket.answer(number)
        except TimeoutError:
            return None
        return Answered(200, json.dumps(answer))


@dataclass(kw_only=True)
class Troubled(Walker):
    wire: Wire
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.user)

    @property
    def seen(self) -> list[Json]:
        """Every question that this person certainly got: nothing went wrong with its message.

        Slack takes the person's own id for their direct message too.
        """
        mine = (self.channel, self.user)
        return [
            {**call.arguments, "channel": self.channel}
            for call in self.api.made(POST)
            if call.intact and call.arguments["channel"] in mine and token(call.arguments)
        ]

    async def _answer(self, shown: Json) -> None:
        window = "press:window" in str(shown["blocks"]) and len(self.typed) % 2
        if not window:
            await super()._answer(shown)
            return
        words = f"woord {self.user} {len(self.typed)}"
        await self._privately(shown, words)
        self.typed.append(words)

    async def say(self, words: str) -> None:
        event = slack.message_event(words, user=self.user, channel=self.channel)
        before = self._began()
        if self.chance.random() < TWICE:
            await asyncio.gather(self.wire.send(event), self.wire.send(event, 1))
        await self._kept(event)
        if self.chance.random() < TWICE:
            await self._kept(event)
        await self._asked(before)

    async def press(self, shown: Json, name: str) -> None:
        before = self._began()
        assert await self.wire.send(slack.click(shown, name, user=self.user)) is not None
        await self._asked(before)

    async def _privately(self, shown: Json, words: str) -> None:
        before = self._began()
        view = await self.window(shown)
        sent = slack.submit(view, words, user=self.user)
        answered = await self.wire.send(sent)
        while answered is None or answered.json != {"response_action": "clear"}:
            answered = await self.wire.send(sent)
        if self.chance.random() < TWICE:
            await self.wire.send(sent)
        await self._asked(before)

    async def window(self, shown: Json) -> Json:
        for _ in range(TRIES):
            self.attempts += 1
            trigger = f"{self.user}.{self.attempts}"
            pressed = {**slack.click(shown, "window", user=self.user), "trigger_id": trigger}
            await self.wire.send(pressed)
            for call in self.api.made(OPEN):
                if call.intact and call.arguments["trigger_id"] == trigger:
                    view: Json = call.answer["view"]
                    return view
        raise AssertionError("the window never opened")

    async def _kept(self, event: Json) -> None:
        for retry in range(TRIES):
            self.attempts += 1
            if await self.wire.send(event, retry) is not None:
                return
            await asyncio.sleep(AGAIN_AFTER)
        raise AssertionError("never acknowledged")

    def _began(self) -> int:
        self.deeds += 1
        return len(self.seen)

    async def _asked(self, before: int) -> None:
        """Wait for the next question."""
        await self.api.until(lambda: len(self.seen) > before)


def token(message: Json) -> str | None:
    """Of the question that this message asks."""
    elements = [each for block in message["blocks"] for each in block.get("elements", [])]
    return next((each["value"] for each in elements if each.get("value")), None)
