"""Somebody who sends more than people do: no message goes out, and a dialog keeps its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.limits import LimitedError
from tests.support.colleague import words
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    from tests.support.colleague import Colleague
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock


async def test_a_message_too_many_is_taken_in_silence(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared()
    reception.errors.extend([LimitedError()] * 2)

    async with running(cloud, reception, clock) as bot:
        said = await bot.take(colleague.message("hi"))
        sent = await bot.take(colleague.invoke("task/submit", {"words": "heron", "token": "a1.3"}))

    assert said.status == 200
    assert cloud.attempts == 0
    assert words(sent.json) == ["trouble en (code B3)"]
    assert "heron" in str(sent.json)
