"""Somebody who talks to the engine: keeps the session as a store would, and the last turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import dialogue
from conversations.session import decode, encode
from conversations.turn import Reply

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session, Surface
    from conversations.turn import Turn

WEEK = 2969
SEED = "0a1b2c3d"


class Talker:
    """`language` is what the platform's locale would tell; None when it tells nothing."""

    def __init__(self, scripts: Scripts, language: Language | None = "nl") -> None:
        self.scripts = scripts
        self.language = language
        self.week = WEEK
        self.seed = SEED
        self.session: Session | None = None
        self.last: Turn | None = None
        self.asked: list[str] = []
        self.surface: Surface | None = None

    @property
    def turn(self) -> Turn:
        assert self.last is not None
        return self.last

    @property
    def step(self) -> str:
        """The step that is open now, as `script.step`."""
        if self.session is not None:
            return f"{self.session.at.script}.{self.session.at.step}"
        prompt = self.turn.prompt
        return f"frame.{prompt.token.split('.')[2]}" if prompt else ""

    def open(self) -> Turn:
        return self.take(Reply(week=self.week, seed=self.seed))

    def press(self, name: str, token: str | None = None) -> Turn:
        """A button of the open question, or of an older one by its token."""
        known = self.last.prompt.token if self.last and self.last.prompt else None
        return self.take(Reply(week=self.week, seed=self.seed, pressed=name, token=token or known))

    def say(self, words: str, *, late: bool = False, event: str | None = None) -> Turn:
        """Typed words; without a row the adapter remembers the prompt."""
        known = self.last.prompt.token if self.last and self.last.prompt else None
        token = known if self.session is None else None
        reply = Reply(
            week=self.week, seed=self.seed, said=words, token=token, late=late, event=event
        )
        return self.take(reply)

    def take(self, reply: Reply) -> Turn:
        placed = replace(reply, language=self.language, surface=self.surface)
        turn = dialogue.take(self.scripts, self.session, placed)
        if turn.fate == "write":
            assert turn.session is not None
            self.session = decode(encode(turn.session))
        elif turn.fate == "erase":
            self.session = None
        self.last = turn
        if turn.prompt is not None:
            self.asked.append(turn.prompt.ask)
        return turn

    def to_track(self, track: str) -> Turn:
        """Past the promise and clarity, into a track."""
        self.open()
        if self.turn.prompt is not None and self.turn.prompt.token == "new.-.-":
            self.press(self.language or "nl")
        self.press("start")
        self.press("4")
        return self.press(track)
