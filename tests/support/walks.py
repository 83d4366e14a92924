"""What must hold of every walk through a subject, however it goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from conversations.branches import branches
from conversations.rehearsal import walk
from conversations.script import LANGUAGES
from conversations.variants import said_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conversations.branches import Branch
    from conversations.rehearsal import Walk
    from conversations.scripts import Scripts

FEWEST = 5
"""Typed answers from which a share of them says something."""

SILENT = 0.4


def examine(scripts: Scripts, track: str, numbers: Iterable[int]) -> frozenset[Branch]:
    """One walk with typing and one without for each number; the branches that were taken."""
    met: set[Branch] = set()
    for number in numbers:
        seed = f"{number:08x}"
        pressed = [walk(scripts, track, seed, each, typing=False) for each in LANGUAGES]
        typed = walk(scripts, track, seed, LANGUAGES[number % 2])
        assert pressed[0].spots == pressed[1].spots, f"{track} {seed}: the languages part"
        for each in (*pressed, typed):
            ends(each)
            repeats_no_variant(scripts, each)
            reflects_sparingly(each)
            met |= each.met
    return frozenset(met) & branches(scripts.tracks[track])


def ends(taken: Walk) -> None:
    """It came to the end of the talk, by way of a close."""
    last = taken.spots[-1]
    assert taken.ended, f"{taken.seed}: no end after {last}"
    assert taken.turn.says


def repeats_no_variant(scripts: Scripts, taken: Walk) -> None:
    """No variant is said again while another one of the same text was not said yet."""
    heard: dict[tuple[str, str, int], list[str]] = {}
    for number, session in enumerate(taken.sessions):
        if number and taken.sessions[number - 1].at == session.at:
            continue
        turn = taken.turns[number]
        asked = turn.prompt.ask if turn.prompt else ""
        for place, texts in said_at(scripts, session):
            said = [text for text in texts if text in (*turn.says, asked)]
            earlier = heard.setdefault((session.at.script, session.at.step, place), [])
            if said and len(set(earlier)) < len(texts):
                assert said[0] not in earlier, f"{taken.seed}: “{said[0]}” again"
            earlier += said[:1]


def reflects_sparingly(taken: Walk) -> None:
    """No two reflections of one type in a row, none said twice, and silence after most answers."""
    given: list[tuple[int, str]] = []
    for before, after in zip(taken.sessions, taken.sessions[1:], strict=False):
        if after.replies != before.replies:
            given += [(after.typed, key) for key in after.replies[-1:] if key.startswith("R")]
    for (one, first), (other, second) in pairwise(given):
        assert other - one > 1 or first[:2] != second[:2], given
    assert len({key for _, key in given}) == len(given), given
    typed = sum(reply.said is not None for reply in taken.replies)
    if typed >= FEWEST:
        assert len(given) <= (1 - SILENT) * typed, given
