"""One question back: to the question before, and never to an end that asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.organisation import Organisation
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts

MOST = 60


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("mill", "bureau", "NL"))


def to_summary(me: Talker, track: str) -> None:
    """The first option everywhere, and words where there is none."""
    me.to_track(track)
    for _ in range(MOST):
        if me.step == f"frame.{me.scripts.frame.summary}":
            return
        prompt = me.turn.prompt
        assert prompt is not None
        if prompt.scale is not None:
            me.press("5")
        elif prompt.typed or not prompt.options:
            me.say("langs de zee")
        else:
            me.press(prompt.options[0].name)
    raise AssertionError(track)


@pytest.mark.parametrize("track", sorted(library.load().tracks))
def test_back_from_a_summary_leads_to_a_question_of_its_conversation(
    scripts: Scripts, track: str
) -> None:
    me = Talker(scripts)
    to_summary(me, track)

    turn = me.press("back")

    assert turn.prompt is not None
    assert me.step.startswith(f"{track}.")
    assert me.say("terug").prompt is not None
