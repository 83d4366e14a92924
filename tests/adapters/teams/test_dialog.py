"""A turn in a dialog: the person's own words, a form, and when the dialog stays open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.incoming import Incoming
from adapters.teams import dialog
from conversations.script import Text
from conversations.turn import Button, SheetLine, Turn
from tests.support import content
from tests.support.card_schema import findings
from tests.support.colleague import action, buttons, card, parts, words
from tests.support.reception import a_choice, a_scale, a_sheet, a_turn, an_open_question

PHRASES = content.scripts().phrases


def question(turn: Turn, typed: str = "") -> dict[str, Any]:
    shown = dialog.question(turn, PHRASES, typed)
    assert shown is not None
    return shown


def the_input(shown: dict[str, Any]) -> dict[str, Any]:
    (found,) = [part for part in parts(card(shown)) if str(part.get("type")).startswith("Input")]
    return found


def test_a_dialog_carries_the_name_of_the_bot() -> None:
    task = question(a_turn())["task"]

    assert (task["type"], task["value"]["title"]) == ("continue", "name en")


def test_an_open_question_is_a_field_to_type_in() -> None:
    shown = question(a_turn("Take your time."))

    assert words(shown) == ["Take your time."]
    assert the_input(shown) == {
        "type": "Input.Text",
        "id": "words",
        "label": "What did you see?",
        "isMultiline": True,
        "maxLength": 1000,
        "isRequired": True,
        "errorMessage": "empty en",
    }
    assert action(shown, "send en")["data"] == {"token": "a1b2c3d4.3"}


def test_a_ready_answer_beside_the_field_does_not_ask_for_words() -> None:
    shown = question(a_turn(prompt=an_open_question(Button("none", "Nothing"))))

    ready = action(shown, "Nothing")

    assert ready["data"] == {"press": "none", "token": "a1b2c3d4.3"}
    assert ready["associatedInputs"] == "none"


def test_help_and_skip_do_not_ask_for_words_either() -> None:
    shown = question(a_turn())

    assert action(shown, "help it")["associatedInputs"] == "none"
    assert action(shown, "skip it")["associatedInputs"] == "none"


def test_a_choice_is_buttons_one_below_the_other_and_nothing_to_send() -> None:
    shown = question(a_turn(prompt=a_choice()))

    assert action(shown, "In town")["data"] == {"press": "town", "token": "a1b2c3d4.4"}
    assert words(shown) == ["Where to?"]
    assert "send en" not in [part.get("title") for part in parts(card(shown))]


def test_a_scale_is_numbers_to_press_with_its_ends_in_words() -> None:
    shown = question(a_turn(prompt=a_scale()))

    assert [each["data"]["press"] for each in buttons(shown)][:11] == [str(n) for n in range(11)]
    assert words(shown)[-2:] == ["0 = fog", "10 = clear"]


def test_where_the_whole_conversation_is_held_every_button_and_form_says_so() -> None:
    shown = dialog.question(a_turn(), PHRASES, held=True)

    assert shown is not None
    assert {each["data"].get("held") for each in buttons(shown)} == {True}
    assert all("held" not in each["data"] for each in buttons(question(a_turn())))


def test_a_dialog_says_about_how_many_questions_are_left_and_a_card_does_not() -> None:
    asked = replace(a_choice(), left=4)
    with_number = PHRASES.model_copy(update={"left": Text(nl="Nog {left}", en="{left} to go")})

    shown = dialog.question(a_turn(prompt=asked), with_number)

    assert shown is not None
    assert "4 to go" in words(shown)
    assert "left en" not in words(question(a_turn(prompt=a_choice())))


def test_buttons_that_steer_are_buttons_and_no_choices() -> None:
    helped = a_choice(Button("go_on", "I am safe"), Button("stop", "Stop here"), ask="And now?")
    shown = question(a_turn("Call 112.", prompt=replace(helped, controls=())))

    assert words(shown) == ["Call 112.", "And now?"]
    assert action(shown, "I am safe")["data"] == {"press": "go_on", "token": "a1b2c3d4.4"}
    assert "send en" not in [part.get("title") for part in parts(card(shown))]


def test_a_persons_words_are_shown_letter_by_letter() -> None:
    sheet = a_sheet(SheetLine("What you saw", "**stars**\n[a link](https://example.org)"))
    shown = question(a_turn(sheet=sheet))

    runs = [part["text"] for part in parts(card(shown)) if part.get("type") == "TextRun"]
    blocks = [part["text"] for part in parts(card(shown)) if part.get("type") == "TextBlock"]

    assert runs == ["**stars**", "[a link](https://example.org)"]
    assert blocks == ["Your summary", "What you saw"]


def test_words_that_were_not_taken_are_still_there() -> None:
    assert the_input(question(a_turn("Too long."), "quokka"))["value"] == "quokka"


@pytest.mark.parametrize(
    ("incoming", "kept"),
    [
        (Incoming(said="quokka", token="a1.3", language="en"), {"token": "a1.3"}),
        (Incoming(pressed="town", token="a1.3"), {"token": "a1.3", "press": "town"}),
        (Incoming(pressed="town"), {"press": "town"}),
    ],
)
def test_a_form_that_could_not_be_taken_can_be_sent_again(
    incoming: Incoming, kept: dict[str, str]
) -> None:
    shown = dialog.again(incoming, PHRASES, PHRASES.trouble)
    language = incoming.language or "nl"

    assert findings(card(shown)) == []
    assert words(shown) == [f"trouble {language}"]
    assert action(shown, f"send {language}")["data"] == kept
    if incoming.said is not None:
        assert the_input(shown)["value"] == "quokka"


SENT = Incoming(said="quokka", token="a1b2c3d4.2")


@pytest.mark.parametrize(
    ("turn", "incoming", "stays"),
    [
        pytest.param(
            replace(a_turn(), fate="write"), SENT, False, id="the next question goes to the chat"
        ),
        pytest.param(
            replace(a_turn(), fate="write"),
            Incoming(pressed="skip", token="a1b2c3d4.2"),
            False,
            id="also after a button",
        ),
        pytest.param(
            a_turn(),
            Incoming(pressed="help", token="a1b2c3d4.3"),
            True,
            id="the same question stays",
        ),
        pytest.param(a_turn(), SENT, True, id="words that were not taken stay"),
        pytest.param(
            replace(a_turn(sheet=a_sheet()), fate="write"),
            SENT,
            True,
            id="the person's own words stay",
        ),
        pytest.param(
            replace(a_turn(prompt=a_choice(Button("go_on", "I am safe"))), fate="write"),
            SENT,
            True,
            id="the help lines stay",
        ),
        pytest.param(
            replace(a_turn("Until next time.", prompt=None), fate="write"),
            SENT,
            False,
            id="the end goes to the chat",
        ),
    ],
)
def test_a_dialog_stays_open_where_the_chat_must_not_tell(
    turn: Turn, incoming: Incoming, stays: bool
) -> None:
    assert dialog.stays(turn, incoming) is stays
