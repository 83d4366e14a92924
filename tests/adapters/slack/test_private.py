"""In Slack a passphrase lives in a window: it is never words, never a message, and never comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.slack import inbound, render, window
from conversations.turn import Button, Prompt
from tests.support import content, slack
from tests.support.blockkit import message_problems, view_problems
from tests.support.reception import OWN_WORDS, a_sheet, a_turn
from tests.support.slack import Fault

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door

PHRASES = content.scripts().phrases
TICKET = "AQ-ticket_0123456789"
CODE = "7k2m-9xqa0-v3tf"
SECRET = Prompt(
    "a1b2c3d4.4",
    "secret",
    "What is your code?",
    options=(Button("unlock", "Open private window"),),
    controls=(Button("lock_no", "No, not now"),),
)
ASKED = a_turn("Never in the chat.", prompt=SECRET)


def test_the_chat_shows_a_way_into_the_window_and_no_field() -> None:
    shown = render.message(ASKED, PHRASES)

    assert shown is not None
    assert message_problems({"channel": "D1", **shown}) == []
    assert "press:unlock" in json.dumps(shown)
    assert "input" not in [block["type"] for block in shown["blocks"]]


def test_the_window_has_a_field_of_its_own_that_limits_what_is_typed() -> None:
    shown = window.view(ASKED, PHRASES)
    (field,) = [block for block in shown["blocks"] if block["type"] == "input"]

    assert view_problems(shown) == []
    assert field["element"] == {
        "type": "plain_text_input",
        "action_id": "code",
        "max_length": 128,
    }
    assert "press:unlock" not in json.dumps(shown)


def test_the_ticket_travels_in_the_window_and_never_in_a_message() -> None:
    turn = replace(a_turn("Open.", sheet=a_sheet()), ticket=TICKET)

    assert window.view(turn, PHRASES)["private_metadata"] == f"a1b2c3d4.3|{TICKET}"
    assert TICKET not in json.dumps(render.message(turn, PHRASES))


def test_what_is_typed_in_that_field_is_a_secret_and_no_words() -> None:
    shown = window.view(replace(ASKED, ticket=TICKET), PHRASES)
    arrival = inbound.submission(slack.submit({**shown, "id": "V1", "hash": "h"}, CODE))

    assert arrival is not None
    incoming = arrival.incoming
    assert (incoming.secret, incoming.said, incoming.pressed) == (CODE, None, None)
    assert (incoming.token, incoming.ticket) == ("a1b2c3d4.4", TICKET)
    assert CODE not in repr(arrival)


def test_a_button_in_the_window_brings_the_ticket_along() -> None:
    shown = window.view(replace(ASKED, ticket=TICKET), PHRASES)
    arrival = inbound.press(slack.click_in_view({**shown, "id": "V1"}, "lock_no"))

    assert arrival is not None
    assert (arrival.incoming.pressed, arrival.incoming.ticket) == ("lock_no", TICKET)


def test_the_field_is_another_one_for_every_code_that_is_asked() -> None:
    one, other = (window.view(replace(ASKED, ticket=each), PHRASES) for each in ("n.1", "n.2"))

    assert one["blocks"][1]["block_id"] != other["blocks"][1]["block_id"]


@pytest.mark.parametrize("name", ["mydata", "unlock", "lock", "lock_yes"])
async def test_a_button_for_something_private_opens_a_window_and_sends_no_message(
    door: Door, name: str
) -> None:
    door.reception.turns[0] = a_turn(sheet=a_sheet())
    message = {"channel": slack.CHANNEL, "text": "", "blocks": [_row(name)]}

    await door.workspace.send(slack.click(message, name))

    assert OWN_WORDS in json.dumps(door.slack.views)
    assert door.slack.messages == []


@pytest.mark.parametrize("turn", [ASKED, replace(a_turn("Open."), ticket=TICKET)])
async def test_a_code_is_answered_in_its_window(door: Door, turn: object) -> None:
    door.reception.turns[0] = turn  # type: ignore[assignment]
    view = {**window.view(ASKED, PHRASES), "id": "V1", "hash": "h"}

    answered = await door.workspace.send(slack.submit(view, CODE))

    assert answered.json["response_action"] == "update"
    assert view_problems(answered.json["view"]) == []
    assert CODE not in answered.text
    assert door.slack.calls == []


async def test_with_an_open_lock_the_next_question_stays_in_the_window(door: Door) -> None:
    open_turn = replace(a_turn("Go on."), ticket=TICKET)
    door.reception.turns[0] = replace(open_turn, ticket="AQ-next")
    view = {**window.view(open_turn, PHRASES), "id": "V1", "hash": "h"}

    answered = await door.workspace.send(slack.submit(view, "by the sea"))

    assert answered.json["view"]["private_metadata"].endswith("|AQ-next")
    assert door.slack.messages == []


async def test_a_window_that_is_gone_brings_no_locked_turn_into_the_chat(door: Door) -> None:
    door.reception.turns[0] = replace(a_turn("Behind the lock."), ticket=TICKET)
    door.slack.fail("views.update", Fault(200, "not_found"))
    view = {**window.view(replace(ASKED, ticket=TICKET), PHRASES), "id": "V1"}

    await door.workspace.send(slack.click_in_view(view, "lock_no"))

    assert "Behind the lock." not in json.dumps(door.slack.messages)
    assert "trouble en" in json.dumps(door.slack.messages)


def test_pages_are_turned_in_the_window_only() -> None:
    prompt = Prompt(
        "a1b2c3d4.3", "open", "What?", typed=True, controls=(Button("mydata:2", "Next page"),)
    )
    turn = a_turn(sheet=a_sheet(), prompt=prompt)

    assert "mydata:2" not in json.dumps(render.message(turn, PHRASES))
    assert "press:mydata:2" in json.dumps(window.view(turn, PHRASES))


def _row(name: str) -> dict[str, object]:
    text = {"type": "plain_text", "text": name}
    element = {"type": "button", "action_id": f"press:{name}", "text": text, "value": "a.1"}
    return {"type": "actions", "elements": [element]}
