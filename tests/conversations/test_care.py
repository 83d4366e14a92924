"""What follows danger: a card or a question at once, only the person leads back, and nothing of it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import care, dialogue, library
from conversations.organisation import Contact
from conversations.phrasing import normal
from conversations.safety import Heard, helplines
from conversations.safety.cards import MOST_LINES
from conversations.safety.levels import CARDS, ORDER
from conversations.script import LANGUAGES
from conversations.session import Answer, decode, encode
from conversations.turn import Reply, Turn
from tests.support import content
from tests.support.talker import SEED, WEEK, Talker

REAL = library.load()

HARM = "i will kill him"
DANGEROUS = {
    "L3": "i will end my life tonight",
    "L2": "ik wil dood",
    "harm_other": HARM,
    "L1": "ik kan niet meer",
    "harassment": "ik word gepest",
    "burnout": "ik slaap niet, al maanden",
    "addiction": "i drink too much",
    "dismissal": "i was fired",
    "wrongdoing": "there is fraud here",
}


@pytest.fixture
def me() -> Talker:
    talker = Talker(content.scripts())
    talker.to_track("walk")
    return talker


def names(turn: Turn) -> list[str]:
    assert turn.prompt is not None
    return [button.name for button in turn.prompt.options]


def ask(turn: Turn) -> str:
    assert turn.prompt is not None
    return turn.prompt.ask


@pytest.mark.parametrize("level", DANGEROUS)
def test_every_level_pauses_the_talk_and_leaves_no_word_behind(me: Talker, level: str) -> None:
    before = me.step

    me.say(DANGEROUS[level])

    assert me.session is not None
    assert me.session.level == level
    assert me.step == before
    assert normal(DANGEROUS[level]) not in normal(encode(me.session).decode())


def test_what_is_unclear_is_asked_directly_with_three_buttons(me: Talker) -> None:
    turn = me.say("ik kan niet meer")

    assert ask(turn) == "ask nl"
    assert turn.says == ()
    assert names(turn) == ["care_work", "care_yes", "care_unsure"]
    assert turn.prompt is not None
    assert [button.name for button in turn.prompt.controls] == ["help", "stop"]


def test_after_a_false_alarm_the_open_question_is_there_again(me: Talker) -> None:
    me.say("ik kan niet meer")

    turn = me.press("care_work")

    assert turn.says == ("false_alarm nl",)
    assert ask(turn) == "Waar loop je het liefst?"
    assert me.session is not None
    assert me.session.level is None


def test_right_after_a_false_alarm_nothing_is_asked_again_and_later_it_is(me: Talker) -> None:
    me.say("ik kan niet meer")
    me.press("care_work")

    me.say("ik kan niet meer")
    assert me.step == "walk.often"
    me.press("2")
    turn = me.say("ik kan niet meer")

    assert ask(turn) == "ask nl"


def test_right_after_a_false_alarm_a_card_still_comes(me: Talker) -> None:
    me.say("ik kan niet meer")
    me.press("care_work")

    assert me.say("ik wil dood").says[0] == "crisis_intro nl"


@pytest.mark.parametrize("answer", ["care_yes", "care_unsure"])
def test_a_yes_and_a_doubt_bring_the_card(me: Talker, answer: str) -> None:
    me.say("ik kan niet meer")

    turn = me.press(answer)

    assert turn.says[0] == "crisis_intro nl"
    assert "go_on" in names(turn)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("ja", "crisis_ask nl"),
        ("care_yes nl", "crisis_ask nl"),
        ("tja", "ask nl"),
        ("nee", "ask nl"),
    ],
)
def test_words_typed_at_the_question_lead_to_the_card_or_to_the_question_again(
    me: Talker, typed: str, asked: str
) -> None:
    me.say("ik kan niet meer")

    assert ask(me.say(typed)) == asked


def test_danger_brings_the_card_at_once_with_every_way_on(me: Talker) -> None:
    turn = me.say("ik wil dood")

    assert names(turn) == ["care_stuck", "care_message", "care_quiet", "go_on", "stop"]
    assert turn.says[-1] == "help_danger nl:\n112"


def test_acute_danger_has_the_emergency_number_on_top(me: Talker) -> None:
    turn = me.say("i will end my life tonight")

    assert turn.says[0] == "help_danger nl:\n112"
    assert turn.says[1] == "acute nl"


def test_danger_to_others_asks_for_distance_first_and_lectures_nobody(me: Talker) -> None:
    turn = me.say(HARM)

    assert turn.says[:2] == ("harm_other nl", "help_danger nl:\n112")
    assert "go_on" in names(turn)


def test_a_moment_named_after_the_card_makes_it_acute(me: Talker) -> None:
    me.say("ik wil dood")

    assert me.say("tonight").says[1] == "acute nl"


def test_the_same_danger_does_not_bring_a_second_card_and_a_graver_one_does(me: Talker) -> None:
    me.say("ik word gepest")

    assert me.say("ik word gepest").says == ()
    assert me.say("ik kan niet meer").prompt.ask == "ask nl"  # type: ignore[union-attr]
    assert me.say("ik wil dood").says[0] == "crisis_intro nl"
    assert me.say("ik wil dood").says == ()
    assert me.say("i will end my life tonight").says[1] == "acute nl"


def test_somebody_else_in_danger_has_a_card_of_its_own(me: Talker) -> None:
    turn = me.say("she says i will end my life")

    assert turn.says[0] == "other nl"
    assert me.press("language").says[0] == "other en"


@pytest.mark.parametrize(
    ("obstacle", "said"),
    [("bother", "bother nl"), ("cost", "cost nl"), ("known", "known nl"), ("chat", "chat nl")],
)
def test_each_thing_in_the_way_has_one_honest_line(me: Talker, obstacle: str, said: str) -> None:
    me.say("ik wil dood")

    asked = me.press("care_stuck")
    assert ask(asked) == "ask_stuck nl"
    assert names(asked) == [f"care_{n}" for n in ("bother", "cost", "known", "chat", "menu")]
    turn = me.press(f"care_{obstacle}")

    assert turn.says[0] == said
    assert "go_on" in names(turn)


def test_whoever_would_rather_type_sees_where(me: Talker) -> None:
    me.say("ik wil dood")

    assert "example.org" in " ".join(me.press("care_chat").says)


def test_a_message_and_a_quiet_minute_are_offered_and_end_nothing(me: Talker) -> None:
    me.say("ik wil dood")

    assert me.press("care_message").says == ("message nl",)
    assert me.press("care_quiet").says == ("quiet nl",)
    assert me.session is not None
    assert me.session.level == "L2"


def test_later_ends_nothing_and_help_now_stays_in_reach(me: Talker) -> None:
    me.say("ik wil dood")

    turn = me.press("care_later")

    assert turn.says == ("later nl",)
    assert turn.prompt is not None
    assert "help" in [button.name for button in turn.prompt.controls]
    assert any("000 0000" in line for line in me.press("help").says)


def test_words_typed_below_a_card_ask_what_is_in_the_way(me: Talker) -> None:
    me.say("ik wil dood")

    assert ask(me.say("ik weet het niet")) == "ask_stuck nl"


@pytest.mark.parametrize("level", ["harassment", "burnout", "addiction", "dismissal", "wrongdoing"])
def test_what_is_no_danger_to_a_life_is_answered_and_the_way_back_is_open(
    me: Talker, level: str
) -> None:
    turn = me.say(DANGEROUS[level])

    assert turn.says == (f"{level} nl",)
    assert ask(turn) == "ask_further nl"
    assert names(turn)[0] == "go_on"
    assert names(turn)[-1] == "stop"
    assert ask(me.press("go_on")) == "Waar loop je het liefst?"


def test_signs_of_exhaustion_offer_a_light_ending(me: Talker) -> None:
    me.say(DANGEROUS["burnout"])

    turn = me.press("care_light")

    assert me.step.startswith("frame.")
    assert me.session is not None
    assert me.session.level is None
    assert turn.prompt is not None


@pytest.mark.parametrize("aside", ["help", "about", "language", "window", "mydata", None])
def test_no_aside_leads_from_a_card_back_to_the_questions(me: Talker, aside: str | None) -> None:
    for words in ("ik kan niet meer", "ik wil dood"):
        me.say(words)
        me.press(aside) if aside else me.open()
        assert me.session is not None
        assert me.session.level is not None
        assert ask(me.turn) not in me.asked[:1]
        assert "wood" not in names(me.turn)


def test_not_erasing_leads_back_to_the_card(me: Talker) -> None:
    me.say("ik wil dood")
    me.say("vergeet mij")

    turn = me.press("forget_no")

    assert "go_on" in names(turn)


def test_the_same_event_twice_shows_the_card_and_not_the_question(me: Talker) -> None:
    me.say("ik wil dood", event="aa")

    turn = me.say("ik wil dood", event="aa")

    assert "go_on" in names(turn)


def test_a_button_of_an_old_card_leads_nowhere_else(me: Talker) -> None:
    me.say("ik kan niet meer")
    old = me.turn.prompt.token  # type: ignore[union-attr]
    me.press("care_work")

    turn = me.press("care_yes", token=old)

    assert ask(turn) == "Waar loop je het liefst?"
    assert me.press("care_message", token=old).says == ("message nl",)


def test_a_card_is_shown_when_the_notebook_is_full(me: Talker) -> None:
    assert me.session is not None
    mine = {f"walk.word{number}": Answer(words="x" * 1140) for number in range(7)}
    me.session = replace(me.session, slots=mine)

    turn = me.say("ik wil dood")

    assert turn.says[0] == "crisis_intro nl"
    assert "go_on" in names(turn)


def test_a_sentence_in_two_messages_takes_its_first_half_with_it(me: Talker) -> None:
    me.say("ik wil")
    assert me.session is not None
    assert me.session.slots["walk.where"].words == "ik wil"

    turn = me.say("dood")

    assert turn.says[0] == "crisis_intro nl"
    assert "walk.where" not in me.session.slots


@pytest.mark.parametrize("level", DANGEROUS)
def test_what_was_typed_stands_nowhere_once_the_person_went_on(me: Talker, level: str) -> None:
    turns = [me.say(DANGEROUS[level])]
    turns.append(me.press("care_work" if level == "L1" else "go_on"))

    assert me.session is not None
    kept = encode(me.session).decode()
    shown = " ".join(text for turn in turns for text in (*turn.says, ask(turn)))
    for word in set(normal(DANGEROUS[level]).split()) - {"i", "ik", "is", "in"}:
        assert word not in normal(kept).split(), word
    assert normal(DANGEROUS[level]) not in normal(shown)
    assert (me.session.level, me.session.about, me.session.paused) == (None, None, None)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(DANGEROUS.values())),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.lists(
        st.sampled_from(["care_yes", "care_stuck", "care_quiet", "help", "language"]), max_size=4
    ),
)
def test_whatever_stands_around_it_the_words_that_led_to_a_card_are_never_kept(
    danger: str, around: str, presses: list[str]
) -> None:
    scripts = content.scripts()
    me = Talker(scripts)
    me.to_track("walk")
    mark = f"{danger}. zebra {around}"
    me.say(mark)
    assert me.session is not None
    for name in presses:
        me.press(name)
    before = me.session
    turn = me.press("care_work" if before.level == "L1" else "go_on")

    assert b"zebra" not in encode(before)
    assert b"zebra" not in encode(me.session)
    assert "zebra" not in " ".join((*turn.says, ask(turn)))
    assert decode(encode(me.session)) == me.session


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_whatever_breaks_a_turn_at_any_level(words: str) -> None:
    scripts = content.scripts()
    for level in (None, *DANGEROUS):
        me = Talker(scripts)
        me.to_track("walk")
        if level:
            me.say(DANGEROUS[level])
        turn = dialogue.take(scripts, me.session, Reply(week=WEEK, seed=SEED, said=words))
        assert turn.fate in ("leave", "write", "erase")


def test_the_first_words_of_somebody_unknown_bring_the_card_in_both_languages() -> None:
    me = Talker(content.scripts(), language=None)

    for level, words in DANGEROUS.items():
        turn = me.say(words)
        assert turn.says, level
        assert turn.fate == "leave"
    assert care.first_words(content.scripts(), "een mooie dag") == ()


def test_before_anything_is_kept_a_card_writes_nothing() -> None:
    new = Talker(content.scripts())
    new.open()

    turn = new.say("ik wil dood")

    assert turn.fate == "leave"
    assert new.session is None
    assert names(turn) == ["care_stuck", "care_message", "care_quiet", "go_on"]
    assert new.press("care_message").says == ("message nl",)


@pytest.mark.parametrize("country", sorted(REAL.safety.countries))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", [level for level in ORDER if level not in ("none", "L1")])
@pytest.mark.parametrize("about", ["self", "other"])
def test_a_card_has_at_most_seven_short_lines_and_numbers_stand_alone(
    country: str, language: str, level: str, about: str
) -> None:
    phrases = REAL.phrases
    card = REAL.safety.care.card(
        Heard(level, about),  # type: ignore[arg-type]
        helplines.of(REAL.safety.countries, country),
        language,  # type: ignore[arg-type]
        danger=getattr(phrases.help_danger, language),
        intro=[getattr(text, language) for text in phrases.crisis_intro],
    )
    lines = "\n".join(card).split("\n")

    assert len(lines) <= MOST_LINES
    if level in CARDS:
        assert REAL.safety.countries[country].emergency in lines
    if level == "L3":
        assert lines[1] == REAL.safety.countries[country].emergency


def test_the_line_on_the_card_is_free() -> None:
    for country in REAL.safety.countries.values():
        urgent = [line for line in country.lines if line.urgent]
        assert len(urgent) == 1
        assert urgent[0].note is not None
        assert "gratis" in urgent[0].note.nl


def test_the_people_an_organisation_named_stand_beside_the_lines_and_never_on_a_crisis_card() -> (
    None
):
    scripts = content.scripts()
    who = Contact({"nl": "Noor", "en": "Noor"}, {"nl": "010 1", "en": "010 1"})
    me = Talker(scripts.of(replace(scripts.organisation, contacts=(who,))))
    me.to_track("walk")

    helped = " ".join(me.press("help").says)
    harassed = " ".join(me.say("ik word gepest").says)
    danger = " ".join(me.say("ik wil dood").says)

    assert "contacts nl\nNoor\n010 1" in helped
    assert "contacts nl\nNoor\n010 1" in harassed
    assert "Noor" not in danger
