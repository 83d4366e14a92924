"""The slash command and the shortcut: into the private window, whatever was typed behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.slack import inbound
from conversations.errors import StoreError
from tests.support import slack
from tests.support.slack import Fault
from tests.support.window import read

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door
    from tests.support.slack import Json

WORDS = "numbat words behind the command"
WAYS = [
    pytest.param(slack.slash_command(WORDS), id="command"),
    pytest.param(slack.shortcut(), id="shortcut"),
]


@pytest.mark.parametrize("payload", WAYS)
async def test_the_private_window_opens_and_nothing_stands_in_any_channel(
    door: Door, payload: Json
) -> None:
    answered = await door.workspace.send(payload)

    assert (answered.status, answered.text) == (200, "")
    (call,) = door.slack.calls
    assert call.method == "views.open"
    assert call.arguments["trigger_id"] == slack.TRIGGER
    assert call.arguments["view"]["private_metadata"].split("|")[1] == "held"
    (_, asked) = door.reception.taken[0]
    assert (asked.pressed, asked.said, asked.surface) == ("private", None, "private")


def test_what_stands_behind_the_command_is_not_read() -> None:
    arrival = inbound.entrance(slack.slash_command(WORDS))

    assert arrival is not None
    assert arrival.incoming.said is None
    assert arrival.incoming.event is None


@pytest.mark.parametrize("payload", WAYS)
async def test_trouble_is_told_in_a_window(door: Door, payload: Json) -> None:
    door.reception.errors.append(StoreError("OperationalError", "locked"))

    answered = await door.workspace.send(payload)

    assert (answered.status, answered.text) == (200, "")
    assert "trouble nl (code S2)\ntrouble en (code S2)" in read(door.slack.views[-1]["blocks"])
    assert door.slack.messages == []


async def test_a_window_that_does_not_open_is_told_to_that_person_only(door: Door) -> None:
    door.slack.fail("views.open", Fault(200, "expired_trigger_id"))

    await door.workspace.send(slack.slash_command(""))

    (message,) = door.slack.messages
    assert message["channel"] == slack.PERSON
    assert "trouble en" in message["text"]


async def test_a_message_shortcut_is_nothing(door: Door) -> None:
    payload = {**slack.shortcut(), "type": "message_action", "message": {"text": WORDS}}

    answered = await door.workspace.send(payload)

    assert answered.status == 200
    assert door.reception.taken == []
    assert door.slack.calls == []
