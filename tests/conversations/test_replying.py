"""Replies to an answer: most get none, and each kind keeps to its rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations import replying
from conversations.ear import Heard
from conversations.session import Answer, Session, Spot
from conversations.turn import Prompt, Turn
from tests.support.listening import lexicon, scripts, talker

PROMPT = Prompt(token="t", kind="open", ask="?")
START = Session(id="aa", language="nl", at=Spot("talk", 1, "a"), typed=1, begun=True)


def reply(heard: Heard, before: Session = START, after: Session | None = None) -> str:
    """The key of the reply that was given, or nothing."""
    turn = Turn(after or before, "write", "nl", prompt=PROMPT)
    done = replying.answered(scripts(), before, turn, heard)
    assert done.session is not None
    new = done.session.replies[len((after or before).replies) :]
    assert bool(new) is bool(done.says)
    return new[0] if new else ""


@pytest.mark.parametrize(
    ("heard", "key"),
    [
        (Heard(), ""),
        (Heard(themes=("workload",)), "R1.workload"),
        (Heard(themes=("workload", "manager")), ""),
        (Heard(feelings=("angry",), heavy=True), "R2"),
        (Heard(feelings=("angry", "sad"), heavy=True), ""),
        (Heard(themes=("loyalty", "leaving")), "R3.loyalty.leaving"),
        (Heard(themes=("shame",), heavy=True), "R6"),
        (Heard(themes=("threat",), heavy=True), ""),
        (Heard(themes=("workload",), length=61), ""),
        (Heard(themes=("workload",), length=60), "R1.workload"),
        (Heard(themes=("workload",), foreign=True), ""),
    ],
)
def test_the_first_reply_that_fits_is_given(heard: Heard, key: str) -> None:
    assert reply(heard) == key


def test_no_two_of_a_kind_come_in_a_row_and_none_comes_twice() -> None:
    before = replace(START, typed=9, replies=("R1.workload",))

    assert reply(Heard(themes=("manager",)), before) == ""
    assert reply(Heard(feelings=("angry",), heavy=True), before) == "R2"
    later = replace(before, replies=("R1.workload", "R2"))
    assert reply(Heard(themes=("workload",)), later) == ""
    assert reply(Heard(themes=("manager",)), later) == "R1.manager"


def test_at_most_every_other_answer_gets_one() -> None:
    before = replace(START, replies=("R2",))

    assert reply(Heard(themes=("manager",)), replace(before, typed=2)) == ""
    assert reply(Heard(themes=("manager",)), replace(before, typed=3)) == "R1.manager"


def test_a_shift_is_named_to_somebody_who_began_low() -> None:
    heard = Heard(feelings=("hopeful",))
    low = replace(START, typed=9, replies=("R2",), slots={"frame.clarity_before": Answer(number=4)})

    assert reply(heard, low) == "R4"
    high = replace(low, slots={"frame.clarity_before": Answer(number=6)})
    assert reply(heard, high) == ""


def test_nothing_cheerful_is_said_to_or_after_something_heavy() -> None:
    assert reply(Heard(feelings=("hopeful",))) == "R2"
    assert reply(Heard(feelings=("hopeful",), themes=("threat",), heavy=True)) == ""
    assert reply(Heard(feelings=("hopeful",)), replace(START, heavy=True)) == ""


def test_a_word_that_tones_down_gets_the_softer_sentence() -> None:
    feeling = lexicon().feelings["tired"]
    firm, soft = (
        next(replying.fitting(lexicon(), Heard(feelings=("tired",), intensity=tone)))
        for tone in (1, -1)
    )

    assert firm.texts == (feeling.firm,)
    assert soft.texts == (feeling.soft,)


def test_a_script_that_says_something_itself_gets_no_reply_beside_it() -> None:
    turn = Turn(START, "write", "nl", says=("Oké.",), prompt=PROMPT)

    assert replying.answered(scripts(), START, turn, Heard(themes=("workload",))) is turn


def test_a_reply_comes_before_the_next_question_and_survives_the_row() -> None:
    me = talker()

    assert me.say("de werkdruk is veel te hoog").says == (
        lexicon().themes["workload"].reflect[0].nl,
    )
    assert me.session is not None
    assert me.session.replies == ("R1.workload",)
    assert me.say("mijn leidinggevende vraagt nooit wat ik vind").says == ()


def test_a_reflection_of_the_script_wins_but_never_twice_running() -> None:
    own = 'heard: { workload: { nl: "Eigen zin.", en: "Own." } }'
    me = talker(extra=own)

    assert me.say("de werkdruk is veel te hoog").says == ("Eigen zin.",)
    assert me.session is not None
    blocked = replace(me.session, at=Spot("talk", 1, "a"), typed=1, replied=1)
    me.session = blocked
    assert me.say("de werkdruk is veel te hoog").says == ()


def test_what_a_conversation_is_about_anyway_is_not_said_back() -> None:
    talk = scripts().tracks["talk"].model_copy(update={"themes": ("workload",)})
    about_work = replace(scripts(), tracks={"talk": talk})
    heard = Heard(themes=("workload",))
    turn = Turn(START, "write", "nl", prompt=PROMPT)

    assert replying.answered(scripts(), START, turn, heard).says
    assert replying.answered(about_work, START, turn, heard).says == ()


def test_a_question_that_does_not_listen_gets_what_its_script_says_and_nothing_else() -> None:
    words = "mijn leidinggevende en niemand anders"
    deaf = talker(extra="listen: false")
    own = talker(extra='listen: false\n    heard: { manager: { nl: "Eigen.", en: "Own." } }')

    assert talker().say(words).says == (lexicon().themes["manager"].reflect[0].nl,)
    assert deaf.say(words).says == ()
    assert own.say(words).says == ("Eigen.",)


def test_which_feeling_somebody_had_is_kept_nowhere() -> None:
    me = talker()
    me.say("ik ben zo boos hierover")

    assert me.session is not None
    assert me.session.replies == ("R2",)


def test_somebody_who_writes_in_the_other_language_is_offered_it_once() -> None:
    me = talker()
    english = "I think that this is not really what I want to do"

    assert me.say(english).says == ("language en",)
    assert "language en" not in me.say(english).says
