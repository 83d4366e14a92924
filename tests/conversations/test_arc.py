"""From the choice of subject to the goodbye, and back again: what is offered, changed and seen once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from conversations import choosing, library
from conversations.organisation import Leadership, Organisation
from conversations.session import Answer, Past, decode, encode
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.turn import Turn

WORDS = "dat ik gewoon weer eens iets wil maken met mijn handen"


@cache
def packaged() -> Scripts:
    return library.load()


@pytest.fixture
def me() -> Talker:
    return Talker(packaged())


def buttons(turn: Turn) -> list[str]:
    assert turn.prompt is not None
    return [button.name for button in turn.prompt.options]


def lines(turn: Turn) -> dict[str, str]:
    assert turn.sheet is not None
    return {line.label: line.words for line in turn.sheet.lines}


def to_summary(me: Talker, track: str = "t1") -> Turn:
    """Through the first subject with buttons; from a new row, or from the choice of subject."""
    if me.session is None:
        me.to_track(track)
    else:
        me.press(track)
    while me.turn.sheet is None:
        prompt = me.turn.prompt
        assert prompt is not None
        me.press("5" if prompt.scale else prompt.options[0].name)
    return me.turn


def to_the_end(me: Talker, step: str | None = None, *, kept: bool = True) -> Turn:
    to_summary(me)
    me.press("right")
    me.press("6")
    me.say(step) if step else me.press("nothing")
    return me.press("keep" if kept else "wipe")


# Which subjects are offered


def test_somebody_new_is_offered_three_subjects_and_all_of_them(me: Talker) -> None:
    me.open()
    me.press("start")
    me.press("6")

    assert buttons(me.turn) == ["t1", "t4", "t5", "subjects_1"]


def test_all_subjects_are_there_in_pages_of_five(me: Talker) -> None:
    me.open()
    me.press("start")
    me.press("6")
    before = me.session
    seen: list[str] = []
    page, count = "subjects_1", 0
    while page not in seen:
        seen.append(page)
        shown = buttons(me.press(page))
        assert 2 <= len(shown) <= 5
        seen += shown[:-1]
        page, count = shown[-1], count + 1
    assert {each for each in seen if not choosing.PAGE.fullmatch(each)} == set(packaged().tracks)
    assert count == 4
    assert me.session == before

    assert me.press("t12").prompt is not None
    assert me.step.startswith("t12.")


def test_a_page_can_be_opened_before_anything_is_kept(me: Talker) -> None:
    me.open()
    me.press("start")
    me.press("skip")

    assert me.press("subjects_2").fate == "leave"
    assert me.session is None
    assert me.press("t13").fate == "write"


def test_the_name_of_a_subject_can_be_typed_also_when_it_is_not_shown(me: Talker) -> None:
    me.open()
    me.press("start")
    me.press("6")

    me.say(packaged().tracks["t11"].door.to("nl"))

    assert me.step.startswith("t11.")


def test_a_subject_that_fits_what_was_heard_comes_first_and_one_that_is_done_last(
    me: Talker,
) -> None:
    to_summary(me)
    assert me.session is not None
    me.session = replace(me.session, talked=("workload",))

    me.press("another")

    assert buttons(me.turn)[0] == "t11"
    assert "t1" not in buttons(me.turn)


def test_a_low_number_brings_a_subject_forward(me: Talker) -> None:
    me.open()
    me.press("start")
    session = me.press("9").session
    assert session is not None
    low = replace(session, slots={**session.slots, "t5.free": Answer(number=1)})
    step = packaged().frame.steps["tracks"]
    assert step.kind == "tracks"

    assert choosing.suggested(packaged(), low, step)[0].id == "t5"
    assert choosing.suggested(packaged(), session, step)[0].id == "t1"


def test_coaching_and_the_subject_for_leaders_are_never_suggested(me: Talker) -> None:
    me.open()
    me.press("start")
    session = me.press("6").session
    assert session is not None
    everything = replace(session, talked=tuple(packaged().lexicon.themes))
    step = packaged().frame.steps["tracks"]
    assert step.kind == "tracks"

    for number in range(len(packaged().tracks)):
        done = replace(everything, known=everything.talked[:number])
        names = {each.id for each in choosing.suggested(packaged(), done, step)}
        assert not names & {"t12", "t13"}


# The summary, line by line


def test_a_line_is_asked_again_with_its_ready_answers_and_changed(me: Talker) -> None:
    shown = lines(to_summary(me))
    first = next(iter(shown))

    choice = me.press("change")
    assert choice.prompt is not None
    assert [button.label for button in choice.prompt.options] == list(shown)
    assert lines(choice) == shown
    asked = me.press(choice.prompt.options[0].name)
    assert asked.prompt is not None
    assert asked.prompt.ask == packaged().tracks["t1"].steps["friend"].ask.to("nl")  # type: ignore[union-attr]
    assert lines(asked) == {first: shown[first]}
    assert buttons(asked) == ["fine", "still", "costs", "unknown", "leaving", "remove_line"]
    changed = lines(me.press("still"))

    assert changed == {**shown, first: "Ik sta stil"}
    assert me.step == "frame.summary"


def test_a_line_can_be_said_in_other_words(me: Talker) -> None:
    to_summary(me)
    me.press("change")
    me.press("now")

    changed = lines(me.say(WORDS))

    assert WORDS in changed.values()


def test_a_line_can_be_taken_out_and_then_it_is_kept_nowhere(me: Talker) -> None:
    shown = lines(to_summary(me))
    me.press("change")
    me.press("now")

    after = lines(me.press("remove_line"))

    assert len(after) == len(shown) - 1
    assert me.session is not None
    assert "t1.now" not in me.session.slots


def test_when_the_last_line_is_out_there_is_no_summary_any_more(me: Talker) -> None:
    count = len(lines(to_summary(me)))
    for _ in range(count):
        choice = me.press("change")
        assert choice.prompt is not None
        me.press(choice.prompt.options[0].name)
        me.press("remove_line")

    assert me.turn.sheet is None
    assert me.step == "frame.clarity_after"


def test_help_and_another_window_leave_the_line_open(me: Talker) -> None:
    to_summary(me)
    me.press("change")
    asked = me.press("now")
    assert asked.prompt is not None

    for control in ("help", "window", "about"):
        again = me.press(control)
        assert again.prompt is not None
        assert again.prompt.ask == asked.prompt.ask
        assert again.prompt.options == asked.prompt.options


def test_back_leads_from_a_line_to_the_summary_as_it_was(me: Talker) -> None:
    shown = lines(to_summary(me))
    me.press("change")
    me.press("now")

    assert lines(me.press("back")) == shown
    assert me.session is not None
    assert me.session.editing is None


def test_the_small_step_stands_in_the_sheet_once_it_is_filled(me: Talker) -> None:
    to_the_end(me, WORDS)

    assert lines_of_past(me)["Mijn kleine stap"] == WORDS


def lines_of_past(me: Talker) -> dict[str, str]:
    me.open()
    if me.step == "frame.own_step":
        me.press("skip")
    return lines(me.press("my_words"))


def test_nothing_for_now_is_no_small_step(me: Talker) -> None:
    to_the_end(me)

    assert "Mijn kleine stap" not in lines_of_past(me)


# The end, and coming back


def test_the_last_words_hold_a_line_for_the_calendar_that_tells_nothing(me: Talker) -> None:
    last = to_the_end(me).says[-1]

    assert last == "Even stilstaan: 15 minuten"
    assert "luwte" not in last.lower()


def test_a_second_subject_does_not_repeat_the_promise_or_the_first_number(me: Talker) -> None:
    to_summary(me)
    me.press("another")
    to_summary(me, "t4")

    promise = packaged().frame.steps["promise"]
    assert promise.kind == "promise"
    assert [ask for ask in me.asked if ask == promise.ask.to("nl")] == [promise.ask.to("nl")]
    number = packaged().frame.steps["clarity"]
    assert number.kind == "scale"
    assert me.asked.count(number.ask.to("nl")) == 1


def test_whoever_comes_back_sees_the_small_step_they_set_and_no_word_about_it(me: Talker) -> None:
    to_the_end(me, WORDS)
    me.week += 2

    shown = me.open()

    assert lines(shown) == {"Mijn kleine stap": WORDS}
    assert buttons(shown) == ["did_it", "partly", "not_yet", "no_need"]
    after = me.press("not_yet")
    again = packaged().frame.steps["again"]
    assert again.kind == "choice"
    assert after.says == tuple(each.to("nl") for each in again.say)


@pytest.mark.parametrize(("answer", "once_more"), [("did_it", False), ("partly", True)])
def test_a_step_that_is_done_is_not_shown_again(answer: str, once_more: bool, me: Talker) -> None:
    to_the_end(me, WORDS)
    me.open()
    me.press(answer)
    me.press("how_clear")
    me.press("7")
    me.press("skip")
    me.press("keep")

    me.open()

    assert (me.step == "frame.own_step") is once_more


def test_the_own_small_step_is_seen_in_a_sheet_and_in_no_message(me: Talker) -> None:
    to_the_end(me, WORDS)
    shown = me.open()

    assert shown.sheet is not None
    assert shown.prompt is not None
    in_chat = (*shown.says, shown.sheet.in_chat, shown.prompt.ask)
    assert not any(WORDS in words for words in in_chat)


def test_without_a_small_step_the_choice_comes_at_once(me: Talker) -> None:
    to_the_end(me)

    me.open()

    assert me.step == "frame.again"


def test_earlier_summaries_are_there_as_they_were_said(me: Talker) -> None:
    first = lines(to_summary(me))
    me.press("right")
    me.press("6")
    me.press("nothing")
    me.press("keep")
    me.open()
    me.press("other_subject")
    me.press("5")
    second = lines(to_summary(me, "t4"))
    for name in ("right", "6", "nothing", "keep"):
        me.press(name)
    me.open()

    newest = me.press("my_words")
    assert newest.sheet is not None
    assert newest.sheet.title == packaged().tracks["t4"].title.to("nl")
    assert lines(newest) == second
    assert buttons(newest) == ["older", "done"]
    older = me.press("older")
    assert lines(older) == first
    assert buttons(older) == ["newer", "done"]
    assert lines(me.press("window")) == first
    me.press("done")
    assert me.step == "frame.again"


def test_the_same_subject_once_more_keeps_what_was_said_the_first_time(me: Talker) -> None:
    to_summary(me)
    me.press("change")
    me.press("now")
    me.say(WORDS)
    for name in ("right", "6", "nothing", "keep"):
        me.press(name)
    me.open()
    me.press("other_subject")
    me.press("5")
    to_summary(me, "t1")
    for name in ("right", "6", "nothing", "keep"):
        me.press(name)
    me.open()

    assert WORDS not in lines(me.press("my_words")).values()
    assert WORDS in lines(me.press("older")).values()


def test_a_new_talk_asks_for_the_first_number_again(me: Talker) -> None:
    to_the_end(me)
    me.open()

    me.press("other_subject")

    assert me.step == "frame.clarity"


def test_a_session_of_before_these_fields_is_still_read() -> None:
    old = (
        b'{"id":"a","language":"nl","at":["frame",1,"tracks"],"turn":3,"track":null,"slots":{},'
        b'"path":[],"themes":[],"probes":0,"joins":null,"paused":null,"kept":true,"begun":true,'
        b'"expires":2980,"asked":0,"seen":[],"format":1}'
    )

    session = decode(old)

    assert session.past == ()
    assert decode(encode(session)) == session


# What the leadership said


def test_the_words_of_the_leadership_stand_where_they_belong_and_nowhere_when_not_set() -> None:
    words = {
        "nl": "Over je loopbaan praten mag hier.",
        "en": "You may talk about your career here.",
    }
    led = Leadership(words, {"nl": "directeur", "en": "director"}, date(2026, 1, 31))  # type: ignore[arg-type]
    told = packaged().of(Organisation("mill", "bureau", leadership=led))
    paragraph = "“Over je loopbaan praten mag hier.”\n(directeur, 31 januari 2026)"
    me, other = Talker(told), Talker(packaged())

    assert paragraph in me.to_track("t5").says
    assert paragraph in me.press("about").says
    assert not any("loopbaan praten" in says for says in other.to_track("t5").says)
    assert not any("loopbaan praten" in says for says in other.press("about").says)


@pytest.mark.parametrize("track", ["t5", "t7", "t12"])
def test_three_subjects_show_the_words_of_the_leadership(track: str) -> None:
    asking = [
        name
        for name, step in packaged().tracks[track].steps.items()
        if getattr(step, "leadership", False)
    ]

    assert len(asking) == 1


# How far it still is


@pytest.mark.parametrize("track", ["t1", "t4", "t5"])
def test_the_number_of_questions_that_are_left_goes_down_to_one(track: str, me: Talker) -> None:
    me.to_track(track)
    left: list[int] = []
    while me.turn.sheet is None:
        prompt = me.turn.prompt
        assert prompt is not None
        assert prompt.left is not None
        left.append(prompt.left)
        me.press("5" if prompt.scale else prompt.options[0].name)

    assert left[0] >= len(left) - 3
    assert left[-1] == 1
    assert me.turn.prompt is not None
    assert me.turn.prompt.left is None


# Room in the row


def test_earlier_summaries_make_room_before_what_is_open_and_the_person_is_told(
    me: Talker,
) -> None:
    to_summary(me)
    assert me.session is not None
    spot = me.session.track
    assert spot is not None
    long = {f"t1.{slot}": Answer(words=WORDS * 18) for slot in ("now", "began", "weighs")}
    past = tuple(Past(replace(spot, revision=number), long) for number in (1, 2, 3))
    me.session = replace(me.session, past=past)
    before = me.session.slots

    turn = me.press("change")

    assert packaged().phrases.made_room.to("nl") in turn.says
    assert me.session is not None
    assert me.session.past == past[1:] or me.session.past == past[2:]
    assert me.session.slots.keys() == before.keys()
