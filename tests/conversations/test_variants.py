"""A text with variants says another one each time it is met, and the same ones when replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import library
from tests.support import content
from tests.support.talker import Talker

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.script import Language
    from conversations.scripts import Scripts

NL, EN = ("Een.", "Twee.", "Drie."), ("One.", "Two.", "Three.")
SAY = 'say: [{ nl: "Je mag alles overslaan.", en: "You may skip anything." }]'


@pytest.fixture
def scripts(tmp_path: Path) -> Scripts:
    content.write(tmp_path)
    three = 'say: [{ nl: ["Een.", "Twee.", "Drie."], en: ["One.", "Two.", "Three."] }]'
    content.change(tmp_path, "tracks/1_walk.yaml", SAY, three)
    return library.load(tmp_path)


def visits(scripts: Scripts, times: int, language: Language = "nl") -> list[str]:
    """What is said at the same step, visit by visit."""
    me = Talker(scripts, language)
    said = [me.to_track("walk").says[-1]]
    for _ in range(times - 1):
        me.press("town")
        said.append(me.press("back").says[-1])
    return said


def test_none_comes_twice_while_another_is_left(scripts: Scripts) -> None:
    assert sorted(visits(scripts, 3)) == sorted(NL)


def test_after_the_last_one_they_come_in_the_same_order_again(scripts: Scripts) -> None:
    said = visits(scripts, 6)

    assert said[3:] == said[:3]


def test_the_same_conversation_says_the_same(scripts: Scripts) -> None:
    assert visits(scripts, 4) == visits(scripts, 4)


def test_both_languages_say_the_same_one(scripts: Scripts) -> None:
    dutch, english = visits(scripts, 3), visits(scripts, 3, "en")

    assert [NL.index(words) for words in dutch] == [EN.index(words) for words in english]


def test_people_begin_with_different_ones(scripts: Scripts) -> None:
    begun = set()
    for number in range(20):
        me = Talker(scripts)
        me.seed = f"{number:08x}"
        begun.add(me.to_track("walk").says[-1])

    assert begun == set(NL)


def test_help_and_a_second_look_do_not_change_what_is_said(scripts: Scripts) -> None:
    me = Talker(scripts)
    first = me.to_track("walk").says[-1]

    me.press("help")

    assert me.press("window").says[-1] == first


def test_only_steps_with_variants_are_counted(scripts: Scripts) -> None:
    me = Talker(scripts)
    me.to_track("walk")
    me.press("town")
    me.press("back")

    assert me.session is not None
    assert me.session.visits == {"walk.where": 2}
