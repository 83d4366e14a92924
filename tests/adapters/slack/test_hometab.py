"""The Home tab: what stands there, when it is published anew, and that nothing is said twice at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.incoming import BusyError, Incoming
from adapters.slack import homes, hometab
from conversations import library
from conversations.cases import Card, CardLine, Send, Withdraw
from conversations.organisation import Organisation
from conversations.requestdraft import Draft
from conversations.script import LANGUAGES
from conversations.session import Session, Spot
from conversations.turn import Button, Turn
from tests.support import slack
from tests.support.blockkit import view_problems
from tests.support.reception import a_choice, a_turn
from tests.support.slack import Fault
from tests.support.talker import Talker
from tests.support.window import read

if TYPE_CHECKING:
    from conversations.script import Language
    from tests.adapters.slack.conftest import Door

PUBLISH = "views.publish"
LOBBY = a_turn("What this is.", prompt=a_choice())
SESSION = Session(id="ab", language="en", at=Spot("t4", 1, "plan"), turn=9, begun=True)
AT_CASE = replace(SESSION, draft=Draft("case"))
WRITING = replace(SESSION, draft=Draft("line", lines={"question": "x"}))
SENT = Send(Card((CardLine("question", "x"),)), alias="Stille Reiger", language="en")


async def opened(door: Door, count: int = 1) -> None:
    """The person opens the Home tab, and it is published."""
    assert (await door.workspace.send(slack.home_opened(None))).status == 200
    await door.slack.heard(PUBLISH, count)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_real_home_is_in_order_and_begins_with_the_one_button_it_is_about(
    language: Language,
) -> None:
    me = Talker(library.load().of(Organisation("example", "bureau", "NL")), language=language)
    me.surface = "private"
    shown = hometab.view(me.press("lobby"))

    assert view_problems(shown) == []
    rows = [block for block in shown["blocks"] if block["type"] == "actions"]
    assert [row["block_id"] for row in rows] == ["home_options_0", "home_controls_0"]
    assert rows[0]["elements"][0]["style"] == "primary"
    assert not [e for row in rows for e in row["elements"] if e["type"] != "button"]


async def test_opening_the_home_tab_publishes_it_and_sends_no_message(door: Door) -> None:
    door.reception.turns[0] = LOBBY

    await opened(door)

    (call,) = door.slack.calls
    assert (call.method, call.arguments["user_id"]) == (PUBLISH, slack.PERSON)
    assert "What this is." in read(call.arguments["view"]["blocks"])
    (_, asked) = door.reception.taken[0]
    assert (asked.pressed, asked.surface, asked.said) == ("lobby", "private", None)


async def test_the_other_tab_publishes_nothing(door: Door) -> None:
    payload = slack.home_opened(None)
    payload["event"]["tab"] = "messages"

    await door.workspace.send(payload)

    assert door.reception.taken == []


async def test_the_language_of_somebody_without_a_row_comes_back_with_the_home(door: Door) -> None:
    prompt = replace(a_choice(), token="new.nl.promise")
    door.reception.turns[0] = a_turn("Dit is het.", prompt=prompt)
    await opened(door)

    await door.workspace.send(slack.home_opened(door.slack.home()))
    await door.slack.heard(PUBLISH, 2)

    assert door.reception.taken[-1][1].token == "new.nl.promise"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_language_chosen_on_the_home_tab_changes_it_and_opens_nothing(
    door: Door, language: Language
) -> None:
    buttons = (Button("nl", "Nederlands"), Button("en", "English"))
    door.reception.turns[0] = a_turn("Both.", prompt=replace(a_choice(), options=buttons))
    await opened(door)

    await door.workspace.send(slack.click_in_view(door.slack.home(), language))
    await door.slack.heard(PUBLISH, 2)

    asked = door.reception.taken[-1][1]
    assert (asked.pressed, asked.language, asked.token) == ("lobby", language, None)
    assert {call.method for call in door.slack.calls} == {PUBLISH}


async def test_the_other_language_is_switched_and_the_home_published_anew(door: Door) -> None:
    door.reception.turns[0] = LOBBY
    await opened(door)
    switch = slack.click_in_view(door.slack.home(), "wood")
    switch["actions"][0]["action_id"] = "press:language"
    door.reception.turns[0] = replace(LOBBY, language="nl")

    await door.workspace.send(switch)
    await door.slack.heard(PUBLISH, 2)

    pressed, looked = (taken for _, taken in door.reception.taken[-2:])
    assert (pressed.pressed, pressed.surface) == ("language", "private")
    assert (looked.pressed, looked.language) == ("lobby", "nl")
    assert door.slack.views == []


async def test_every_other_button_opens_a_window_in_which_the_conversation_is_held(
    door: Door,
) -> None:
    door.reception.turns[0] = LOBBY
    await opened(door)

    await door.workspace.send(slack.click_in_view(door.slack.home(), "wood"))

    (call,) = door.slack.made("views.open")
    assert call.arguments["view"]["private_metadata"].split("|")[1] == "held"
    assert door.reception.taken[-1][1].surface == "private"
    assert door.slack.messages == []


async def test_trouble_on_the_home_tab_is_told_in_a_window_and_not_in_the_chat(door: Door) -> None:
    door.reception.turns[0] = LOBBY
    await opened(door)
    door.reception.errors.append(BusyError())

    await door.workspace.send(slack.click_in_view(door.slack.home(), "wood"))

    assert "trouble nl (code B2)\ntrouble en (code B2)" in read(door.slack.views[-1]["blocks"])
    assert door.slack.messages == []


async def test_while_one_home_is_on_its_way_the_next_waits_and_the_newest_wins(door: Door) -> None:
    door.reception.turns[0] = a_turn("older", prompt=a_choice())
    door.slack.fail(PUBLISH, Fault(hang=True))
    await opened(door)
    for words in ("middle", "newest"):
        door.reception.turns[0] = a_turn(words, prompt=a_choice())
        await door.workspace.send(slack.home_opened(None))
    assert len(door.slack.made(PUBLISH)) == 1

    door.slack.release()
    made = await door.slack.heard(PUBLISH, 2)

    assert len(made) == 2
    assert "newest" in read(made[-1].arguments["view"]["blocks"])


async def test_a_home_that_slack_limits_is_published_when_slack_says_so(door: Door) -> None:
    door.reception.turns[0] = LOBBY
    door.slack.fail(PUBLISH, Fault(429, "ratelimited", retry_after=0))

    await opened(door, 2)

    assert [call.answer["ok"] for call in door.slack.made(PUBLISH)] == [False, True]


async def test_a_home_that_is_refused_is_left(door: Door) -> None:
    door.reception.turns[0] = LOBBY
    door.slack.fail(PUBLISH, Fault(200, "not_enabled"))

    await opened(door)
    await door.app.close()

    assert len(door.slack.made(PUBLISH)) == 1


@pytest.mark.parametrize(
    ("incoming", "turn", "changes"),
    [
        (Incoming(pressed="wood"), Turn(None, "erase", "en"), True),
        (Incoming(pressed="language"), Turn(SESSION, "write", "en"), True),
        (Incoming(pressed="keep", token="ab.9"), Turn(SESSION, "write", "en"), True),
        (Incoming(said="x", token="new.en.clarity"), Turn(SESSION, "write", "en"), True),
        (Incoming(said="x"), Turn(replace(SESSION, turn=1), "write", "en"), True),
        (Incoming(said="x"), Turn(replace(SESSION, turn=2), "write", "en"), False),
        (Incoming(pressed="stop"), Turn(replace(SESSION, paused="stopped"), "write", "en"), True),
        (Incoming(pressed="wood", token="ab.9"), Turn(SESSION, "write", "en"), False),
        (Incoming(pressed="send", token="ab.9"), Turn(SESSION, "write", "en", act=SENT), True),
        (
            Incoming(pressed="withdraw_yes", token="ab.9"),
            Turn(SESSION, "write", "en", act=Withdraw()),
            True,
        ),
        (Incoming(pressed="coach", token="ab.9"), Turn(AT_CASE, "write", "en"), True),
        (Incoming(said="x", token="ab.9"), Turn(WRITING, "write", "en"), False),
        (Incoming(secret="x"), Turn(replace(SESSION, locked=True), "write", "en"), True),
        (Incoming(secret="x"), Turn(None, "leave", "en"), True),
        (
            Incoming(pressed="wood", token="ab.9"),
            Turn(replace(SESSION, locked=True), "write", "en"),
            False,
        ),
        (Incoming(said="x"), Turn(SESSION, "write", "en"), False),
        (Incoming(pressed="help", token="ab.9"), Turn(SESSION, "leave", "en"), False),
        (Incoming(said="x"), Turn(None, "leave", "en"), False),
    ],
)
def test_the_home_changes_at_the_start_the_end_keep_wipe_forget_a_code_and_a_case_only(
    incoming: Incoming, turn: Turn, changes: bool
) -> None:
    assert homes.changes(incoming, turn) is changes


async def test_a_crowd_does_not_wait_for_one_slow_home(door: Door) -> None:
    door.reception.turns[0] = LOBBY
    door.slack.fail(PUBLISH, Fault(hang=True))
    await opened(door)

    people = [f"U0CROWD{number:02d}" for number in range(20)]
    await asyncio.gather(
        *(door.workspace.send(slack.home_opened(None, user=each)) for each in people)
    )

    made = await door.slack.heard(PUBLISH, 21)
    assert {call.arguments["user_id"] for call in made} == {slack.PERSON, *people}
