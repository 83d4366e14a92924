"""The packaged conversations, walked at random: every walk ends, and both languages take the same way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import library
from tests.support import walks
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.turn import Prompt

WANDERING = 40
"""Turns in which anything is chosen; after them everything is skipped that can be."""

EVERY_TRACK = tuple(f"t{number}" for number in range(1, 14))

TYPED = (
    "Ik weet het niet zo goed.",
    "Het is druk en mijn baas luistert niet.",
    "I feel guilty, I would be letting the team down",
    "mwah",
    "🙂",
)


@cache
def packaged() -> Scripts:
    return library.load()


def answers(prompt: Prompt, *, typing: bool) -> list[tuple[str, str]]:
    """Everything that may be answered here: ("press", name) or ("say", words)."""
    pressed = [("press", button.name) for button in prompt.options]
    if prompt.scale is not None:
        numbers = range(prompt.scale.lowest, prompt.scale.highest + 1)
        pressed += [("press", str(number)) for number in numbers]
    if prompt.typed and typing:
        pressed += [("say", words) for words in TYPED]
    return pressed


def walk(me: Talker, choices: list[int], *, typing: bool) -> list[str]:
    """The steps that were visited from the promise to the end."""
    me.open()
    steps = [me.step]
    for number in range(4 * WANDERING):
        prompt = me.turn.prompt
        if prompt is None:
            return steps
        possible = answers(prompt, typing=typing)
        skip = any(button.name == "skip" for button in prompt.controls)
        if number >= len(choices) and skip:
            me.press("skip")
        else:
            choice = choices[number] if number < len(choices) else 0
            act, what = possible[choice % len(possible)]
            getattr(me, act)(what)
        steps.append(me.step)
    raise AssertionError(f"no end after {steps[-12:]}")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 60), max_size=WANDERING))
def test_every_walk_through_the_packaged_conversations_ends(choices: list[int]) -> None:
    me = Talker(packaged())

    walk(me, choices, typing=True)

    assert me.turn.prompt is None
    assert me.turn.says


@settings(max_examples=75, deadline=None)
@given(st.lists(st.integers(0, 60), max_size=WANDERING))
def test_both_languages_take_the_same_way(choices: list[int]) -> None:
    ways = [
        walk(Talker(packaged(), language=language), choices, typing=False)
        for language in ("nl", "en")
    ]

    assert ways[0] == ways[1]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("track", EVERY_TRACK)
def test_each_track_ends_with_buttons_only_and_has_something_to_look_back_on(
    track: str, language: Language
) -> None:
    me = Talker(packaged(), language=language)
    me.to_track(track)
    asked = 0
    while me.turn.sheet is None:
        assert me.turn.prompt is not None
        assert asked < 20
        me.press(answers(me.turn.prompt, typing=False)[0][1])
        asked += 1

    assert 5 <= asked <= 12
    assert me.turn.sheet.lines


@pytest.mark.parametrize("track", EVERY_TRACK)
def test_what_was_typed_comes_back_in_the_summary_to_the_letter(track: str) -> None:
    me = Talker(packaged())
    me.to_track(track)
    typed: list[str] = []
    while me.turn.sheet is None and len(typed) < 20:
        prompt = me.turn.prompt
        assert prompt is not None
        if prompt.typed:
            typed.append(f"dat is mijn antwoord nummer {len(typed)} en het is lang genoeg")
            me.say(typed[-1])
        else:
            me.press(answers(prompt, typing=False)[0][1])

    assert me.turn.sheet is not None
    shown = [line.words for line in me.turn.sheet.lines]
    assert any(words in typed for words in shown)


@pytest.mark.parametrize("track", EVERY_TRACK)
def test_fifty_walks_hold_what_one_must(track: str) -> None:
    walks.examine(packaged(), track, range(50))
