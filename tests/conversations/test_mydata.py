"""Somebody sees everything that is kept of them, in plain words, and seeing it changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from conversations import mydata
from conversations.organisation import Organisation
from conversations.script import LANGUAGES, Language
from conversations.session import Answer, Session, encode
from tests.support import content
from tests.support.talker import Talker


@pytest.fixture
def me() -> Talker:
    talker = Talker(content.scripts())
    talker.to_track("walk")
    talker.press("wood")
    talker.press("8")
    talker.say("een reiger aan het water")
    return talker


def shown(me: Talker, words: str = "mijn gegevens") -> str:
    sheet = me.say(words).sheet
    assert sheet is not None
    return sheet.whole


def test_every_answer_stands_there_below_its_question_as_it_was_given(me: Talker) -> None:
    text = shown(me)

    assert "Een wandeling\nWaar loop je het liefst?\nIn het bos" in text
    assert "Hoe vaak loop je?\n8" in text
    assert "Wat zag je onderweg?\neen reiger aan het water" in text
    assert "mydata_numbers_label nl\nHoe helder is het nu?\n4" in text


def test_the_rest_is_told_too_what_how_long_and_for_whose_eyes(me: Talker) -> None:
    text = shown(me)

    for part in ("name", "language_label", "marks", "until", "readers", "where_label"):
        assert f"mydata_{part} nl" in text
    assert "bureau nl" in text


def test_the_last_day_is_the_sunday_of_the_last_week() -> None:
    me = Talker(content.packaged())
    me.to_track("t1")
    assert me.session is not None
    assert me.session.expires == me.week + 1

    # Week 2970 ends on 6 December 2026.
    assert "tot en met 6 december 2026, als je niet terugkomt. Je hebt niet gekozen" in shown(me)


def test_reading_writes_nothing(me: Talker) -> None:
    before = me.session
    turn = me.say("mijn gegevens")

    assert turn.fate == "leave"
    assert me.session is before


def test_the_open_question_is_still_open_below_it(me: Talker) -> None:
    assert me.last is not None
    open_before = me.turn.prompt
    turn = me.press("mydata")

    assert open_before is not None
    assert turn.prompt is not None
    assert turn.prompt.token == open_before.token
    assert turn.prompt.ask == open_before.ask


def test_without_a_row_nothing_is_kept_and_that_is_said() -> None:
    me = Talker(content.scripts())
    me.open()
    turn = me.say("mijn gegevens")

    assert turn.says == ("mydata_nothing nl",)
    assert turn.sheet is None
    assert turn.fate == "leave"


def test_after_a_stop_it_can_still_be_seen_and_the_stop_stays(me: Talker) -> None:
    me.say("stop")

    assert "een reiger" in shown(me)
    assert me.session is not None
    assert me.session.paused == "stopped"


def test_a_help_card_stays_where_it_is(me: Talker) -> None:
    card = me.say("ik wil er niet meer zijn").prompt
    turn = me.press("mydata")

    assert card is not None
    assert turn.prompt is not None
    assert turn.prompt.options == card.options


def test_what_is_long_comes_in_pages_that_together_hold_everything(me: Talker) -> None:
    assert me.session is not None
    words = " ".join(f"woord{number}" for number in range(600))
    me.session = replace(me.session, slots={**me.session.slots, "walk.seen": Answer(words=words)})
    pages = []
    turn = me.press("mydata")
    while True:
        assert turn.sheet is not None
        assert turn.prompt is not None
        pages.append(turn.sheet.lines)
        assert (
            sum(len(line.label) + len(line.words) for line in turn.sheet.lines) < mydata.PAGE + 99
        )
        after = f"mydata:{len(pages) + 1}"
        if after not in [button.name for button in turn.prompt.controls]:
            break
        turn = me.press(after)

    assert len(pages) > 2
    told = " ".join(line.words for page in pages for line in page)
    assert [word for word in words.split() if word not in told.split()] == []


@pytest.mark.parametrize("name", ["mydata:0", "mydata:99", "mydata:", "mydata:x", "mydata:²"])
def test_a_page_that_is_not_there_is_the_nearest_one(me: Talker, name: str) -> None:
    assert me.press(name).sheet is not None


def test_the_lock_is_offered_there_and_not_where_there_is_one(me: Talker) -> None:
    turn = me.press("mydata")
    assert turn.prompt is not None
    assert "lock" in [button.name for button in turn.prompt.controls]
    assert me.session is not None
    me.session = replace(me.session, locked=True)
    turn = me.press("mydata")

    assert turn.prompt is not None
    assert turn.sheet is not None
    assert "lock" not in [button.name for button in turn.prompt.controls]
    assert "mydata_readers_locked nl" in turn.sheet.whole
    assert "bureau nl" not in turn.sheet.whole


def test_every_part_of_a_session_is_either_shown_or_said_to_be_a_mark() -> None:
    parts = {field.name for field in fields(Session)}

    assert parts == mydata.SHOWN | mydata.MARKS
    assert not mydata.SHOWN & mydata.MARKS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("operator", ["bureau", "employer"])
def test_what_a_full_session_holds_is_all_told(language: Language, operator: str) -> None:
    scripts = content.packaged().of(Organisation("mill", operator))  # type: ignore[arg-type]
    me = Talker(scripts, language)
    me.to_track("t1")
    me.say("quokka een")
    assert me.session is not None
    stored = encode(me.session).decode()
    sheet = me.press("mydata").sheet

    assert "quokka een" in stored
    assert sheet is not None
    assert "quokka een" in sheet.whole
    assert [line.label for line in sheet.lines if not line.words] == []
