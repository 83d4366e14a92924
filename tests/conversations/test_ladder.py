"""Answers with too little or too much in them: one question more, once, and then on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.listening import talker

if TYPE_CHECKING:
    from tests.support.talker import Talker

UNCLEAR = "blauw fietsen lantaarn gordijn"
LONG = "de werkdruk is hoog en mijn leidinggevende vraagt niets " * 8


def offered(me: Talker) -> list[str]:
    assert me.turn.prompt is not None
    return [button.name for button in me.turn.prompt.options]


def test_an_answer_without_anything_to_recognise_is_simply_followed_by_the_next_question() -> None:
    me = talker()

    assert me.say(UNCLEAR).says == ()
    assert me.step == "talk.b"


def test_two_in_a_row_bring_four_themes_and_something_else() -> None:
    me = talker()
    me.say(UNCLEAR)
    turn = me.say(UNCLEAR)

    assert turn.says == ("not_all nl",)
    assert offered(me) == ["workload", "manager", "growth", "meaning", "something_else"]
    me.press("growth")
    assert me.step == "talk.c"
    assert me.session is not None
    assert "growth" in me.session.themes
    assert me.session.misses == 0


def test_it_is_not_asked_where_nothing_depends_on_it() -> None:
    me = talker()
    me.say("de werkdruk is te hoog")
    for _ in range(4):
        me.say(UNCLEAR)

    assert me.step == "talk.f"


def test_something_else_and_a_skip_lead_on_as_well() -> None:
    for button in ("something_else", "skip"):
        me = talker()
        me.say(UNCLEAR)
        me.say(UNCLEAR)
        me.press(button)

        assert me.step == "talk.c"
        assert me.turn.prompt is not None
        assert me.turn.prompt.ask == "Vraag c?"


def test_words_instead_of_a_button_join_the_answer() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say(UNCLEAR)
    me.say("mijn leidinggevende luistert niet")

    assert me.session is not None
    assert me.session.slots["talk.b"].words == f"{UNCLEAR}\nmijn leidinggevende luistert niet"
    assert me.session.themes == ("manager",)
    assert me.step == "talk.c"


def test_the_label_of_a_button_may_be_typed() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say(UNCLEAR)
    me.say("leidinggevende")

    assert me.session is not None
    assert me.session.themes == ("manager",)
    assert me.session.slots["talk.b"].words == UNCLEAR


def test_three_in_a_row_bring_the_offer_to_go_on_with_buttons() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say(UNCLEAR)
    me.press("something_else")
    assert me.say(UNCLEAR).says == ("no_need nl",)
    assert offered(me) == ["buttons_only", "keep_typing"]
    turn = me.press("buttons_only")

    assert me.step == "talk.d"
    assert turn.prompt is not None
    assert not turn.prompt.typed
    assert turn.prompt.kind == "choice"
    me.press("ready")
    assert me.step == "talk.e"


def test_whoever_keeps_typing_is_not_asked_again() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say(UNCLEAR)
    me.press("something_else")
    me.say(UNCLEAR)
    turn = me.press("keep_typing")
    assert turn.prompt is not None
    assert turn.prompt.typed
    for _ in range(3):
        me.say(UNCLEAR)

    assert me.step == "talk.g"


def test_one_recognised_answer_ends_the_row() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say("de werkdruk is te hoog")
    me.say(UNCLEAR)

    assert me.step == "talk.d"


def test_an_answer_that_says_nothing_gets_one_light_question_and_then_the_next() -> None:
    me = talker()
    turn = me.say("mwah")

    assert turn.prompt is not None
    assert turn.prompt.ask == "more nl?"
    me.say("gewoon, saai")
    assert me.step == "talk.b"
    assert me.session is not None
    assert me.session.slots["talk.a"].words == "mwah\ngewoon, saai"
    me.say("mwah")
    assert me.step == "talk.c"


def test_a_long_answer_is_not_reflected_but_may_be_narrowed_down() -> None:
    me = talker()
    turn = me.say(LONG)

    assert turn.says == ("at_once nl",)
    assert offered(me) == ["workload", "manager", "something_else"]
    me.press("manager")
    assert me.step == "talk.b"
    assert me.session is not None
    assert set(me.session.themes) == {"workload", "manager"}


def test_the_chosen_part_decides_the_way() -> None:
    me = talker(go="{ by_theme: { workload: c, manager: d }, otherwise: b }")
    me.say(LONG)
    me.press("manager")

    assert me.step == "talk.d"


@pytest.mark.parametrize(("themes", "asked"), [("threat: c", False), ("threat: c, pay: c", True)])
def test_what_it_is_about_is_asked_only_where_a_button_could_lead_on(
    themes: str, asked: bool
) -> None:
    me = talker(go=f"{{ by_theme: {{ {themes} }}, otherwise: b }}")
    assert me.session is not None
    me.session = replace(me.session, misses=1)
    me.say(UNCLEAR)

    assert (me.session.paused == "about") is asked
    assert me.step == ("talk.a" if asked else "talk.b")


def test_a_question_that_does_not_listen_asks_nothing_more() -> None:
    me = talker(extra="listen: false")
    me.say("mwah")

    assert me.step == "talk.b"


def test_the_question_stays_after_help_and_after_opening_the_bot_again() -> None:
    me = talker()
    me.say(UNCLEAR)
    me.say(UNCLEAR)
    for turn in (me.press("help"), me.open()):
        assert turn.prompt is not None
        assert turn.prompt.ask == "about nl?"


def test_an_old_button_is_answered_with_the_question_that_is_open() -> None:
    me = talker()
    me.say(UNCLEAR)
    old = me.turn.prompt
    assert old is not None
    me.say(UNCLEAR)

    assert me.press("ready", old.token).says == ("old_button nl",)
