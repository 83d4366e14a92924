"""What goes to a coach was shown before, to whom and what; and the chat tells nobody who asked one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.caseports import Listed, Request
from conversations.cases import Card, Letter, News, Times, Write
from conversations.desk import screens
from conversations.desk.places import Place
from conversations.organisation import Organisation
from tests.conversations.test_handoff import ANNE, BRAM, COACHING, Asker, sent

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.turn import Turn

WEEK = 2970


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("mill", "bureau", country="NL"))


def begun(scripts: Scripts) -> Asker:
    me = Asker(scripts)
    me.press("lobby")
    me.press("private")
    me.press("4")
    return me


@pytest.fixture
def me(scripts: Scripts) -> Asker:
    """Somebody whose card was sent to Anne, who has it."""
    asker = begun(scripts)
    sent(asker)
    asker.news(News("answered", coach=ANNE))
    asker.press("coach")
    return asker


def offer(number: int, stamp: int, *times: str) -> Letter:
    return Letter(
        f"{number}" * 32, "coach", "times", stamp, WEEK, times=Times(times, "place", "hal")
    )


@pytest.mark.parametrize(("asks", "words"), [("reveal", "Robin"), ("write", "dank je, Anne")])
def test_what_was_written_for_one_coach_does_not_go_to_the_next(
    me: Asker, scripts: Scripts, asks: str, words: str
) -> None:
    me.press(asks)
    me.say(words)
    me.news(News("opened", coach=BRAM))
    turn = me.press("send")
    assert not any(isinstance(act, Write) for act in me.acts)
    assert scripts.coach.not_available.nl in turn.says
    assert any("Bram" in said for said in turn.says)


def test_once_the_next_coach_was_shown_it_can_go_to_them(me: Asker) -> None:
    me.news(News("opened", coach=BRAM))
    me.press("coach")
    me.press("write")
    me.say("dag Bram")
    me.press("send")
    assert me.acts[-1] == Write("words", words="dag Bram")


def test_times_that_were_offered_meanwhile_are_not_chosen_unseen(
    me: Asker, scripts: Scripts
) -> None:
    first, second = offer(1, 1, "dinsdag 10:00"), offer(2, 2, "vrijdag 9:00")
    me.news(News("answered", coach=ANNE, letters=(first,)))
    me.press("coach")
    me.news(News("answered", coach=ANNE, letters=(first, second)))
    turn = me.press("time_0")
    assert not any(isinstance(act, Write) for act in me.acts)
    assert scripts.phrases.old_button.nl in turn.says
    me.press("time_0")
    assert me.acts[-1] == Write("choice", chosen=0)


def test_a_coach_reads_the_time_that_was_chosen_whatever_they_offer_afterwards(
    scripts: Scripts,
) -> None:
    chosen = Letter("3" * 32, "person", "choice", 2, WEEK, chosen=0)
    letters = (offer(1, 1, "dinsdag 10:00"), chosen, offer(2, 2, "vrijdag 9:00"))
    listed = Listed("0" * 32, "Rustige Reiger", "nl", "mill", WEEK, True, "answered", False)
    read = screens.case(scripts, Place("nl", "case"), Request(listed, Card(()), None, letters))
    assert read.sheet is not None
    assert "Gekozen: dinsdag 10:00" in [line.words for line in read.sheet.lines]


def in_the_chat(me: Asker) -> Turn:
    """The conversation goes on in the chat."""
    me.press("coach_leave")
    me.surface = "chat"
    me.say("hallo")
    return me.press("chat")


def shown(turn: Turn) -> tuple[object, ...]:
    """All of a turn that stands in a message, but for its tokens."""
    assert turn.prompt is not None
    return turn.says, replace(turn.prompt, token="")


def test_the_chat_reads_alike_for_who_asked_a_coach_and_who_did_not(
    me: Asker, scripts: Scripts
) -> None:
    other = begun(scripts)
    other.surface = "chat"
    other.say("hallo")
    other.press("chat")
    in_the_chat(me)
    answer = Letter("1" * 32, "coach", "words", 1, WEEK, "wat wil je behouden?")
    me.news(News("answered", coach=ANNE, letters=(answer,)))
    assert shown(me.say("hallo")) == shown(other.say("hallo"))
    assert scripts.coach.answer_here.nl not in me.turn.says


def test_forgetting_in_the_chat_reads_the_same_for_everybody(me: Asker, scripts: Scripts) -> None:
    other = begun(scripts)
    other.surface = "chat"
    in_the_chat(me)
    me.press("forget")
    assert shown(me.turn) == shown(other.press("forget"))
    assert me.turn.says == (scripts.phrases.forget_in_chat.nl,)
    other.coaching = replace(COACHING, coaches=())
    assert other.press("forget").says == ()
    me.press("forget_yes")
    assert me.session is None
