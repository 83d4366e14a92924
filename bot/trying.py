"""`luwte talk --track`: straight into one conversation, to try its words; nothing of it is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from adapters.terminal import Terminal
from conversations import dialogue, library
from conversations.rehearsal import WEEK, newcomer
from conversations.turn import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.incoming import Incoming
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn

SEED = "0a1b2c3d"


class Trial:
    """One person at the choice of subject, held in memory only."""

    def __init__(self, scripts: Scripts, track: str, language: Language) -> None:
        self._scripts = scripts
        self._track: str | None = track
        self._session: Session | None = newcomer(scripts, SEED, language)

    def take(self, incoming: Incoming) -> Turn:
        """The first one begins the conversation, whatever it is."""
        reply = Reply(
            week=WEEK,
            seed=SEED,
            said=incoming.said,
            pressed=self._track or incoming.pressed,
            token=incoming.token,
            language=incoming.language,
        )
        self._track = None
        turn = dialogue.take(self._scripts, self._session, reply)
        if turn.fate != "leave":
            self._session = turn.session
        return turn


def try_out(track: str, language: Language, lines: Iterator[str], *, colour: bool) -> int:
    """2 where there is no such conversation."""
    scripts = library.load()
    if track.lower() not in scripts.tracks:
        known = ", ".join(scripts.tracks)
        print(f"luwte: there is no conversation {track}; known: {known}", file=sys.stderr)
        return 2
    print("Nothing of this conversation is kept.", file=sys.stderr)
    trial = Trial(scripts, track.lower(), language)
    terminal = Terminal(take=trial.take, phrases=scripts.phrases, out=sys.stdout, colour=colour)
    try:
        terminal.talk(lines, language)
    except KeyboardInterrupt:
        terminal.bye(language)
    return 0
