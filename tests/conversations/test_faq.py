"""A question to the bot is answered at any point, and then the open question is there again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from conversations import faq, library
from conversations.organisation import Organisation
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts

ASKED = "ziet mijn baas dit?"


@cache
def packaged() -> Scripts:
    return library.load().of(Organisation("bureau", "bureau"))


@pytest.fixture
def me() -> Talker:
    return Talker(packaged())


def answer(name: str, operator: str = "bureau") -> tuple[str, ...]:
    entry = packaged().faq[name]
    own = [text.to("nl") for who, text in entry.operator.items() if who == operator]
    return (*(text.to("nl") for text in entry.answer), *own)


def test_there_are_ten_or_more() -> None:
    assert len(packaged().faq) >= 10


def test_in_the_middle_of_a_subject_it_is_answered_and_fills_nothing(me: Talker) -> None:
    asked = me.to_track("t4")
    before = me.session

    turn = me.say(ASKED)

    assert turn.says == answer("seen")
    assert turn.prompt == asked.prompt
    assert (turn.fate, me.session) == ("leave", before)


def test_at_the_promise_it_is_answered_and_nothing_is_kept(me: Talker) -> None:
    me.open()

    turn = me.say("ben je een ai")

    assert turn.says == answer("program")
    assert turn.fate == "leave"
    assert me.step == "frame.promise"


def test_the_answer_is_that_of_whoever_runs_the_server() -> None:
    employed = packaged().of(Organisation("mill", "employer"))
    me = Talker(employed)
    me.to_track("t4")

    assert me.say(ASKED).says == answer("seen", "employer")


def test_before_a_language_is_known_it_is_answered_in_its_own() -> None:
    me = Talker(packaged(), language=None)
    me.open()

    turn = me.say("are you a person?")

    assert turn.says[0] == packaged().faq["program"].answer[0].to("en")
    assert turn.prompt is not None
    assert [button.name for button in turn.prompt.options] == ["nl", "en"]


def test_a_question_in_the_other_language_is_answered_in_that_of_the_talk(me: Talker) -> None:
    me.to_track("t4")

    assert me.say("does my boss see this?").says == answer("seen")


def test_after_a_stop_it_is_answered_and_the_talk_goes_on(me: Talker) -> None:
    asked = me.to_track("t4")
    me.press("stop")

    turn = me.say(ASKED)

    assert turn.says == answer("seen")
    assert turn.prompt == asked.prompt
    assert me.session is not None
    assert me.session.paused is None


def test_while_a_help_card_stands_it_is_answered_and_the_card_stays(me: Talker) -> None:
    me.to_track("t4")
    card = me.say("ik wil er niet meer zijn")
    assert card.prompt is not None
    before = me.session

    turn = me.say("leest er iemand mee?")

    assert turn.says[: len(answer("reading"))] == answer("reading")
    assert turn.prompt is not None
    assert turn.prompt.options == card.prompt.options
    assert me.session is not None
    assert before is not None
    assert me.session.paused == before.paused


def test_danger_comes_before_any_answer(me: Talker) -> None:
    me.to_track("t4")

    turn = me.say("ziet mijn baas dit? ik wil er niet meer zijn")

    assert me.session is not None
    assert me.session.paused is not None
    assert answer("seen")[0] not in turn.says


@pytest.mark.parametrize(
    "words",
    [
        "mijn baas ziet dit niet",
        "ik weet niet wie ik ben in dit werk",
        "het kost me te veel",
        "ik ben zo bang: ziet mijn baas dit als verraad, en krijg ik dan nooit meer zo'n project",
    ],
)
def test_an_answer_about_work_is_an_answer(words: str) -> None:
    assert faq.find(packaged().faq, words, "nl") is None
