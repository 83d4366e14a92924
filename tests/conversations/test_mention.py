"""The coach is named unasked only where the rule holds, once, and not after a no."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from conversations import library, mention
from conversations.script import Offer
from conversations.session import Answer, Session, Spot
from tests.support.talker import WEEK, Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts

STUCK, SOON = "ik kom er niet uit", "ik moet volgende week beslissen"


@cache
def packaged() -> Scripts:
    return library.load()


def offer() -> Offer:
    step = packaged().frame.steps["coach"]
    assert isinstance(step, Offer)
    return step


def session(clarity: int | None = None, **fields: Any) -> Session:
    slots = {} if clarity is None else {"frame.clarity_after": Answer(number=clarity)}
    at = Spot("frame", 1, "small_step")
    return replace(Session("a", "nl", at, slots=slots, begun=True, week=WEEK), **fields)


KNOWN: dict[str, Any] = {"kept": True, "talked": ("workload",), "known": ("workload",)}


@pytest.mark.parametrize(
    ("case", "due"),
    [
        (session(), False),
        (session(signs=("asked",)), True),
        (session(clarity=2), False),
        (session(signs=("stuck",)), False),
        (session(**KNOWN), False),
        (session(clarity=4, signs=("stuck",)), True),
        (session(clarity=5, signs=("stuck",)), False),
        (session(signs=("stuck", "soon")), True),
        (session(clarity=0, **KNOWN), True),
        (session(clarity=0, **{**KNOWN, "kept": False}), False),
        (session(clarity=0, **{**KNOWN, "known": ("pay",)}), False),
        (session(signs=("asked",), offered=True), False),
        (session(signs=("asked",), heard=("shame",)), False),
        (session(signs=("asked",), track=Spot("t12", 1, "end")), False),
    ],
)
def test_one_wish_or_two_signs(case: Session, due: bool) -> None:
    assert mention.due(case, offer()) is due


@pytest.mark.parametrize(
    ("talks", "weeks", "due"),
    [(1, 20, False), (3, 20, False), (4, 20, True), (4, 5, False), (4, 6, True), (9, 4, False)],
)
def test_after_not_now_it_is_silent_for_three_talks_and_thirty_days(
    talks: int, weeks: int, due: bool
) -> None:
    said_no = mention.ended(mention.declined(session(signs=("asked",))))
    for _ in range(talks - 1):
        said_no = mention.ended(said_no)
    later = replace(said_no, signs=("asked",), week=WEEK + weeks)

    assert mention.due(later, offer()) is due


def test_thirty_days_lie_between_whatever_the_weekdays() -> None:
    """From a Sunday to the Monday of the first week that counts."""
    days = (mention.QUIET_WEEKS + 1) * 7 - 6

    assert days >= 30


def test_themes_are_remembered_of_kept_talks_only() -> None:
    talk = session(talked=("workload",), heard=("workload",), signs=("stuck",), offered=True)

    kept, left = mention.ended(replace(talk, kept=True)), mention.ended(talk)

    assert (kept.known, left.known) == (("workload",), ())
    assert (kept.talked, kept.heard, kept.signs, kept.offered, kept.talks) == ((), (), (), False, 1)


def to_small_step(*said: str, clarity: str = "3") -> Talker:
    me = Talker(packaged())
    me.to_track("t5")
    me.press("nobody")
    me.press("thinking")
    for words in said:
        me.say(words)
    while me.turn.sheet is None:
        prompt = me.turn.prompt
        assert prompt is not None
        me.press("5" if prompt.scale else prompt.options[0].name)
    me.press("right")
    me.press(clarity)
    return me


def test_the_offer_comes_after_the_small_step_with_two_equal_buttons() -> None:
    me = to_small_step(f"Nou, {STUCK} en dat al een hele tijd.")

    turn = me.press("nothing")

    assert me.step == "frame.coach"
    assert turn.prompt is not None
    assert [button.name for button in turn.prompt.options] == ["accept", "decline"]
    assert {button.name for button in turn.prompt.controls} >= {"skip", "stop", "help"}


def test_accepting_leads_into_the_conversation_about_coaching() -> None:
    me = to_small_step(f"Nou, {STUCK} en dat al een hele tijd.")
    me.press("nothing")

    me.press("accept")

    assert me.step == f"t12.{packaged().tracks['t12'].start}"


def test_not_now_leads_on_and_is_remembered() -> None:
    me = to_small_step(f"Nou, {STUCK} en dat al een hele tijd.")
    me.press("nothing")

    me.press("decline")

    assert me.step == "frame.keep"
    assert me.session is not None
    assert (me.session.quiet_talk, me.session.quiet_week) == (1, WEEK)


def test_without_a_reason_nobody_hears_of_a_coach() -> None:
    me = to_small_step(clarity="9")

    me.press("nothing")

    assert me.step == "frame.keep"
    assert me.session is not None
    assert not me.session.offered


def test_the_coach_is_not_named_in_answer_to_shame() -> None:
    me = to_small_step(f"Nou, {STUCK} en dat al een hele tijd.")
    shame = packaged().lexicon.themes["shame"].nl.hits[0]

    me.say(shame)

    assert me.step == "frame.keep"


def test_a_help_card_does_not_lead_to_a_coach() -> None:
    me = to_small_step(f"Nou, {STUCK} en dat al een hele tijd.")

    me.say("ik wil er niet meer zijn")

    assert me.session is not None
    assert me.session.paused is not None
    assert me.step == "frame.small_step"


def test_asking_the_bot_for_a_coach_is_answered_and_remembered_till_the_end() -> None:
    me = to_small_step(clarity="9")

    turn = me.say("kan ik een coach spreken?")
    assert turn.says == (
        packaged().coach.none_self.nl,
        packaged().faq["coach"].answer[0].to("nl"),
    )
    assert me.step == "frame.small_step"
    me.press("nothing")

    assert me.step == "frame.coach"
