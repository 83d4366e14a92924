"""Where a conversation is held, and what the chat may show of one that is held in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.organisation import Organisation
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.turn import Turn

OPTIONS = ("private", "chat")
WORDS = "ik schaam me dat ik niet weet wat ik wil"


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("example", "bureau", country="NL"))


@pytest.fixture
def me(scripts: Scripts) -> Talker:
    """Somebody in the chat."""
    talker = Talker(scripts)
    talker.surface = "chat"
    return talker


def names(turn: Turn) -> tuple[str, ...]:
    assert turn.prompt is not None
    return tuple(button.name for button in turn.prompt.options)


def in_the_window(me: Talker) -> Turn:
    """To the first question of T4, in the private window."""
    me.open()
    me.surface = "private"
    me.press("private")
    me.press("4")
    return me.press("t4")


def test_first_contact_in_the_chat_offers_the_window_first_and_then_the_chat(me: Talker) -> None:
    turn = me.open()
    assert names(turn) == OPTIONS
    assert any("archief" in said for said in turn.says)
    assert me.session is None


def test_outside_the_chat_there_is_one_way_to_begin(me: Talker) -> None:
    me.surface = "private"
    assert names(me.open()) == ("start",)
    me.surface = None
    assert names(me.open()) == ("start",)


def test_the_choice_leads_to_the_first_question_and_is_kept_with_the_first_answer(
    me: Talker,
) -> None:
    me.open()
    assert me.press("chat").prompt is not None
    assert me.session is None
    me.press("4")
    assert me.session is not None
    assert me.session.surface == "chat"


def test_typed_words_before_the_choice_begin_nothing(me: Talker) -> None:
    me.open()
    assert names(me.say("ik wil gewoon praten over mijn werk")) == OPTIONS
    assert me.session is None


def test_whoever_talks_in_the_window_finds_nothing_of_it_in_the_chat(me: Talker) -> None:
    question = in_the_window(me)
    assert question.prompt is not None
    told = {question.prompt.ask, *question.says}
    me.surface = "chat"
    for turn in (
        me.open(),
        me.say("hallo"),
        me.say("wie ziet dit"),
        me.press("help"),
        me.press("skip"),
    ):
        assert turn.sheet is None
        assert turn.prompt is not None
        assert names(turn) == OPTIONS
        assert not told & {turn.prompt.ask, *turn.says}


def test_words_in_the_chat_are_no_answer_and_are_not_kept(me: Talker) -> None:
    in_the_window(me)
    me.surface = "chat"
    before = me.session
    turn = me.say(WORDS)
    assert names(turn) == OPTIONS
    assert turn.fate == "leave"
    assert me.session == before


def test_danger_is_heard_in_the_chat_too(me: Talker) -> None:
    in_the_window(me)
    me.surface = "chat"
    turn = me.say("ik wil dood")
    assert any("113" in said for said in turn.says)
    assert names(me.press("go_on")) == OPTIONS


def test_the_chat_goes_on_where_the_window_was_only_when_they_choose_so(me: Talker) -> None:
    question = in_the_window(me)
    me.surface = "chat"
    turn = me.press("chat")
    assert turn.prompt is not None
    assert question.prompt is not None
    assert turn.prompt.ask == question.prompt.ask
    assert me.session is not None
    assert me.session.surface == "chat"


def test_a_stop_in_the_window_says_nothing_of_it_in_the_chat_later(me: Talker) -> None:
    in_the_window(me)
    me.press("stop")
    me.surface = "chat"
    assert names(me.say("hoi")) == OPTIONS


def test_a_wish_to_be_forgotten_works_in_the_chat(me: Talker) -> None:
    in_the_window(me)
    me.surface = "chat"
    assert names(me.say("wis alles")) == ("forget_yes", "forget_no")
    assert names(me.press("forget_no")) == OPTIONS
    me.say("wis alles")
    me.press("forget_yes")
    assert me.session is None


def test_a_repeated_event_shows_nothing_of_the_window_in_the_chat(me: Talker) -> None:
    in_the_window(me)
    assert me.session is not None
    me.session = replace(me.session, seen=("ab",))
    me.surface = "chat"
    assert names(me.say(WORDS, event="ab")) == OPTIONS


@pytest.mark.parametrize("begun", [True, False])
def test_where_only_the_window_is_allowed_the_chat_is_the_same_for_everybody(
    scripts: Scripts, begun: bool
) -> None:
    only = replace(scripts, organisation=replace(scripts.organisation, surface="private"))
    me, other = Talker(only), Talker(only)
    other.surface = "chat"
    if begun:
        in_the_window(me)
    me.surface = "chat"
    first, mine = other.open(), me.say("hallo")
    assert mine.says[-4:] == first.says == mine.says[-len(first.says) :]
    assert first.prompt is not None
    assert mine.prompt is not None
    assert mine.prompt == first.prompt
    assert names(first) == ("private",)
    assert names(me.press("chat")) == names(me.press("start")) == ("private",)


def test_the_chat_does_not_tell_that_somebody_was_here_before(me: Talker, scripts: Scripts) -> None:
    in_the_window(me)
    me.scripts = replace(scripts, organisation=replace(scripts.organisation, surface="private"))
    me.surface = "chat"
    other = Talker(me.scripts)
    other.surface = "chat"
    assert me.open().says == other.open().says
    me.surface = "private"
    assert scripts.phrases.changes["surface"].nl in me.open().says


def test_where_only_the_window_is_allowed_everybody_is_told_that_it_changed(
    scripts: Scripts,
) -> None:
    me = Talker(scripts)
    me.surface = "private"
    in_the_window(me)
    me.scripts = replace(scripts, organisation=replace(scripts.organisation, surface="private"))
    me.surface = "private"
    assert scripts.phrases.changes["surface"].nl in me.open().says
