"""One message a second in a conversation, and nobody waits for somebody else's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.slack import pace
from adapters.slack.pace import Pace

if TYPE_CHECKING:
    import pytest


class Waited:
    """Stands in for `asyncio.sleep`: notes how long, and lets the clock run on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))

    def clock(self) -> float:
        return self.now


async def paced(waited: Waited, own: Pace, *channels: str) -> list[float]:
    waited.slept.clear()
    for channel in channels:
        await own.turn(channel)
    return list(waited.slept)


async def test_messages_of_one_conversation_are_a_second_apart_and_others_go_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited = Waited()
    own = Pace(1.0, waited.clock)
    monkeypatch.setattr(asyncio, "sleep", waited.sleep)

    assert await paced(waited, own, "D1", "D2", "D1", "D1", "D3") == [1.0, 2.0]
    waited.now += 10
    assert await paced(waited, own, "D1") == []
    own.hold("D1", 30.0)
    assert await paced(waited, own, "D2", "D1") == [30.0]


async def test_without_a_gap_only_what_slack_says_is_waited_for() -> None:
    own = Pace(0)
    async with asyncio.timeout(1):
        for _ in range(50):
            await own.turn("D1")


def test_a_flood_of_conversations_is_forgotten_after_its_second() -> None:
    waited = Waited()
    own = Pace(1.0, waited.clock)
    for number in range(pace.MOST):
        own.hold(f"D{number}", 0.5)
    waited.now += 1
    own.hold("D-one-more", 0.5)

    assert len(own._next) == 1
