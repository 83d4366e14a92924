"""Example conversations as text: read, replayed, and written again.

t4 nl                      the subject and the language; `frame` begins at the very first message
# …                        a note; not part of the conversation
bot  …                     what the bot says and asks, with its buttons and the person's own words
me   [plan]                a button
me   7                     a number on a scale
me   "typed words"
me   (comes back)          opens the bot again; `(comes back after 3 weeks)` so much later
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from conversations.rehearsal import newcomer
from tests.support.talker import SEED, Talker

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.turn import Turn

LATER = re.compile(r"\(comes back(?: after (\d+) weeks?)?\)")


@dataclass(frozen=True, slots=True)
class Transcript:
    track: str
    language: Language
    notes: tuple[str, ...]
    moves: tuple[str, ...]


def read(path: Path) -> Transcript:
    """The head, the notes and what the person does."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    track, language = head.split()
    notes = tuple(line for line in lines if line.startswith("#"))
    moves = tuple(line.removeprefix("me").strip() for line in lines if line.startswith("me "))
    return Transcript(track, cast("Language", language), notes, moves)


def played(scripts: Scripts, transcript: Transcript, me: Talker | None = None) -> str:
    """The whole conversation as it goes now, in the form of the file."""
    me = me or talker(scripts, transcript)
    shown = [f"{transcript.track} {transcript.language}", *transcript.notes, ""]
    shown += _said(me.open() if transcript.track == "frame" else me.press(transcript.track))
    for move in transcript.moves:
        shown += ["", f"me   {move}", ""]
        shown += _said(_answered(me, move))
    return "\n".join(shown) + "\n"


def talker(scripts: Scripts, transcript: Transcript) -> Talker:
    """Somebody at the beginning of this conversation."""
    me = Talker(scripts, transcript.language)
    if transcript.track != "frame":
        me.session = newcomer(scripts, SEED, transcript.language)
        me.week = me.session.week
    return me


def _answered(me: Talker, move: str) -> Turn:
    later = LATER.fullmatch(move)
    if later:
        me.week += int(later[1] or 0)
        return me.open()
    if move.startswith('"'):
        return me.say(move[1:-1])
    name = move.strip("[]")
    prompt = me.turn.prompt
    assert prompt is not None, f"nothing is asked, and the answer is {move}"
    numbers = range(prompt.scale.lowest, prompt.scale.highest + 1) if prompt.scale else ()
    known = {*(button.name for button in (*prompt.options, *prompt.controls)), *map(str, numbers)}
    assert name in known, f"{move} is no answer to: {prompt.ask}"
    return me.press(name)


def _said(turn: Turn) -> list[str]:
    shown = [line for said in turn.says for line in _paragraph(said)]
    if turn.sheet is not None:
        shown.append(f"     | {turn.sheet.title}")
        for line in turn.sheet.lines:
            shown += [f"     | {line.label}: {words}" for words in line.words.splitlines()]
    if turn.prompt is not None:
        scale = turn.prompt.scale
        ends = (
            f" ({scale.lowest} {scale.low_label}, {scale.highest} {scale.high_label})"
            if scale
            else ""
        )
        shown += _paragraph(turn.prompt.ask + ends)
        shown += [f"     [{button.name}] {button.label}" for button in turn.prompt.options]
    return shown


def _paragraph(words: str) -> list[str]:
    first, *rest = words.splitlines() or [""]
    return [f"bot  {first}", *(f"     {line}" for line in rest)]
