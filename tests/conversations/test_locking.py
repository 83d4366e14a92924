"""Before a lock is set, its price is said; and no turn of the engine holds a code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations import locking
from conversations.script import LANGUAGES, Language
from tests.support import content
from tests.support.talker import Talker


@pytest.fixture
def me() -> Talker:
    talker = Talker(content.scripts())
    talker.to_track("walk")
    return talker


def names(talker: Talker) -> list[str]:
    assert talker.turn.prompt is not None
    return [button.name for button in talker.turn.prompt.options]


@pytest.mark.parametrize("way", ["typed", "pressed"])
def test_it_is_said_to_be_final_before_anything_is_set(me: Talker, way: str) -> None:
    turn = me.say("slot erop") if way == "typed" else me.press("lock")

    assert turn.says == ("lock_offer nl",)
    assert names(me) == ["lock_yes", "lock_no"]
    assert turn.wish is None
    assert me.session is not None
    assert not me.session.locked


@pytest.mark.parametrize(("language", "word"), [("nl", "definitief"), ("en", "final")])
def test_the_offer_says_that_a_lost_code_is_final(language: Language, word: str) -> None:
    texts = [text.to(language) for text in content.packaged().phrases.lock.offer]

    assert any(word in text for text in texts)


def test_a_code_is_wished_for_only_after_the_offer(me: Talker) -> None:
    assert me.press("lock_yes").wish is None
    assert names(me) == ["lock_yes", "lock_no"]

    turn = me.press("lock_yes")
    assert turn.wish == "passphrase"
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"
    assert turn.sheet is None


def test_a_typed_yes_and_no_are_understood_and_are_no_answers(me: Talker) -> None:
    me.say("slot erop")
    assert me.say("ja").wish == "passphrase"
    turn = me.say("nee")

    assert me.step == "walk.where"
    assert turn.prompt is not None
    assert turn.prompt.kind == "choice"
    assert me.session is not None
    assert me.session.paused is None
    assert "walk.where" not in me.session.slots


def test_other_words_bring_the_offer_back_and_are_kept_nowhere(me: Talker) -> None:
    me.say("slot erop")
    me.say("hmm misschien wel")

    assert names(me) == ["lock_yes", "lock_no"]
    assert me.session is not None
    assert "walk.where" not in me.session.slots


@pytest.mark.parametrize("pressed", ["lock", "lock_yes", "lock_no", "unlock"])
def test_a_help_card_is_never_pushed_aside(me: Talker, pressed: str) -> None:
    me.say("ik wil er niet meer zijn")
    card = names(me)
    me.press(pressed)

    assert names(me) == card


def test_a_code_that_is_typed_among_words_is_no_answer_and_is_kept_nowhere(me: Talker) -> None:
    me.press("lock_no")
    before = me.session
    turn = me.say("mijn code is 7K2M-9xqa0-v3tf")

    assert turn.says == ("lock_where_to_type nl",)
    assert turn.fate == "leave"
    assert me.session is before


def test_there_is_nothing_to_lock_before_the_first_answer() -> None:
    me = Talker(content.scripts())
    me.open()

    assert me.say("slot erop").says == ("lock_nothing_to_lock nl",)
    assert me.session is None


def test_the_way_to_a_lock_stands_with_the_promise_and_only_there(me: Talker) -> None:
    assert me.turn.prompt is not None
    assert "unlock" not in [button.name for button in me.turn.prompt.controls]
    other = Talker(content.scripts())
    first = other.open().prompt

    assert first is not None
    assert "unlock" in [button.name for button in first.controls]


def test_asking_for_the_code_writes_nothing_and_takes_no_words() -> None:
    me = Talker(content.scripts())
    me.open()
    turn = me.press("unlock")

    assert turn.prompt is not None
    assert (turn.prompt.kind, turn.prompt.typed, turn.fate) == ("secret", False, "leave")
    assert me.session is None


def test_a_locked_session_says_so_and_offers_no_second_lock(me: Talker) -> None:
    assert me.session is not None
    me.session = replace(me.session, locked=True)

    assert me.say("slot erop").says == ("lock_already nl",)
    assert me.press("unlock").says == ("lock_already nl",)


@pytest.mark.parametrize("locked", [False, True])
def test_after_erasing_only_somebody_without_a_code_is_told_what_may_lie_behind_a_lock(
    me: Talker, locked: bool
) -> None:
    assert me.session is not None
    me.session = replace(me.session, locked=locked)
    me.say("vergeet mij")
    told = me.press("forget_yes").says

    assert told[:2] == ("forgotten nl", "copies nl")
    assert ("lock_beside nl" in told) is not locked


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_dates_are_told_after_erasing(language: Language) -> None:
    me = Talker(content.packaged(), language)
    me.to_track("t1")
    me.press("forget")
    told = " ".join(me.press("forget_yes").says)

    date = {"nl": "8 maart 2027", "en": "8 March 2027"}[language]
    assert told.count(date) == 2


def test_the_code_stands_on_a_sheet_and_in_no_sentence(me: Talker) -> None:
    me.press("lock")
    turn = locking.with_code(me.scripts, me.press("lock_yes"), "7k2m9xqa0v3tf")

    assert turn.sheet is not None
    assert turn.sheet.lines[0].words == "7k2m-9xqa0-v3tf"
    assert turn.sheet.opens == "lock_yes"
    assert "7k2m" not in f"{turn.says} {turn.prompt} {turn.sheet.in_chat} {turn.sheet}"
