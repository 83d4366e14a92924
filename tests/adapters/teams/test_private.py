"""In Teams a passphrase lives in a dialog: it is never words, never a message, and never comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from adapters.incoming import Incoming
from adapters.teams import cards, dialog, inbound
from conversations.errors import StoreError
from conversations.turn import Button, Prompt, Turn
from tests.support import content
from tests.support.card_schema import findings
from tests.support.colleague import Colleague, action, card, parts
from tests.support.reception import a_sheet, a_turn
from tests.support.teams_bot import Clock, prepared, running

if TYPE_CHECKING:
    from tests.support.teams import FakeCloud

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


def shown(turn: Turn) -> dict[str, Any]:
    found = dialog.question(turn, PHRASES)
    assert found is not None
    return found


def submitted(data: dict[str, object]) -> Incoming:
    colleague = Colleague("https://invented.example")
    found = inbound.read(colleague.invoke("task/submit", data))
    assert isinstance(found, inbound.Visit)
    return found.incoming


def test_the_chat_shows_a_way_into_the_dialog_and_no_field() -> None:
    message = cards.message(ASKED, PHRASES)

    assert message is not None
    assert action(message, "Open private window")["data"]["msteams"] == {"type": "task/fetch"}
    assert "Input." not in json.dumps(message)
    assert findings(card(message)) == []


def test_the_dialog_has_a_field_that_shows_dots_and_limits_what_is_typed() -> None:
    (field,) = [
        part for part in parts(card(shown(ASKED))) if str(part.get("type")).startswith("Input")
    ]

    assert (field["id"], field["style"], field["maxLength"]) == ("secret", "Password", 128)
    assert findings(card(shown(ASKED))) == []


def test_the_ticket_is_in_every_button_of_the_dialog_and_in_none_of_a_message() -> None:
    turn = replace(a_turn("Open.", sheet=a_sheet()), ticket=TICKET)
    carried = [part["data"].get("ticket") for part in parts(card(shown(turn))) if "data" in part]

    assert carried
    assert set(carried) == {TICKET}
    assert TICKET not in json.dumps(cards.message(turn, PHRASES))


def test_what_is_typed_in_that_field_is_a_secret_and_no_words() -> None:
    incoming = submitted({"token": "a1b2c3d4.4", "ticket": TICKET, "secret": CODE})

    assert (incoming.secret, incoming.said, incoming.pressed) == (CODE, None, None)
    assert (incoming.token, incoming.ticket) == ("a1b2c3d4.4", TICKET)
    assert CODE not in repr(incoming)


def test_a_button_beside_a_typed_code_sends_no_code() -> None:
    incoming = submitted({"press": "lock_no", "token": "a.1", "secret": CODE})

    assert (incoming.pressed, incoming.secret) == ("lock_no", None)


def test_a_ticket_that_is_too_long_or_no_text_is_none() -> None:
    assert submitted({"press": "skip", "ticket": "x" * 401}).ticket is None
    assert submitted({"press": "skip", "ticket": {"a": 1}}).ticket is None


@pytest.mark.parametrize(
    ("turn", "incoming"),
    [
        (ASKED, Incoming(pressed="lock_yes")),
        (replace(a_turn("Open."), ticket=TICKET), Incoming(secret=CODE)),
        (a_turn("Too often."), Incoming(secret=CODE)),
        (a_turn("Erased.", prompt=None), Incoming(pressed="forget_yes", ticket=TICKET)),
        (replace(a_turn("Go on."), ticket=TICKET), Incoming(said="by the sea", ticket=TICKET)),
    ],
)
def test_around_a_lock_everything_stays_in_the_dialog(turn: Turn, incoming: Incoming) -> None:
    assert dialog.stays(turn, incoming)


def test_a_code_that_could_not_be_tried_is_asked_again_and_not_shown() -> None:
    sent = Incoming(secret=CODE, token="a.1", ticket="n.note", language="en")
    again = dialog.again(sent, PHRASES, PHRASES.trouble)

    assert CODE not in json.dumps(again)
    assert action(again, "send en")["data"] == {"token": "a.1", "ticket": "n.note"}
    assert findings(card(again)) == []


async def test_my_data_opens_in_a_dialog_from_the_button_in_the_chat(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    prompt = Prompt("a.1", "open", "What?", typed=True, controls=(Button("mydata", "My data"),))
    reception = prepared(a_turn(prompt=prompt), a_turn(sheet=a_sheet(), prompt=prompt))
    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        answered = await bot.take(colleague.fetch(cloud.posts[-1].activity, "My data"))

    assert "quokka-own-words" in answered.body.decode()
    assert "quokka-own-words" not in json.dumps([post.activity for post in cloud.posts])


async def test_nothing_of_a_code_is_in_the_answer_when_the_store_fails(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(ASKED)
    reception.errors.append(StoreError("OperationalError"))
    async with running(cloud, reception, clock) as bot:
        answered = await bot.take(
            colleague.invoke("task/submit", {"token": "a.1", "secret": CODE, "ticket": TICKET})
        )

    assert answered.status == 200
    assert CODE not in answered.body.decode()
    assert cloud.posts == []
