"""What changed in the organisation is told once to whoever comes back, before the next question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.organisation import FACTS, Fact, Organisation
from conversations.script import LANGUAGES, Language
from tests.support import content
from tests.support.talker import Talker

BEFORE = Organisation("mill", "bureau", "NL", 90)
AFTER = Organisation("mill", "employer", "NL", 30)


@pytest.fixture
def me() -> Talker:
    talker = Talker(content.scripts().of(BEFORE))
    talker.to_track("walk")
    return talker


def test_a_change_is_told_once_and_before_the_question(me: Talker) -> None:
    me.scripts = me.scripts.of(AFTER)
    turn = me.press("wood")

    assert turn.says[:3] == ("changed_retention nl", "changed_operator nl", "employer nl")
    assert turn.prompt is not None
    assert not any(said.startswith("changed_") for said in me.press("8").says)


def test_it_is_told_to_somebody_who_only_says_hello(me: Talker) -> None:
    me.say("stop")
    me.scripts = me.scripts.of(replace(BEFORE, retention_days=30))
    turn = me.say("hallo")

    assert turn.says[0] == "changed_retention nl"
    assert turn.fate == "write"


def test_nothing_is_told_when_nothing_changed_or_to_somebody_new(me: Talker) -> None:
    assert not any("changed" in said for said in me.press("wood").says)
    new = Talker(content.scripts().of(AFTER))
    new.to_track("walk")
    assert not any("changed" in said for said in new.press("wood").says)


def test_a_session_from_before_facts_were_noted_learns_them_quietly(me: Talker) -> None:
    assert me.session is not None
    me.session = replace(me.session, facts=())
    assert not any("changed" in said for said in me.press("wood").says)
    me.scripts = me.scripts.of(AFTER)

    assert "changed_operator nl" in me.press("8").says


def test_a_help_card_comes_first_and_the_change_is_told_after_it(me: Talker) -> None:
    me.scripts = me.scripts.of(AFTER)
    card = me.say("ik wil er niet meer zijn")
    assert not any("changed" in said for said in card.says)

    assert "changed_operator nl" in me.press("go_on").says


def test_reading_my_data_stays_without_a_trace_and_the_change_waits(me: Talker) -> None:
    me.scripts = me.scripts.of(AFTER)
    before = me.session
    assert me.press("mydata").fate == "leave"
    assert me.session is before

    assert "changed_operator nl" in me.press("wood").says


def test_the_end_asks_no_question_and_tells_no_change(me: Talker) -> None:
    me.scripts = me.scripts.of(AFTER)
    assert not any("changed" in said for said in me.say("stop").says)

    assert "changed_operator nl" in me.say("hallo").says


@pytest.mark.parametrize("place", range(len(FACTS)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_change_has_its_own_sentence(place: int, language: Language) -> None:
    scripts = content.packaged()
    me = Talker(scripts, language)
    me.to_track("t1")
    assert me.session is not None
    facts = list(me.session.facts)
    facts[place] = "something else"
    me.session = replace(me.session, facts=tuple(facts))
    kind: Fact = FACTS[place]
    expected = scripts.phrases.changes[kind].to(language).replace("{days}", "90")

    assert me.press("skip").says[0] == expected
