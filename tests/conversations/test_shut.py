"""Somebody whose notes do not open: one kind question at every visit, and only their yes erases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library, shut
from conversations.organisation import Organisation
from conversations.turn import Reply

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.turn import Turn

OPENED = Reply(week=2969, seed="0a1b2c3d", language="nl")


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("mill", "bureau", "NL"))


def buttons(turn: Turn) -> list[str]:
    assert turn.prompt is not None
    return [button.name for button in (*turn.prompt.options, *turn.prompt.controls)]


@pytest.mark.parametrize(
    "reply",
    [
        OPENED,
        replace(OPENED, said="hallo"),
        replace(OPENED, said="wis alles"),
        replace(OPENED, said="ja"),
        replace(OPENED, pressed="start", token="new.nl.promise"),
        replace(OPENED, pressed="forget"),
        replace(OPENED, pressed="7", token="0badcafe.4"),
    ],
)
def test_whatever_they_do_they_are_told_and_asked_and_nothing_is_erased(
    scripts: Scripts, reply: Reply
) -> None:
    turn = shut.answer(scripts, reply)

    assert turn.says == (scripts.phrases.shut.nl,)
    assert buttons(turn) == ["forget_yes", "forget_no", "help", "about"]
    assert (turn.fate, turn.session) == ("leave", None)


@pytest.mark.parametrize(
    "reply",
    [replace(OPENED, pressed="forget_yes"), replace(OPENED, said="Ja, graag", token=shut.TOKEN)],
)
def test_their_yes_erases_and_all_begins(scripts: Scripts, reply: Reply) -> None:
    turn = shut.answer(scripts, reply)

    assert (turn.fate, turn.session) == ("erase", None)
    assert turn.says[0] == scripts.phrases.forgotten.nl
    assert turn.prompt is not None
    assert turn.prompt.token == "new.nl.promise"


@pytest.mark.parametrize(
    "reply",
    [replace(OPENED, pressed="forget_no"), replace(OPENED, said="nee", token=shut.TOKEN)],
)
def test_their_no_leaves_all_as_it_is(scripts: Scripts, reply: Reply) -> None:
    turn = shut.answer(scripts, reply)

    assert turn.says == (scripts.phrases.left_shut.nl,)
    assert (turn.fate, turn.prompt) == ("leave", None)


@pytest.mark.parametrize("reply", [replace(OPENED, said="help"), replace(OPENED, pressed="help")])
def test_help_is_there_too_and_the_question_stays(scripts: Scripts, reply: Reply) -> None:
    turn = shut.answer(scripts, reply)

    assert scripts.phrases.help_intro[0].nl in turn.says
    assert buttons(turn) == ["forget_yes", "forget_no", "help", "about"]
    assert turn.fate == "leave"


@pytest.mark.parametrize(
    "reply", [replace(OPENED, said="wie ziet dit?"), replace(OPENED, pressed="about")]
)
def test_who_sees_this_is_answered_too_and_the_question_stays(
    scripts: Scripts, reply: Reply
) -> None:
    turn = shut.answer(scripts, reply)

    assert scripts.phrases.about_operator["bureau"].nl in turn.says
    assert turn.prompt is not None
    assert turn.prompt.token == shut.TOKEN
    assert turn.fate == "leave"


def test_words_of_danger_bring_the_help_card_and_erase_nothing(scripts: Scripts) -> None:
    turn = shut.answer(scripts, replace(OPENED, said="ik wil dood"))

    assert scripts.phrases.crisis_intro[0].nl in turn.says
    assert (turn.fate, turn.session) == ("leave", None)


def test_where_the_language_is_not_known_all_is_said_in_both(scripts: Scripts) -> None:
    unknown = replace(OPENED, language=None)
    asked = shut.answer(scripts, unknown)
    erased = shut.answer(scripts, replace(unknown, pressed="forget_yes"))

    assert asked.says == (scripts.phrases.shut.nl, scripts.phrases.shut.en)
    assert asked.prompt is not None
    assert {scripts.phrases.forgotten.nl, scripts.phrases.forgotten.en} <= set(erased.says)
    assert erased.prompt is not None
    assert all(len(each.label) <= 75 for each in asked.prompt.options)
