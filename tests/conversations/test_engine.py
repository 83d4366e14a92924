"""One turn as a function: the arc of a session, answers, branches, and everything that steers."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from conversations import engine
from conversations.phrasing import normal
from conversations.session import ROOM, Answer, Session, Spot, encode
from conversations.turn import Control
from tests.support import content
from tests.support.talker import Talker


@pytest.fixture
def me() -> Talker:
    return Talker(content.scripts())


def test_every_control_does_something() -> None:
    assert engine.ANSWERS.keys() == set(get_args(Control))


def test_reading_the_promise_writes_nothing(me: Talker) -> None:
    turn = me.open()

    assert turn.fate == "leave"
    assert me.session is None
    assert turn.says == ("Ik ben een programma.", "Een bureau beheert dit.")


def test_a_person_without_a_known_language_gets_two_buttons() -> None:
    me = Talker(content.scripts(), language=None)

    turn = me.open()

    assert turn.prompt is not None
    assert [button.name for button in turn.prompt.options] == ["nl", "en"]
    assert me.press("en").says[0] == "I am a program."


def test_the_first_question_stands_within_three_taps() -> None:
    me = Talker(content.scripts(), language=None)

    me.open()
    me.press("nl")
    turn = me.press("start")

    assert turn.prompt is not None
    assert turn.prompt.kind == "scale"
    assert me.session is None


def test_the_first_answer_is_the_first_thing_that_is_kept_and_the_person_is_told(
    me: Talker,
) -> None:
    me.open()
    me.press("start")

    turn = me.press("4")

    assert turn.fate == "write"
    assert turn.says[0] == "first_kept nl"
    assert me.step == "frame.doors"


def test_a_typed_number_answers_the_first_scale_even_before_there_is_a_row(me: Talker) -> None:
    me.open()
    me.press("start")

    me.say("een 4 denk ik")

    assert me.session is not None
    assert me.session.slots["frame.clarity_before"].number == 4


@pytest.mark.parametrize(
    ("typed", "number"), [("6", 6), ("een 6", 6), ("6/10", 6), ("zes", 6), ("10", 10), ("0!", 0)]
)
def test_numbers_are_understood_as_people_type_them(me: Talker, typed: str, number: int) -> None:
    me.open()
    me.press("start")

    me.say(typed)

    assert me.session is not None
    assert me.session.slots["frame.clarity_before"].number == number


@pytest.mark.parametrize("typed", ["11", "geen idee", "3 of 4", "-", "9999999999999999999"])
def test_anything_else_on_a_scale_is_answered_kindly_and_keeps_nothing(
    me: Talker, typed: str
) -> None:
    me.open()
    me.press("start")

    turn = me.say(typed)

    assert turn.says[0] == "use_a_number nl"
    assert me.session is None


def test_a_whole_conversation_from_promise_to_keeping_it(me: Talker) -> None:
    me.to_track("walk")
    me.press("wood")
    me.press("8")
    me.say("een reiger in de sloot")
    summary = me.turn
    me.press("right")
    clearer = me.press("6")
    assert clearer.says == ()
    me.say("morgen bellen")
    goodbye = me.press("keep")

    assert summary.sheet is not None
    assert [(row.label, row.words) for row in summary.sheet.lines] == [
        ("Plek", "In het bos"),
        ("Gezien", "een reiger in de sloot"),
    ]
    assert goodbye.prompt is None
    assert goodbye.says == ("Tot een volgende keer.",)
    assert me.session is not None
    assert me.session.kept


def test_a_number_given_on_a_scale_is_said_back(me: Talker) -> None:
    me.to_track("walk")
    me.press("town")

    assert me.press("7").says == ("Je koos een 7.",)


def test_what_a_person_typed_stands_in_no_sentence_that_the_bot_says(me: Talker) -> None:
    me.to_track("walk")
    typed = "zeldzaamwoord een"
    me.say(typed)
    me.press("2")
    me.say("zeldzaamwoord twee, en nog wat meer daarover")
    me.say("zeldzaamwoord drie, en nog wat meer daarover")
    turn = me.turn

    assert turn.sheet is not None
    assert typed in turn.sheet.lines[0].words
    assert turn.prompt is not None
    assert "zeldzaam" not in " ".join((*turn.says, turn.prompt.ask, turn.sheet.in_chat))


def test_the_band_of_a_scale_decides_where_it_leads(me: Talker) -> None:
    me.to_track("walk")
    me.press("wood")

    me.press("3")

    assert me.step == "walk.hinder"


def test_a_theme_that_was_heard_decides_where_it_leads(me: Talker) -> None:
    me.to_track("walk")
    me.say("ergens waar rust is")

    me.press("8")

    assert me.step == "walk.seen"


def test_a_theme_that_was_denied_does_not(me: Talker) -> None:
    me.to_track("walk")
    me.say("niet waar het stil is")

    me.press("8")

    assert me.step == "walk.hinder"


def test_an_option_may_lead_to_another_track(me: Talker) -> None:
    me.to_track("walk")

    me.press("rest")

    assert me.step == "rest.bench"


def test_a_track_that_does_not_exist_ends_at_the_choice_of_track() -> None:
    scripts = content.scripts()
    without = replace(scripts, tracks={"walk": scripts.tracks["walk"]})
    me = Talker(without)
    me.to_track("walk")

    turn = me.press("rest")

    assert me.step == "frame.doors"
    assert turn.says == ("track_missing nl",)


def test_a_reflection_is_said_and_a_probe_asked_when_its_theme_is_heard(me: Talker) -> None:
    me.to_track("walk")
    me.press("wood")
    me.press("2")

    turn = me.say("het is zo druk op straat")

    assert turn.says == ("Het zit dus in de drukte.",)
    assert turn.prompt is not None
    assert turn.prompt.ask == "Wanneer is het rustig?"
    me.say("heel vroeg in de ochtend, nog voor de bus rijdt")
    assert me.session is not None
    assert me.session.slots["walk.hinder"].words == (
        "het is zo druk op straat\nheel vroeg in de ochtend, nog voor de bus rijdt"
    )
    assert me.step == "walk.seen"


def test_a_very_short_answer_is_asked_about_once(me: Talker) -> None:
    me.to_track("walk")
    me.press("wood")
    me.press("2")

    assert me.say("mwah").prompt.ask == "Kun je er iets meer over zeggen?"  # type: ignore[union-attr]
    me.say("nee hoor")

    assert me.step == "walk.seen"


def test_every_question_can_be_skipped_to_the_end(me: Talker) -> None:
    me.open()
    me.press("start")
    for _ in range(20):
        if me.turn.prompt is None:
            break
        names = [button.name for button in me.turn.prompt.controls]
        me.press("skip" if "skip" in names else me.turn.prompt.options[0].name)

    assert me.turn.prompt is None
    assert me.turn.says[-1] == "Tot een volgende keer."


def test_a_track_without_an_answer_has_no_summary_to_ask_about(me: Talker) -> None:
    me.to_track("walk")
    for _ in range(2):
        me.press("skip")
    turn = me.press("skip")

    assert turn.says == ("Dat was de wandeling.", "Je schreef nog niets op.")
    assert me.step == "frame.clarity_after"


def test_back_asks_the_question_before_and_a_new_answer_takes_the_old_ones_place(
    me: Talker,
) -> None:
    me.to_track("walk")
    me.press("wood")

    me.press("back")
    assert me.step == "walk.where"
    me.say("langs de zee")

    assert me.session is not None
    assert me.session.slots["walk.where"].words == "langs de zee"


def test_back_at_the_very_beginning_says_so(me: Talker) -> None:
    me.open()

    assert me.press("back").says[0] == "nothing_before nl"


def test_stop_ends_at_once_without_a_question_and_the_next_word_leads_back(me: Talker) -> None:
    me.to_track("walk")

    stopped = me.say("stop")
    assert stopped.prompt is None
    assert stopped.says == ("stopped nl",)
    back = me.say("daar ben ik weer")

    assert back.says[0] == "welcome_back nl"
    assert me.step == "walk.where"
    assert me.session is not None
    assert "walk.where" not in me.session.slots


def test_help_now_shows_the_lines_of_the_country_and_then_the_open_question(me: Talker) -> None:
    me.to_track("walk")

    turn = me.press("help")

    assert turn.fate == "leave"
    assert any("000 0000" in line for line in turn.says)
    assert any("000 0001" in line for line in turn.says)
    assert turn.prompt is not None
    assert turn.prompt.ask == "Waar loop je het liefst?"


def test_an_organisation_with_a_country_shows_only_its_lines() -> None:
    scripts = content.scripts()
    belgian = scripts.of(replace(scripts.organisation, country="BE"))
    me = Talker(belgian)
    me.open()

    shown = " ".join(me.press("help").says)

    assert "000 0001" in shown
    assert "000 0000" not in shown


@pytest.mark.parametrize(
    "words", ["ik wil er niet meer zijn", "I want to end my life", "WIL DOOD!!"]
)
def test_a_sign_of_danger_shows_the_help_card_and_is_kept_nowhere(me: Talker, words: str) -> None:
    me.to_track("walk")

    turn = me.say(words)

    assert turn.says[0] == "crisis_intro nl"
    assert turn.prompt is not None
    assert "go_on" in [button.name for button in turn.prompt.options]
    assert me.session is not None
    assert normal(words) not in normal(encode(me.session).decode())


def test_the_card_that_comes_by_itself_is_short_and_help_now_shows_every_line(me: Talker) -> None:
    me.to_track("walk")

    by_itself = " ".join(me.say("ik wil dood").says)
    asked_for = " ".join(me.press("help").says)

    assert "000 0000" in by_itself
    assert "112" in by_itself
    assert "000 0002" not in by_itself
    assert "000 0002" in asked_for


@pytest.mark.parametrize("aside", ["help", "about", "language", "window"])
def test_no_aside_leads_from_the_help_card_back_to_the_questions(me: Talker, aside: str) -> None:
    me.to_track("walk")
    me.say("ik wil dood")

    turn = me.press(aside)

    assert turn.prompt is not None
    assert "go_on" in [button.name for button in turn.prompt.options]
    assert me.say("hulp").prompt == me.press("help").prompt


def test_after_the_help_card_only_the_person_leads_back(me: Talker) -> None:
    me.to_track("walk")
    me.say("ik wil dood")

    assert me.say("over mijn werk dan").prompt.ask == "ask_stuck nl"  # type: ignore[union-attr]
    assert me.press("wood").prompt.ask == "crisis_ask nl"  # type: ignore[union-attr]
    me.press("go_on")

    assert me.step == "walk.where"
    assert me.session is not None
    assert me.session.paused is None


def test_a_sign_of_danger_in_the_very_first_words_shows_both_languages_and_writes_nothing() -> None:
    me = Talker(content.scripts(), language=None)

    turn = me.say("ik wil dood")

    assert {"crisis_intro nl", "crisis_intro en"} <= set(turn.says)
    assert turn.fate == "leave"


def test_reading_who_sees_what_writes_nothing(me: Talker) -> None:
    me.open()

    turn = me.press("about")

    assert turn.says[0] == "about nl"
    assert "bureau nl" in turn.says
    assert turn.fate == "leave"


def test_the_language_can_be_changed_in_the_middle_of_a_question(me: Talker) -> None:
    me.to_track("walk")

    turn = me.press("language")

    assert turn.prompt is not None
    assert turn.prompt.ask == "Where do you like to walk?"
    assert me.press("town").says == ("There is always a lot to see.",)


def test_the_language_can_be_changed_before_anything_is_kept(me: Talker) -> None:
    me.open()

    assert me.press("language").says[0] == "I am a program."
    assert me.press("start").prompt.ask == "How clear is it now?"  # type: ignore[union-attr]
    assert me.session is None


@pytest.mark.parametrize("words", ["vergeet mij", "Vergeet mij!", "forget me"])
def test_forget_me_asks_once_and_then_erases(me: Talker, words: str) -> None:
    me.to_track("walk")

    asked = me.say(words)
    assert asked.prompt is not None
    assert [button.name for button in asked.prompt.options] == ["forget_yes", "forget_no"]
    erased = me.press("forget_yes")

    assert erased.fate == "erase"
    assert erased.says == ("forgotten nl", "copies nl", "lock_beside nl")
    assert me.session is None


def test_a_typed_yes_confirms_and_a_typed_no_does_not(me: Talker) -> None:
    me.to_track("walk")
    me.say("vergeet mij")

    assert me.say("nee").fate == "write"
    assert me.step == "walk.where"
    me.say("vergeet mij")

    assert me.say("ja").fate == "erase"


def test_forget_me_without_a_row_says_that_there_is_nothing(me: Talker) -> None:
    me.open()

    assert "nothing_kept nl" in me.say("vergeet mij").says
    assert me.press("forget_yes").fate == "erase"
    assert me.turn.says == ("nothing_kept nl", "lock_beside nl")


def test_wiping_at_the_end_erases_the_row(me: Talker) -> None:
    me.to_track("walk")
    for name in ("wood", "8", "much", "right", "6", "none"):
        me.press(name)

    assert me.press("wipe").fate == "erase"


def test_a_button_of_an_old_message_is_answered_with_the_present_question(me: Talker) -> None:
    me.to_track("walk")
    old = me.turn.prompt.token  # type: ignore[union-attr]
    me.press("wood")

    turn = me.press("town", token=old)

    assert turn.says == ("old_button nl",)
    assert turn.fate == "leave"
    assert me.step == "walk.often"


def test_a_button_of_a_wiped_conversation_does_not_answer_a_new_one(me: Talker) -> None:
    me.to_track("walk")
    old = me.turn.prompt.token  # type: ignore[union-attr]
    me.say("vergeet mij")
    me.press("forget_yes")

    turn = me.press("wood", token=old)

    assert me.session is None
    assert turn.says[-1] == "Een bureau beheert dit."


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200d", "\u2066\u2069"])
def test_words_that_cannot_be_seen_are_answered_kindly(me: Talker, words: str) -> None:
    me.to_track("walk")

    assert me.say(words).says == ("empty nl",)


@pytest.mark.parametrize(
    "words", ["🙂🙂", "أعمل كثيرًا هذه الأيام", "half \ud800 teken", "x" * 1000]
)
def test_any_other_text_is_a_good_answer(me: Talker, words: str) -> None:
    me.to_track("walk")

    me.say(words)

    assert me.step == "walk.often"


def test_a_text_that_is_too_long_keeps_the_question_open(me: Talker) -> None:
    me.to_track("walk")

    assert me.say("x" * 1001).says == ("too_long nl",)
    assert me.step == "walk.where"


def test_a_number_where_words_or_a_button_are_asked_is_answered_kindly(me: Talker) -> None:
    me.to_track("walk")

    assert me.say("2").says == ("use_a_button nl",)


def test_a_typed_label_is_as_good_as_its_button(me: Talker) -> None:
    me.to_track("walk")

    me.say("in de stad")

    assert me.session is not None
    assert me.session.slots["walk.where"].option == "town"


def test_words_sent_before_the_question_was_asked_join_the_answer_before_it(me: Talker) -> None:
    me.to_track("walk")
    me.say("langs de zee")

    turn = me.say("en soms door de duinen", late=True)

    assert turn.says == ("joined nl",)
    assert me.session is not None
    assert me.session.slots["walk.where"].words == "langs de zee\nen soms door de duinen"
    assert me.step == "walk.often"


def test_late_words_are_never_taken_for_a_number(me: Talker) -> None:
    me.to_track("walk")
    me.press("wood")

    me.say("7", late=True)

    assert me.step == "walk.often"


def test_the_same_event_twice_shows_the_open_question_and_advances_once(me: Talker) -> None:
    me.to_track("walk")
    me.say("langs de zee", event="aa")

    turn = me.say("langs de zee", event="aa")

    assert turn.fate == "leave"
    assert me.step == "walk.often"


def test_the_same_conversation_visits_the_same_steps_in_both_languages() -> None:
    visited = []
    for language, typed in (("nl", "ik wil rust"), ("en", "a quiet place")):
        me = Talker(content.scripts(), language=language)  # type: ignore[arg-type]
        me.to_track("walk")
        steps = [me.step]
        me.say(typed)
        for name in ("8", "much", "right", "6", "none", "keep"):
            steps.append(me.step)
            me.press(name)
        visited.append(steps)

    assert visited[0] == visited[1]


def test_a_conversation_that_was_rewritten_goes_on_at_the_step_of_the_same_name(
    me: Talker,
) -> None:
    me.to_track("walk")
    assert me.session is not None
    me.session = replace(me.session, at=Spot("walk", 99, "often"))

    turn = me.say("vier")

    assert turn.says[0] == "script_changed nl"
    assert me.session.at == Spot("walk", 1, "hinder")


def test_a_step_that_is_gone_leads_to_the_choice_of_track_with_slots_kept(me: Talker) -> None:
    me.to_track("walk")
    me.say("langs de zee")
    assert me.session is not None
    me.session = replace(me.session, at=Spot("walk", 99, "vanished"))

    turn = me.press("3", token="x")

    assert turn.says[0] == "script_changed nl"
    assert me.step == "frame.doors"
    assert me.session.slots["walk.where"].words == "langs de zee"


def test_people_in_an_older_revision_finish_it() -> None:
    scripts = content.scripts()
    walk = scripts.tracks["walk"]
    newer = walk.model_copy(update={"revision": 2})
    both = replace(scripts, tracks={**scripts.tracks, "walk": newer}, older={("walk", 1): walk})
    me = Talker(both)
    me.session = Session(
        id="abc", language="nl", at=Spot("walk", 1, "often"), begun=True, expires=9999
    )

    turn = me.say("9")

    assert me.session.at.revision == 1
    assert "script_changed nl" not in turn.says


def test_a_session_left_open_is_gone_in_the_second_week(me: Talker) -> None:
    me.to_track("walk")

    me.week += 1
    assert me.say("langs de zee").says == ()
    me.week += 2
    turn = me.say("hallo")

    assert turn.fate == "erase"
    assert turn.says[0] == "Ik ben een programma."


def test_a_kept_session_is_there_for_twelve_weeks_and_not_for_ninety_one_days(me: Talker) -> None:
    me.to_track("walk")
    for name in ("wood", "8", "much", "right", "6", "none", "keep"):
        me.press(name)
    assert me.session is not None

    assert me.session.expires == me.week + 12
    assert (me.session.expires - me.week + 1) * 7 - 1 <= 90


def test_someone_who_kept_it_is_met_where_a_new_conversation_begins(me: Talker) -> None:
    me.to_track("walk")
    for name in ("wood", "8", "much", "right", "6", "none", "keep"):
        me.press(name)
    me.week += 5

    turn = me.open()

    assert turn.says[0] == "welcome_back nl"
    assert me.step == f"frame.{me.scripts.frame.again}"


def test_the_oldest_track_makes_room_and_the_person_is_told(me: Talker) -> None:
    me.to_track("walk")
    assert me.session is not None
    older = {f"older{number}.words": Answer(words="x" * 1000) for number in range(7)}
    me.session = replace(me.session, slots={**older, **me.session.slots})

    turn = me.say("y" * 1000)

    assert turn.says[0] == "made_room nl"
    assert len(encode(me.session)) <= ROOM
    assert "older0.words" not in me.session.slots
    assert {"older6.words", "walk.where"} <= me.session.slots.keys()


def test_an_answer_for_which_there_is_no_room_at_all_keeps_the_question_open(me: Talker) -> None:
    me.to_track("walk")
    assert me.session is not None
    mine = {f"walk.word{number}": Answer(words="x" * 1000) for number in range(7)}
    me.session = replace(me.session, slots={**mine, **me.session.slots})

    turn = me.say("y" * 1000)

    assert turn.says == ("full nl",)
    assert turn.fate == "leave"
    assert me.step == "walk.where"
