"""What stands outside of every conversation, and nothing of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.organisation import Organisation
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("example", "bureau", country="NL"))


@pytest.fixture
def me(scripts: Scripts) -> Talker:
    talker = Talker(scripts)
    talker.surface = "private"
    return talker


def test_it_holds_what_this_is_the_promise_and_the_way_in(me: Talker, scripts: Scripts) -> None:
    turn = me.press("lobby")
    promise = scripts.frame.steps["promise"]
    assert {text.nl for text in scripts.phrases.home.what} < set(turn.says)
    assert {text.nl for text in promise.say} < set(turn.says)  # type: ignore[union-attr]
    assert turn.prompt is not None
    assert [(each.name, each.label) for each in turn.prompt.options] == [
        ("private", "Beginnen"),
        ("unlock", "Open mijn slot"),
    ]
    assert [each.name for each in turn.prompt.controls] == ["help", "about", "language"]
    assert turn.fate == "leave"


def test_begin_leads_to_the_first_question(me: Talker) -> None:
    me.press("lobby")
    turn = me.press("private")
    assert turn.prompt is not None
    assert turn.prompt.kind == "scale"


def test_in_a_conversation_it_offers_to_go_on_and_shows_nothing_of_it(me: Talker) -> None:
    me.press("lobby")
    new = me.turn.says
    me.press("private")
    me.press("4")
    question = me.press("t4")
    turn = me.press("lobby")
    assert turn.says == new
    assert turn.sheet is None
    assert turn.prompt is not None
    assert [each.label for each in turn.prompt.options] == ["Verdergaan", "Mijn gegevens"]
    assert [each.name for each in turn.prompt.controls] == ["help", "about", "language", "forget"]
    assert turn.fate == "leave"
    again = me.press("private")
    assert again.prompt is not None
    assert question.prompt is not None
    assert again.prompt.ask == question.prompt.ask


def test_without_a_language_it_speaks_both_and_asks(scripts: Scripts) -> None:
    me = Talker(scripts, language=None)
    turn = me.press("lobby")
    assert turn.prompt is not None
    assert [each.name for each in turn.prompt.options] == ["nl", "en"]
    assert len(turn.says) == len({*turn.says}) == 2


def test_it_does_not_use_up_the_news_of_what_changed(me: Talker, scripts: Scripts) -> None:
    me.press("lobby")
    me.press("private")
    me.press("4")
    shorter = replace(scripts.organisation, retention_days=30)
    me.scripts = scripts.of(shorter)
    lobby = me.press("lobby")

    assert lobby.fate == "leave"
    assert not [said for said in lobby.says if "30" in said]
    assert [said for said in me.press("private").says if "30" in said]
