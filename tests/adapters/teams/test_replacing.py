"""A pressed card is replaced by the next question, here and in what Teams keeps, and nobody loses by it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters.faults import CODES
from adapters.incoming import BusyError, Incoming
from adapters.teams import cards
from adapters.teams.inbound import Visit, read
from conversations.errors import StoreError
from conversations.session import Session, Spot
from conversations.turn import Button, Turn
from tests.support import content
from tests.support.card_schema import findings
from tests.support.colleague import Colleague, action, buttons, card, parts, words
from tests.support.reception import a_choice, a_scale, a_sheet, a_turn, an_open_question
from tests.support.teams import Answer
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock

PHRASES = content.scripts().phrases
SESSION = Session("0a1b2c3d", "en", Spot("t", 1, "s"), week=1, begun=True)


def under_way(turn: Turn, **state: str) -> Turn:
    """The same turn as one of a conversation that was answered."""
    return replace(turn, fate="write", session=replace(SESSION, **state))  # type: ignore[arg-type]


def kinds(turn: Turn) -> set[str]:
    message = cards.message(turn, PHRASES)
    assert message is not None
    return {each["type"] for each in buttons(message) if "msteams" not in each["data"]}


@pytest.mark.parametrize("prompt", [a_choice(), a_scale(), an_open_question(Button("none", "No"))])
def test_a_question_under_way_can_be_replaced_and_falls_back_to_a_message(prompt: object) -> None:
    turn = under_way(a_turn("And then?", prompt=prompt))  # type: ignore[arg-type]
    message = cards.message(turn, PHRASES)

    assert kinds(turn) == {"Action.Execute"}
    assert message is not None
    assert findings(card(message)) == []
    for each in buttons(message):
        if each["type"] == "Action.Execute":
            older = each["fallback"]
            assert (older["type"], older["data"]) == ("Action.Submit", each["data"])
            assert older.get("mode") == each.get("mode")


LASTING = {
    "before the first answer": a_turn(prompt=a_choice()),
    "an aside": replace(under_way(a_turn("113", prompt=a_choice())), fate="leave"),
    "help lines": under_way(a_turn("113", prompt=a_choice()), paused="crisis"),
    "the question whether to erase": under_way(a_turn(prompt=a_choice()), paused="forget"),
    "the way into the window": under_way(a_turn(prompt=a_choice(Button("private", "Open")))),
}


@pytest.mark.parametrize("case", LASTING)
def test_what_must_stay_in_the_chat_is_never_replaced(case: str) -> None:
    assert kinds(LASTING[case]) == {"Action.Submit"}


async def test_the_next_question_takes_the_place_of_the_card_and_is_no_new_message(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(under_way(a_turn(prompt=a_choice())), under_way(a_turn()))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        answered = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))
        await cloud.until(lambda: bool(cloud.updates))

    assert answered.json["statusCode"] == 200
    assert answered.json["type"] == "application/vnd.microsoft.card.adaptive"
    assert words(answered.json) == ["What did you see?"]
    incoming = reception.taken[1][1]
    assert (incoming.pressed, incoming.token, incoming.surface) == ("town", "a1b2c3d4.4", "chat")
    assert len(cloud.posts) == 1
    (kept,) = cloud.updates
    assert (kept.conversation, kept.reply_to) == (colleague.conversation, "1612345678901")
    assert kept.activity["id"] == "1612345678901"
    assert card(kept.activity) == card(answered.json)


async def test_the_card_does_not_tell_which_answer_was_pressed(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with running(
        cloud, prepared(under_way(a_turn(prompt=a_choice())), under_way(a_turn())), clock
    ) as bot:
        await bot.take(colleague.message("hi"))
        answered = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))
        await cloud.until(lambda: bool(cloud.updates))

    assert "town" not in answered.body.decode().lower()
    assert "town" not in json.dumps(cloud.updates[0].activity).lower()


async def test_a_connector_that_hangs_holds_no_answer(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(under_way(a_turn(prompt=a_choice())), under_way(a_turn()))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        cloud.answers.append(Answer(hangs=True))
        answered = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))
        await cloud.until(lambda: cloud.attempts == 2)

    assert words(answered.json) == ["What did you see?"]
    assert cloud.updates == []


async def test_a_later_card_is_kept_in_place_of_one_that_is_still_on_its_way(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    first, second = under_way(a_turn("1", prompt=a_choice())), under_way(a_turn("2"))

    async with running(cloud, prepared(first, first, second), clock) as bot:
        await bot.take(colleague.message("hi"))
        cloud.answers.append(Answer(429, {"Retry-After": "600"}))
        shown = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))
        await cloud.until(lambda: cloud.attempts == 2)
        clock.now += 60
        await bot.take(colleague.execute(shown.json, "In the wood"))
        await cloud.until(lambda: bool(cloud.updates))

    assert [words(each.activity)[0] for each in cloud.updates] == ["2"]


@pytest.mark.parametrize("error", [BusyError(), StoreError("unreachable")])
async def test_trouble_leaves_the_card_with_its_buttons_and_says_a_line(
    error: Exception, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(under_way(a_turn(prompt=a_choice())))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        reception.errors.append(error)
        answered = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))

    assert answered.json["type"] == "application/vnd.microsoft.activity.message"
    assert answered.json["value"].startswith("trouble en (code ")
    assert answered.json["value"].removesuffix(")").rpartition(" ")[2] in CODES.values()
    assert len(cloud.posts) == 1


async def test_a_turn_that_shows_nothing_is_a_line_too(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(under_way(a_turn(prompt=a_choice())), under_way(a_turn(prompt=None)))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        answered = await bot.take(colleague.execute(cloud.posts[0].activity, "In town"))

    assert answered.json["value"] == "stopped en"


async def test_a_card_in_a_group_is_declined(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    group = {"conversation": {"id": "19:group", "conversationType": "groupChat"}}
    reception = prepared(under_way(a_turn(prompt=a_choice())))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        shown = cloud.posts[0].activity
        answered = await bot.take(colleague.execute(shown, "In town", **group))

    assert answered.json["value"] == PHRASES.not_here.to("en")
    assert len(reception.taken) == 1


@pytest.mark.parametrize(
    "value", [None, 7, {}, {"action": None}, {"action": {"data": 7}}, {"action": ["press"]}]
)
def test_an_odd_execute_presses_nothing(value: object) -> None:
    found = read(
        Colleague("https://smba.example/").activity(
            "invoke", name="adaptiveCard/action", value=value
        )
    )

    assert isinstance(found, Visit)
    assert (found.incoming.pressed, found.incoming.said) == (None, None)


def test_a_private_control_that_is_executed_shows_no_words_in_the_chat() -> None:
    shown = cards.message(under_way(a_turn(sheet=a_sheet(), prompt=a_choice())), PHRASES)

    assert shown is not None
    assert action(shown, "Read it")["data"]["msteams"] == {"type": "task/fetch"}
    assert not [part for part in parts(card(shown)) if part.get("type") == "TextRun"]


def test_an_incoming_press_is_the_same_from_an_older_client() -> None:
    colleague = Colleague("https://smba.example/")
    shown = cards.message(under_way(a_turn(prompt=a_choice())), PHRASES)
    assert shown is not None
    new, old = read(colleague.execute(shown, "In town")), read(colleague.submit(shown, "In town"))

    assert isinstance(new, Visit)
    assert isinstance(old, Visit)
    assert replace(new.incoming, event=None) == replace(old.incoming, event=None)
    assert new.incoming == Incoming(
        pressed="town",
        token="a1b2c3d4.4",
        event=new.incoming.event,
        language="en",
        surface="chat",
    )
