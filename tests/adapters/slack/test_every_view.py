"""Every message, window and Home that the scripts can lead to, through all three kinds of validation."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from adapters.slack import hometab, render, window
from conversations import library
from conversations.organisation import Organisation
from conversations.script import LANGUAGES
from conversations.turn import Sheet, SheetLine, Turn
from tests.support.blockkit import message_problems, view_problems
from tests.support.every_home import WORDS, every_home
from tests.support.every_turn import every_turn
from tests.support.reception import a_choice, an_open_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.scripts import Scripts

Json = dict[str, Any]

LONG = "Een heel lang antwoord, met * en _ en <b> en &amp; erin. " * 130
EMOJI = "😶‍🌫️🫠🪦"


@cache
def scripts() -> Scripts:
    return library.load().of(Organisation("example", "bureau"))


@cache
def turns() -> tuple[tuple[str, Turn], ...]:
    return tuple(every_turn(scripts()))


def messages() -> Iterator[tuple[str, Json]]:
    for name, turn in turns():
        shown = render.message(turn, scripts().phrases)
        if shown is not None:
            yield name, shown


def test_every_message_is_one_that_slack_takes() -> None:
    found = {name: problems for name, shown in messages() if (problems := message_problems(shown))}

    assert found == {}
    assert len(list(messages())) > 500


def test_no_place_to_be_filled_in_is_left_open() -> None:
    for name, turn in turns():
        said = [*turn.says, turn.prompt.ask if turn.prompt else ""]
        assert not [each for each in said if "{" in each], name


def test_every_window_is_one_that_slack_takes() -> None:
    found: dict[str, list[str]] = {}
    for name, turn in turns():
        shown = window.view(turn, scripts().phrases, held=True)
        problems = view_problems(shown) if shown["blocks"] else []
        if problems:
            found[name] = problems

    assert found == {}


def test_every_home_is_one_that_slack_takes() -> None:
    homes = {name: hometab.view(turn) for name, turn in every_home(scripts())}

    found = {name: problems for name, view in homes.items() if (problems := view_problems(view))}
    assert found == {}
    assert len(homes) == 1 + 5 * len(LANGUAGES)


def test_no_home_holds_what_somebody_typed_and_a_menu_hides_nothing_there() -> None:
    for name, turn in every_home(scripts()):
        shown = hometab.view(turn)
        assert WORDS[turn.language] not in json.dumps(shown, ensure_ascii=False), name
        elements = [each for block in shown["blocks"] for each in block.get("elements", [])]
        assert {each["type"] for each in elements} == {"button"}, name


def test_no_message_holds_the_words_of_a_sheet() -> None:
    for name, turn in turns():
        if turn.sheet is None:
            continue
        own = [line.words for line in turn.sheet.lines if len(line.words) > 20]
        shown = json.dumps(render.message(turn, scripts().phrases), ensure_ascii=False)
        assert not [words for words in own if json.dumps(words)[1:-1] in shown], name


@pytest.mark.parametrize("words", [LONG, EMOJI, "x" * 9000, "\u202e left", "a\n\n\nb", "`code`"])
def test_own_words_stand_in_a_window_as_they_are(words: str) -> None:
    sheet = Sheet("Samenvatting", (SheetLine("Wat je zei", words),), "Open", "Hier niet.")
    shown = window.view(
        Turn(None, "leave", "nl", ("Dit zei je.",), sheet, a_choice()), scripts().phrases
    )

    assert view_problems(shown) == []
    texts = [b["text"] for b in shown["blocks"] if b["type"] == "section"]
    own = [each for each in texts if each["type"] == "plain_text"]
    assert "".join("".join(each["text"] for each in own).split()) == "".join(words.split())


def test_a_very_long_question_and_very_long_labels_are_shortened_and_shown() -> None:
    asked = an_open_question(ask="Wat? " * 700)
    options = tuple(replace(each, label=each.label * 20) for each in a_choice().options)
    for prompt in (asked, replace(a_choice(), options=options)):
        turn = Turn(None, "leave", "nl", (LONG,), prompt=prompt)
        assert view_problems(window.view(turn, scripts().phrases)) == []
        assert message_problems(render.message(turn, scripts().phrases) or {}) == []


BROKEN: dict[str, Json] = {
    "a misspelled key": {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "acc": 1},
    "an unknown block": {"type": "nonsense"},
    "too much text": {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
    "an empty row": {"type": "actions", "elements": []},
    "mrkdwn in a button": {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "a", "text": {"type": "mrkdwn", "text": "x"}}],
    },
}


@pytest.mark.parametrize("block", BROKEN.values(), ids=BROKEN)
def test_the_validation_sees_what_is_broken(block: Json) -> None:
    frame = {"text": "x", "unfurl_links": False, "unfurl_media": False}
    assert message_problems({**frame, "blocks": [block]})
    title = {"type": "plain_text", "text": "Title"}
    assert view_problems({"type": "modal", "title": title, "blocks": [block]})


def test_the_validation_sees_a_modal_without_a_title_and_a_home_with_one() -> None:
    blocks = [{"type": "divider"}]
    assert view_problems({"type": "modal", "blocks": blocks})
    title = {"type": "plain_text", "text": "Title"}
    assert view_problems({"type": "home", "title": title, "blocks": blocks})
    assert view_problems({"type": "home", "blocks": blocks}) == []
