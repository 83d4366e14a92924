"""From what a person does to what they see: one request in, one message or window out."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.incoming import BusyError
from adapters.slack import api
from conversations.errors import StoreError
from tests.support import slack
from tests.support.reception import (
    OWN_WORDS,
    a_choice,
    a_scale,
    a_sheet,
    a_turn,
    an_open_question,
)
from tests.support.slack import Fault

if TYPE_CHECKING:
    from adapters.incoming import Incoming
    from tests.adapters.slack.conftest import Door
    from tests.support.slack import Json

POST, OPEN, UPDATE = "chat.postMessage", "views.open", "views.update"

NEXT = replace(an_open_question(), token="a1b2c3d4.9")
"""Another question than the one that the window was opened for."""

LIMITED = [
    Fault(429, "ratelimited", retry_after=60),
    Fault(200, "ratelimited", retry_after=60),
]
BUSY = [
    Fault(500, "internal_error"),
    Fault(503, body="<html>busy</html>"),
    Fault(200, "internal_error"),
    Fault(200, body="no JSON at all"),
    Fault(drop=True),
    Fault(hang=True),
]


def last(door: Door) -> Incoming:
    return door.reception.taken[-1][1]


async def asked(door: Door) -> Json:
    """The message that a person gets when they say hello."""
    await door.workspace.send(slack.message_event("hello"))
    return door.slack.messages[-1]


async def window(door: Door) -> Json:
    """The window that the person opens from that message."""
    await door.workspace.send(slack.click(await asked(door), "window"))
    door.reception.turns[0] = a_turn(prompt=NEXT)
    return door.slack.views[-1]


async def test_typed_words_are_answered_in_the_same_conversation(door: Door) -> None:
    answered = await door.workspace.send(slack.message_event("I saw a heron"))

    assert (answered.status, answered.text) == (200, "")
    assert last(door).said == "I saw a heron"
    (call,) = door.slack.calls
    assert (call.method, call.arguments["channel"]) == (POST, slack.CHANNEL)
    assert call.arguments["text"] == "What did you see?"
    assert call.authorization == f"Bearer {slack.TOKEN}"


async def test_a_reply_in_a_thread_is_answered_in_the_conversation_itself(door: Door) -> None:
    await door.workspace.send(slack.message_event("in a thread", thread_ts="1.000100"))

    assert "thread_ts" not in door.slack.messages[0]


async def test_an_event_that_comes_twice_is_answered_once(door: Door) -> None:
    event = slack.message_event("hello")

    first = await door.workspace.send(event)
    again = await door.workspace.send(event, retry=1)

    assert (first.status, again.status) == (200, 200)
    assert len(door.slack.messages) == 1


async def test_a_click_is_answered_with_the_next_question(door: Door) -> None:
    door.reception.turns.extendleft([a_turn(prompt=a_choice())])
    message = await asked(door)

    answered = await door.workspace.send(slack.click(message, "In the wood"))

    assert (answered.status, answered.text) == (200, "")
    assert (last(door).pressed, last(door).token) == ("wood", "a1b2c3d4.4")
    assert [each["text"] for each in door.slack.messages] == ["Where to?", "What did you see?"]


async def test_a_number_and_a_menu_entry_are_clicks_like_any_other(door: Door) -> None:
    door.reception.turns.extendleft([a_turn(prompt=a_scale())])
    message = await asked(door)

    await door.workspace.send(slack.click(message, "10"))
    number = last(door).pressed
    await door.workspace.send(slack.click(message, "forget it"))

    assert (number, last(door).pressed) == ("10", "forget")
    assert last(door).token == "a1b2c3d4.5"


async def test_clicking_twice_is_two_events_and_a_click_delivered_twice_is_one(
    door: Door,
) -> None:
    message = await asked(door)
    click = slack.click(message, "skip")

    for payload in (click, click, slack.click(message, "skip")):
        assert (await door.workspace.send(payload)).status == 200

    assert len(door.slack.messages) == 3


async def test_a_goodbye_is_just_a_message(door: Door) -> None:
    door.reception.turns[0] = a_turn("Until next time.", prompt=None)

    message = await asked(door)

    assert message["text"] == "Until next time."
    assert [each["type"] for each in message["blocks"]] == ["section"]


async def test_a_turn_with_nothing_to_say_is_no_message(door: Door) -> None:
    door.reception.turns[0] = a_turn(prompt=None)

    answered = await door.workspace.send(slack.message_event("hello"))

    assert answered.status == 200
    assert door.slack.calls == []


@pytest.mark.parametrize("event", [{"subtype": "file_share"}, {"files": [{"id": "F0INVENTED"}]}])
async def test_a_file_is_answered_kindly_in_both_languages(door: Door, event: Json) -> None:
    answered = await door.workspace.send(slack.message_event("look", **event))

    assert answered.status == 200
    assert door.reception.taken == []
    assert door.slack.messages[0]["text"] == "not_a_text nl\nnot_a_text en"


async def test_the_window_opens_with_the_question_and_nothing_is_posted(door: Door) -> None:
    message = await asked(door)

    answered = await door.workspace.send(slack.click(message, "answer_privately en"))

    assert (answered.status, answered.text) == (200, "")
    assert last(door).pressed == "window"
    (call,) = door.slack.made(OPEN)
    assert call.arguments["trigger_id"] == slack.TRIGGER
    assert call.arguments["view"]["blocks"][0]["label"]["text"] == "What did you see?"
    assert len(door.slack.messages) == 1


async def test_own_words_open_in_the_window_and_are_in_no_message(door: Door) -> None:
    door.reception.turns[0] = a_turn("Here it is.", sheet=a_sheet(), prompt=a_choice())
    message = await asked(door)

    await door.workspace.send(slack.click(message, "Read it"))
    await door.workspace.send(slack.submit(door.slack.views[-1], "wood"))

    assert OWN_WORDS in json.dumps(door.slack.views)
    assert OWN_WORDS not in json.dumps(door.slack.messages)
    assert last(door).pressed == "wood"


async def test_a_sheet_without_a_question_opens_as_well(door: Door) -> None:
    door.reception.turns[0] = a_turn(sheet=a_sheet(), prompt=None)
    message = await asked(door)

    await door.workspace.send(slack.click(message, "Read it"))

    assert last(door).token is None
    assert OWN_WORDS in json.dumps(door.slack.views)


async def test_a_window_with_nothing_to_show_is_a_message_instead(door: Door) -> None:
    message = await asked(door)
    door.reception.turns[0] = a_turn("It is erased.", prompt=None)

    await door.workspace.send(slack.click(message, "window"))

    assert door.slack.made(OPEN) == []
    assert door.slack.messages[-1]["text"] == "It is erased."


@pytest.mark.parametrize(
    "fault",
    [Fault(200, "expired_trigger_id"), Fault(500), Fault(drop=True), Fault(hang=True)],
    ids=repr,
)
async def test_a_window_that_does_not_open_is_explained_and_can_be_tried_again(
    door: Door, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "WINDOW_SECONDS", 0.2)
    message = await asked(door)
    door.slack.fail(OPEN, fault)

    answered = await door.workspace.send(slack.click(message, "window"))
    await door.workspace.send(slack.click(message, "window"))

    assert answered.status == 200
    assert door.slack.messages[-1]["text"] == "trouble nl (code P1)\ntrouble en (code P1)"
    assert len(door.slack.made(OPEN)) == 2


async def test_words_in_a_window_close_it_and_the_next_question_comes_in_the_chat(
    door: Door,
) -> None:
    view = await window(door)

    answered = await door.workspace.send(slack.submit(view, "I saw a heron"))

    assert answered.json == {"response_action": "clear"}
    assert (last(door).said, last(door).token) == ("I saw a heron", "a1b2c3d4.3")
    assert door.slack.messages[-1]["channel"] == slack.PERSON
    assert "heron" not in json.dumps(door.slack.messages)


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        (None, "empty"),
        ("", "empty"),
        (" \n\u200b", "empty"),
        ("x" * 1001, "too_long"),
        ("é" * 601, "too_long"),
    ],
)
async def test_words_that_cannot_be_taken_stay_in_the_window_with_a_remark(
    door: Door, words: str | None, remark: str
) -> None:
    view = await window(door)
    before = len(door.reception.taken)

    answered = await door.workspace.send(slack.submit(view, words))

    block = view["blocks"][0]["block_id"]
    assert answered.json == {
        "response_action": "errors",
        "errors": {block: f"{remark} nl\n{remark} en"},
    }
    assert len(door.reception.taken) == before


async def test_words_that_speak_of_danger_are_always_taken(door: Door) -> None:
    view = await window(door)
    words = "i want to end my life " + "é" * 600

    answered = await door.workspace.send(slack.submit(view, words))

    assert answered.json == {"response_action": "clear"}
    assert last(door).said == words


async def test_a_window_without_a_field_is_simply_closed(door: Door) -> None:
    payload = slack.submit(await window(door), "I saw a heron")
    payload["view"]["state"] = {"values": {}}

    answered = await door.workspace.send(payload)

    assert answered.json == {"response_action": "clear"}


async def test_nothing_chosen_in_a_window_is_a_remark(door: Door) -> None:
    door.reception.turns[0] = a_turn(sheet=a_sheet(), prompt=a_choice())
    view = await window(door)

    answered = await door.workspace.send(slack.submit(view, None))

    assert answered.json["response_action"] == "errors"


async def test_a_window_sent_twice_is_one_answer(door: Door) -> None:
    payload = slack.submit(await window(door), "I saw a heron")
    before = len(door.slack.messages)

    first, again = [await door.workspace.send(payload) for _ in range(2)]

    assert first.json == again.json == {"response_action": "clear"}
    assert len(door.slack.messages) == before + 1


async def test_a_button_in_a_window_changes_the_window(door: Door) -> None:
    view = await window(door)
    door.reception.turns[0] = a_turn("Call 112.", prompt=a_choice())
    before = len(door.slack.messages)

    answered = await door.workspace.send(slack.click_in_view(view, "help"))

    assert answered.status == 200
    (call,) = door.slack.made(UPDATE)
    assert call.arguments["view_id"] == view["id"]
    assert "Call 112." in json.dumps(call.arguments["view"])
    assert len(door.slack.messages) == before


async def test_a_button_in_a_window_that_is_gone_is_answered_in_the_chat(door: Door) -> None:
    view = await window(door)
    door.reception.turns[0] = a_turn("Call 112.")
    door.slack.fail(UPDATE, Fault(200, "not_found"))

    await door.workspace.send(slack.click_in_view(view, "help"))

    assert door.slack.messages[-1]["channel"] == slack.PERSON
    assert door.slack.messages[-1]["text"].startswith("Call 112.")


@pytest.mark.parametrize("error", [BusyError(), StoreError("OperationalError"), KeyError("x")])
async def test_an_event_that_was_not_kept_is_sent_again_by_slack(
    door: Door, error: Exception
) -> None:
    event = slack.message_event("hello")
    door.reception.errors.append(error)

    first = await door.workspace.send(event)
    assert (first.status, door.slack.calls) == (503, [])
    again = await door.workspace.send(event, retry=1)

    assert again.status == 200
    assert len(door.slack.messages) == 1


FAULTS = [
    (BusyError(), "B2"),
    (StoreError("OperationalError", "locked"), "S2"),
    (KeyError("x"), "X1"),
]


@pytest.mark.parametrize(("error", "code"), FAULTS)
async def test_a_click_that_was_not_kept_is_explained_and_can_be_made_again(
    door: Door, error: Exception, code: str
) -> None:
    message = await asked(door)
    door.reception.errors.append(error)

    answered = await door.workspace.send(slack.click(message, "skip"))

    assert answered.status == 200
    assert door.slack.messages[-1]["text"] == f"trouble nl (code {code})\ntrouble en (code {code})"


@pytest.mark.parametrize(("error", "code"), FAULTS)
async def test_a_window_that_was_not_kept_stays_open_with_its_words(
    door: Door, error: Exception, code: str
) -> None:
    payload = slack.submit(await window(door), "I saw a heron")
    door.reception.errors.append(error)

    refused = await door.workspace.send(payload)
    answered = await door.workspace.send(payload)

    told = f"trouble nl (code {code})\ntrouble en (code {code})"
    assert list(refused.json["errors"].values()) == [told]
    assert answered.json == {"response_action": "clear"}


@pytest.mark.parametrize("fault", [each for each in BUSY if not each.hang], ids=repr)
async def test_an_answer_that_slack_does_not_take_goes_out_when_the_event_comes_again(
    door: Door, fault: Fault
) -> None:
    event = slack.message_event("hello")
    door.slack.fail(POST, fault)

    first = await door.workspace.send(event)
    again = await door.workspace.send(event, retry=1)
    once_more = await door.workspace.send(event, retry=2)

    assert (first.status, again.status, once_more.status) == (503, 200, 200)
    assert len(door.slack.messages) == 2
    assert not door.delivery.pending(f"ev:{event['event_id']}")


async def test_an_answer_that_is_on_its_way_when_the_event_comes_again_is_sent_once(
    door: Door,
) -> None:
    event = slack.message_event("hello")
    door.slack.fail(POST, Fault(hang=True))

    first = await door.workspace.send(event)
    again = asyncio.create_task(door.workspace.send(event, retry=1))
    once_more = asyncio.create_task(door.workspace.send(event, retry=2))
    await asyncio.sleep(0)
    door.slack.release()

    assert first.status == 503
    assert [(await each).status for each in (again, once_more)] == [200, 200]
    assert len(door.slack.messages) == 1
    assert not door.delivery.pending(f"ev:{event['event_id']}")


async def test_an_answer_waits_as_long_as_slack_says_and_then_arrives_by_itself(
    door: Door,
) -> None:
    message = await asked(door)
    door.slack.fail(POST, Fault(429, "ratelimited", retry_after=0))

    answered = await door.workspace.send(slack.click(message, "skip"))

    assert answered.status == 200
    calls = await door.slack.heard(POST, 3)
    assert [call.answer["ok"] for call in calls] == [True, False, True]


@pytest.mark.parametrize("fault", LIMITED, ids=repr)
async def test_as_long_as_slack_says_wait_nothing_more_goes_to_that_conversation(
    door: Door, fault: Fault
) -> None:
    event = slack.message_event("hello")
    door.slack.fail(POST, fault)

    first = await door.workspace.send(event)
    again = await door.workspace.send(event, retry=1)
    other = slack.message_event("hello", user="U0OTHER", channel="D0OTHER")

    assert (first.status, again.status) == (503, 503)
    assert len(door.slack.messages) == 1
    assert (await door.workspace.send(other)).status == 200


@pytest.mark.parametrize("fault", [*BUSY, *LIMITED], ids=repr)
async def test_a_window_is_closed_even_when_the_next_question_comes_late(
    door: Door, fault: Fault
) -> None:
    view = await window(door)
    door.slack.fail(POST, fault)

    answered = await door.workspace.send(slack.submit(view, "I saw a heron"))

    assert answered.json == {"response_action": "clear"}


@pytest.mark.parametrize(
    "error", ["invalid_auth", "channel_not_found", "account_inactive", "an_error_yet_unknown"]
)
async def test_an_answer_that_slack_will_never_take_is_given_up(
    door: Door, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    event = slack.message_event("hello")
    door.slack.fail(POST, Fault(200, error))

    with caplog.at_level(logging.WARNING, "luwte"):
        first = await door.workspace.send(event)
    again = await door.workspace.send(event, retry=1)

    assert (first.status, again.status) == (200, 200)
    assert len(door.slack.calls) == 1
    (record,) = caplog.records
    assert record.getMessage() == "slack_refused"
    assert vars(record)["code"] == ("other" if error.startswith("an_") else error)
    assert vars(record)["status"] == 200
