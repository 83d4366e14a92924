"""Somebody who sends more than people do: Slack hears that all is well, and nothing goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.limits import LimitedError
from tests.support import slack

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door


async def test_a_message_too_many_is_dropped_so_that_slack_sends_it_no_more(door: Door) -> None:
    door.reception.errors.append(LimitedError())

    answered = await door.workspace.send(slack.message_event("hello"))

    assert (answered.status, answered.text) == (200, "")
    assert door.slack.calls == []


async def test_a_click_too_many_causes_no_message(door: Door) -> None:
    await door.workspace.send(slack.message_event("hello"))
    door.reception.errors.append(LimitedError())

    answered = await door.workspace.send(slack.click(door.slack.messages[-1], "skip"))

    assert answered.status == 200
    assert len(door.slack.messages) == 1


async def test_a_window_too_many_keeps_its_words(door: Door) -> None:
    await door.workspace.send(slack.message_event("hello"))
    await door.workspace.send(slack.click(door.slack.messages[-1], "window"))
    door.reception.errors.append(LimitedError())

    refused = await door.workspace.send(slack.submit(door.slack.views[-1], "a heron"))

    told = "trouble nl (code B3)\ntrouble en (code B3)"
    assert list(refused.json["errors"].values()) == [told]
