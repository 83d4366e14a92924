"""A turn as a message: a card that Teams shows, of authored words only."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from adapters.teams import cards, dialog
from conversations.script import LANGUAGES
from conversations.turn import Button, SheetLine, Turn
from tests.support import content
from tests.support.card_schema import findings
from tests.support.colleague import action, card, parts, words
from tests.support.reception import (
    OWN_WORDS,
    a_choice,
    a_scale,
    a_sheet,
    a_turn,
    an_open_question,
)

if TYPE_CHECKING:
    from conversations.script import Language

PHRASES = content.scripts().phrases

TURNS: dict[str, dict[str, Any]] = {
    "an open question": {},
    "an open question with ready answers": {"prompt": an_open_question(Button("none", "None"))},
    "a choice": {"prompt": a_choice()},
    "a choice of many": {"prompt": a_choice(*(Button(f"t{n}", "x" * 75) for n in range(14)))},
    "a scale": {"prompt": a_scale()},
    "a short scale": {"prompt": a_scale(1, 5)},
    "a summary": {"sheet": a_sheet(), "prompt": a_choice()},
    "a summary and nothing more": {"sheet": a_sheet(), "prompt": None},
    "words and no question": {"prompt": None},
    "the help lines": {"prompt": a_choice(Button("go_on", "Go on"), Button("help", "Help"))},
}


def turn_of(case: str, language: Language = "en") -> Turn:
    return a_turn("First.", "Second line,\nthird line.", language=language, **TURNS[case])


def message(turn: Turn) -> dict[str, Any]:
    shown = cards.message(turn, PHRASES)
    assert shown is not None
    return shown


def buttons(shown: dict[str, Any]) -> list[str]:
    return [part["title"] for part in parts(card(shown)) if part.get("type") == "Action.Submit"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", TURNS)
def test_every_card_and_dialog_is_one_that_teams_shows(case: str, language: Language) -> None:
    turn = turn_of(case, language)
    asked = dialog.question(turn, PHRASES)
    assert asked is not None

    for shown in (message(turn), asked):
        assert findings(card(shown)) == []
        assert card(shown)["lang"] == language


@pytest.mark.parametrize("broken", ["type", "property", "value", "id", "label"])
def test_the_check_of_cards_finds_what_is_wrong(broken: str) -> None:
    asked = dialog.question(turn_of("an open question"), PHRASES)
    assert asked is not None
    shown = copy.deepcopy(card(asked))
    (typing,) = [part for part in parts(shown) if part.get("type") == "Input.Text"]
    match broken:
        case "type":
            typing["type"] = "Input.Txt"
        case "property":
            typing["isMultiLine"] = True
        case "value":
            typing["maxLength"] = "many"
        case "id":
            shown["body"].append(typing)
        case _:
            del typing["label"]

    assert findings(shown) != []


@pytest.mark.parametrize("case", TURNS)
def test_no_message_holds_a_persons_words(case: str) -> None:
    assert OWN_WORDS not in json.dumps(message(turn_of(case)))


def test_what_is_said_comes_before_what_is_asked() -> None:
    assert words(message(turn_of("an open question"))) == [
        "First.",
        "Second line,",
        "third line.",
        "What did you see?",
    ]


def test_lock_screens_show_the_name_alone() -> None:
    assert message(turn_of("a choice"))["summary"] == "name en"


def test_a_client_without_cards_shows_the_authored_words() -> None:
    shown = card(message(turn_of("a summary")))["fallbackText"]

    assert shown == f"First.\n\nSecond line,\nthird line.\n\n{a_sheet().in_chat}\n\nWhere to?"


def test_an_option_is_a_button_with_its_name_and_the_token() -> None:
    pressed = action(message(turn_of("a choice")), "In town")

    assert pressed["data"] == {"press": "town", "token": "a1b2c3d4.4"}


def test_skip_and_help_are_in_sight_and_the_rest_behind_the_dots() -> None:
    modes = {
        each["title"]: each.get("mode") for each in card(message(turn_of("a scale")))["actions"]
    }

    assert [title for title, mode in modes.items() if mode is None] == ["skip it", "help it"]
    assert [title for title, mode in modes.items() if mode == "secondary"] == [
        "back it",
        "stop it",
        "about it",
        "language it",
        "forget it",
    ]


def test_a_scale_is_even_rows_of_numbers_and_the_ends_in_words() -> None:
    shown = card(message(turn_of("a scale")))
    rows = [part for part in parts(shown) if part.get("type") == "ColumnSet"]
    numbers = [
        [column["selectAction"]["data"]["press"] for column in row["columns"] if len(column) > 2]
        for row in rows[:3]
    ]

    assert numbers == [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9", "10"]]
    assert [len(row["columns"]) for row in rows] == [4, 4, 4, 2]
    assert [part["text"] for part in parts(rows[3]) if "text" in part] == ["0 = fog", "10 = clear"]


def test_what_can_be_typed_can_be_typed_privately() -> None:
    opener = action(message(turn_of("an open question")), "answer_privately en")

    assert opener["data"] == {
        "msteams": {"type": "task/fetch"},
        "press": "window",
        "token": "a1b2c3d4.3",
    }
    assert "answer_privately en" not in buttons(message(turn_of("a choice")))


def test_a_summary_stays_behind_a_button() -> None:
    shown = message(turn_of("a summary"))

    assert a_sheet().in_chat in words(shown)
    assert action(shown, "Read it")["data"]["msteams"] == {"type": "task/fetch"}


@pytest.mark.parametrize("case", TURNS)
def test_nothing_is_typed_on_a_card_in_the_chat(case: str) -> None:
    assert not [
        part for part in parts(card(message(turn_of(case)))) if "Input" in str(part.get("type"))
    ]


def test_a_turn_that_shows_nothing_is_no_message() -> None:
    assert cards.message(a_turn(prompt=None), PHRASES) is None
    assert dialog.question(a_turn(prompt=None), PHRASES) is None


def test_an_address_in_authored_text_is_a_link_and_a_persons_is_not() -> None:
    address = "https://www.help.example/now"
    turn = a_turn(f"Call 113 or look at {address}.", sheet=a_sheet(SheetLine("You", address)))

    shown = dialog.question(turn, PHRASES)

    assert shown is not None
    assert words(shown)[0] == f"Call 113 or look at [{address}]({address})."
    assert [each["text"] for each in parts(card(shown)) if each.get("type") == "TextRun"] == [
        address
    ]
    assert card(message(turn))["fallbackText"].startswith(f"Call 113 or look at {address}.")


def test_lines_stand_close_and_paragraphs_apart() -> None:
    written = "one\ntwo\n\nthree\nfour"
    shown = dialog.question(a_turn(written, sheet=a_sheet(SheetLine("You", written))), PHRASES)

    assert shown is not None
    near = {"one": True, "two": False, "three": True, "four": False}
    blocks = [each for each in card(shown)["body"] if each.get("text") in near]
    assert {each["text"]: "spacing" not in each for each in blocks} == near
    own = [each for each in card(shown)["body"] if each["type"] == "RichTextBlock"]
    apart = {each["inlines"][0]["text"]: "spacing" not in each for each in own}
    assert apart == {**near, "one": False}
