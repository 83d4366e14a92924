"""Every Home tab there can be: of nobody yet, before and after the first answer, with a coach, of a coach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from adapters import desk
from conversations import dialogue
from conversations.caseports import Door
from conversations.rehearsal import WEEK
from conversations.script import LANGUAGES
from conversations.turn import Reply
from tests.conversations.test_handoff import Asker
from tests.support.deskturns import COACH, COACHING, news

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.turn import Turn

LOOK = Reply(week=WEEK, seed="0a1b2c3d", pressed="lobby", surface="private")
WORDS = {"nl": "vraag van een kanarievogel", "en": "question of a canary bird"}


def every_home(scripts: Scripts) -> Iterator[tuple[str, Turn]]:
    """A name that is used once, and what the engine calls the lobby."""
    yield "of nobody", dialogue.take(scripts, None, LOOK)
    for language in LANGUAGES:
        for name, turn in _of(scripts, language):
            yield f"{name} · {language}", turn


def _of(scripts: Scripts, language: Language) -> Iterator[tuple[str, Turn]]:
    yield "before the first answer", dialogue.take(scripts, None, replace(LOOK, language=language))
    me = Asker(scripts)
    me.language, me.coaching = language, None
    me.press("lobby")
    me.press("private")
    me.press("4")
    yield "after the first answer", me.press("lobby")
    me.coaching = COACHING
    yield "where there are coaches", me.press("lobby")
    for name in ("coach", "go", "anyone"):
        me.press(name)
    me.say(WORDS[language])
    for name in ("leave_out", "leave_out", "leave_out", "ready", "under_alias", "pull", "send"):
        me.press(name)
    me.news(news())
    answered = me.press("lobby")
    yield "an answer is there", answered
    door = Door(COACH, ("mill",), waits=True, confirmed=True, away_until=None)
    yield "of a coach who asked one too", desk.beside(scripts, answered, door)
