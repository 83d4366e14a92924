"""A window in which the conversation is held: what follows comes there, and never in the chat."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.slack import window
from conversations.turn import Button, Prompt
from tests.support import content, slack
from tests.support.blockkit import view_problems
from tests.support.reception import a_choice, a_sheet, a_turn, an_open_question
from tests.support.slack import Fault
from tests.support.window import read

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door
    from tests.support.slack import Json

PHRASES = content.scripts().phrases
UPDATE = "views.update"
NEXT = a_turn("Onwards.", prompt=replace(a_choice(), token="a1b2c3d4.9"))
DANGER = "i want to end my life"


def held(turn: object = None, **more: str) -> Json:
    """A window as it stands before somebody who talks in it."""
    shown = window.view(turn or a_turn(), PHRASES, held=True)  # type: ignore[arg-type]
    return {**shown, "id": "V1", "hash": "1.first", **more}


async def test_sending_it_leads_to_the_next_view_and_no_message(door: Door) -> None:
    door.reception.turns[0] = NEXT

    answered = await door.workspace.send(slack.submit(held(), "by the sea"))

    assert answered.json["response_action"] == "update"
    assert "Onwards." in read(answered.json["view"]["blocks"])
    assert answered.json["view"]["private_metadata"] == "a1b2c3d4.9|held"
    assert view_problems(answered.json["view"]) == []
    assert door.slack.calls == []


async def test_sending_it_twice_shows_the_same_next_view(door: Door) -> None:
    door.reception.turns.extendleft([NEXT])
    payload = slack.submit(held(), "by the sea")

    first, again = [await door.workspace.send(payload) for _ in range(2)]

    assert first.json == again.json


async def test_a_button_in_it_changes_it_at_the_version_that_was_seen(door: Door) -> None:
    door.reception.turns[0] = NEXT

    await door.workspace.send(slack.click_in_view(held(), "skip"))

    (call,) = door.slack.calls
    assert call.method == UPDATE
    assert call.arguments["hash"] == "1.first"
    assert call.arguments["view"]["private_metadata"] == "a1b2c3d4.9|held"


async def test_where_a_newer_view_stands_already_it_is_left_and_nothing_is_said(door: Door) -> None:
    door.slack.fail(UPDATE, Fault(200, "hash_conflict"))

    await door.workspace.send(slack.click_in_view(held(), "skip"))

    assert [call.method for call in door.slack.calls] == [UPDATE]


@pytest.mark.parametrize("fault", [Fault(500), Fault(429, "ratelimited", retry_after=0)], ids=repr)
async def test_a_view_that_slack_does_not_take_now_is_shown_later(door: Door, fault: Fault) -> None:
    door.slack.fail(UPDATE, fault)

    await door.workspace.send(slack.click_in_view(held(), "skip"))
    await door.slack.heard(UPDATE, 2)
    await door.delivery.close()

    assert len(door.slack.made(UPDATE)) == 2
    assert door.slack.messages == []


async def test_a_window_that_is_gone_is_told_without_a_word_of_the_conversation(door: Door) -> None:
    door.reception.turns[0] = NEXT
    door.slack.fail(UPDATE, Fault(200, "not_found"))

    await door.workspace.send(slack.click_in_view(held(), "skip"))

    (message,) = door.slack.messages
    assert message["text"] == "trouble nl (code P1)\ntrouble en (code P1)"


async def test_the_end_is_shown_in_it_and_can_only_be_closed(door: Door) -> None:
    door.reception.turns[0] = a_turn("Until next time.", prompt=None)

    answered = await door.workspace.send(slack.submit(held(), "x"))

    assert read(answered.json["view"]["blocks"]) == ["Until next time."]
    assert "submit" not in answered.json["view"]


async def test_nothing_to_show_closes_it(door: Door) -> None:
    door.reception.turns[0] = a_turn(prompt=None)

    assert (await door.workspace.send(slack.submit(held(), "x"))).json == {
        "response_action": "clear"
    }


async def test_own_words_are_shown_in_it_at_once(door: Door) -> None:
    door.reception.turns[0] = a_turn("Here it is.", sheet=a_sheet(), prompt=a_choice())

    answered = await door.workspace.send(slack.submit(held(), "x"))

    assert "quokka-own-words" in answered.text


async def test_the_one_answer_there_is_becomes_the_button_that_sends_it(door: Door) -> None:
    one = Prompt("new.en.promise", "choice", "Shall we?", (Button("start", "Begin"),))
    view = held(a_turn("A promise.", prompt=one))
    assert view["submit"]["text"] == "Begin"
    assert [b["type"] for b in view["blocks"]] == ["section", "section"]

    await door.workspace.send(slack.submit(view, None))

    asked = door.reception.taken[-1][1]
    assert (asked.pressed, asked.token, asked.surface) == ("start", "new.en.promise", "private")


def test_an_only_answer_that_is_too_long_for_a_button_is_a_choice() -> None:
    one = Prompt("a.1", "choice", "Shall we?", (Button("start", "x" * 25),))
    view = held(a_turn(prompt=one))

    assert [b["type"] for b in view["blocks"]] == ["input"]
    assert view["private_metadata"] == "a.1|held"


def test_progress_stands_in_it() -> None:
    asked = a_turn(prompt=replace(an_open_question(), left=4))
    kinds = [block["type"] for block in held(asked)["blocks"]]

    assert kinds == ["input", "context", "divider", "actions"]


async def test_from_the_chat_the_way_into_it_opens_it(door: Door) -> None:
    doors = (Button("private", "In a window"), Button("chat", "Here"))
    prompt = replace(a_choice(), options=doors, token="new.en.promise")
    door.reception.turns[0] = a_turn(prompt=prompt)
    await door.workspace.send(slack.message_event("hello"))
    door.reception.turns[0] = NEXT

    await door.workspace.send(slack.click(door.slack.messages[-1], "private"))
    in_the_window = door.reception.taken[-1][1].surface
    await door.workspace.send(slack.click(door.slack.messages[-1], "chat"))

    assert (in_the_window, door.reception.taken[-1][1].surface) == ("private", "chat")
    assert door.slack.views[-1]["private_metadata"] == "a1b2c3d4.9|held"
    assert len(door.slack.messages) == 2


async def test_danger_typed_in_a_window_for_one_answer_is_not_answered_in_the_chat(
    door: Door,
) -> None:
    card = a_turn(
        "Call 113.", prompt=replace(NEXT.prompt or a_choice(), options=(Button("go_on", "On"),))
    )
    door.reception.turns[0] = card
    view = {**window.view(a_turn(), PHRASES), "id": "V1", "hash": "1.first"}

    answered = await door.workspace.send(slack.submit(view, DANGER))

    assert "Call 113." in read(answered.json["view"]["blocks"])
    assert door.slack.messages == []


async def test_a_question_that_was_not_answered_stays_in_the_window_for_one_answer(
    door: Door,
) -> None:
    view = {**window.view(a_turn(), PHRASES), "id": "V1", "hash": "1.first"}
    door.reception.turns[0] = a_turn("Once more.")

    answered = await door.workspace.send(slack.submit(view, "hm"))

    assert answered.json["response_action"] == "update"
    assert answered.json["view"]["private_metadata"] == "a1b2c3d4.3"


async def test_a_file_with_words_of_danger_brings_the_card(door: Door) -> None:
    event = slack.message_event(DANGER, files=[{"id": "F0INVENTED"}], subtype="file_share")

    await door.workspace.send(event)

    assert door.reception.taken[-1][1].said == DANGER


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "huddle_thread"},
        {"attachments": [{"is_share": True, "text": "numbat of somebody else"}]},
    ],
)
async def test_a_huddle_and_a_forwarded_message_are_answered_kindly(
    door: Door, event: Json
) -> None:
    await door.workspace.send(slack.message_event("", **event))

    assert door.reception.taken == []
    assert door.slack.messages[0]["text"] == "not_a_text nl\nnot_a_text en"
    assert "numbat" not in json.dumps(door.slack.messages)


async def test_what_was_not_kept_in_a_window_without_a_field_is_told_on_top_of_it(
    door: Door,
) -> None:
    one = Prompt("new.en.promise", "choice", "Shall we?", (Button("start", "Begin"),))
    door.reception.errors.append(KeyError("x"))

    answered = await door.workspace.send(slack.submit(held(a_turn(prompt=one)), None))

    assert answered.json["response_action"] == "push"
    assert "trouble en (code X1)" in answered.json["view"]["blocks"][0]["text"]["text"]
    assert view_problems(answered.json["view"]) == []
