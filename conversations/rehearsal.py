"""Somebody who answers by the throw of a seeded die: walks through a track, for the check and the tests.

A walk is the same each time it is taken. It knows no clock and no chance: each throw is a hash of
the seed and its number.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from conversations import dialogue
from conversations.asking import open_step
from conversations.branches import Branch, taken
from conversations.cases import Coach, Coaching
from conversations.handoff.view import LEAVE
from conversations.script import Question
from conversations.session import Session, Spot
from conversations.turn import Reply

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.turn import Prompt, Turn

WANDERING: Final = 45
"""Answers that may be anything; after them whatever can be skipped is skipped."""

LONGEST: Final = 90
"""Answers after which a walk has no end."""

WEEK: Final = 3000
SOMEBODY: Final = Coaching(
    (
        Coach(
            "0" * 32,
            "Coach",
            ("nl", "en"),
            "x",
            external=True,
            answers_within=2,
            reads_at="slack",
            fingerprint="",
        ),
    ),
    date(2027, 7, 1),
    date(2027, 7, 1),
)
"""One coach, so that the ways to a coach are walked as well; a walk turns back at the door."""

SHORTLY: Final[dict[Language, str]] = {"nl": "mwah", "en": "meh"}


@dataclass(slots=True)
class Walk:
    """One talk: what was asked, answered and met, from the first question of the track to the end."""

    session: Session
    turn: Turn
    seed: str
    typing: bool = True
    seeking: bool = False
    known: frozenset[Branch] = frozenset()
    spots: list[Spot] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    met: set[Branch] = field(default_factory=set)
    count: int = 0

    @property
    def ended(self) -> bool:
        """Whether it came to the end of a talk, where nothing is asked any more."""
        return self.turn.prompt is None

    def throw(self, sides: int) -> int:
        """The next throw of a die with so many sides, counted from 0."""
        self.count += 1
        thrown = hashlib.sha256(f"{self.seed}.{self.count}".encode()).digest()
        return int.from_bytes(thrown[:4], "big") % sides


def walk(  # noqa: PLR0913  what a walk depends on
    scripts: Scripts,
    track: str,
    seed: str,
    language: Language,
    *,
    typing: bool = True,
    session: Session | None = None,
    seeking: frozenset[Branch] | None = None,
) -> Walk:
    """From the choice of this track to the end of the talk, or to `LONGEST` answers without one.

    `session` is that of somebody who stands at the choice of track. With `seeking` the walk goes
    to the summary only, and rather by ways that are not among these yet.
    """
    scripts = replace(scripts, coaching=SOMEBODY)
    begun = session or newcomer(scripts, seed, language)
    first = Reply(week=begun.week, seed=seed, pressed=track)
    turn = dialogue.take(scripts, begun, first)
    me = Walk(
        turn.session or begun, turn, seed, typing, seeking is not None, seeking or frozenset()
    )
    me.sessions.append(me.session)
    me.turns.append(turn)
    while me.turn.prompt is not None and len(me.replies) < LONGEST:
        if seeking is not None and me.session.at.script == scripts.frame.id:
            break
        _answer(scripts, me, me.turn.prompt)
    return me


def newcomer(scripts: Scripts, seed: str, language: Language) -> Session:
    """Somebody at the choice of track who said nothing yet."""
    at = Spot(scripts.frame.id, scripts.frame.revision, scripts.frame.tracks)
    return Session(id=seed, language=language, at=at, begun=True, expires=WEEK + 1, week=WEEK)


def _answer(scripts: Scripts, me: Walk, prompt: Prompt) -> None:
    before, step = me.session, open_step(scripts, me.session)
    reply = _reply(scripts, me, prompt)
    turn = dialogue.take(scripts, before, reply)
    me.spots.append(before.at)
    me.replies.append(reply)
    me.turn = turn
    me.session = turn.session or before
    me.turns.append(turn)
    me.sessions.append(me.session)
    me.met |= taken(step, before, reply, me.session)


def _reply(scripts: Scripts, me: Walk, prompt: Prompt) -> Reply:
    week = me.session.week
    if me.session.paused == "coach":
        return Reply(week=week, seed=me.seed, pressed=LEAVE, token=prompt.token)
    possible = [("", button.name) for button in prompt.options if button.name != "help"]
    if prompt.scale is not None:
        numbers = range(prompt.scale.lowest, prompt.scale.highest + 1)
        possible += [("", str(number)) for number in numbers]
    typed = [("said", words) for words in _words(scripts, me)] if prompt.typed else []
    possible += typed if me.typing else []
    may_skip = any(button.name == "skip" for button in prompt.controls)
    fresh = [each for each in possible if _fresh(me, each)] if me.seeking else []
    parts = any(_unmet(me, theme) for theme in _parting(open_step(scripts, me.session)))
    speaks = me.seeking and parts and me.throw(3) == 0
    possible = fresh or (typed[1:2] if speaks else []) or possible
    if may_skip and (len(me.replies) >= WANDERING or (not fresh and me.throw(12) == 0)):
        return Reply(week=week, seed=me.seed, pressed="skip", token=prompt.token)
    homeward = len(me.replies) >= WANDERING and me.session.paused is None
    kind, what = possible[0 if homeward else me.throw(len(possible))]
    if kind:
        return Reply(week=week, seed=me.seed, said=what)
    return Reply(week=week, seed=me.seed, pressed=what, token=prompt.token)


def _fresh(me: Walk, answer: tuple[str, str]) -> bool:
    """Whether a button or number of this step takes a way that no walk so far has taken."""
    at = f"{me.session.at.script}.{me.session.at.step}"
    return not answer[0] and Branch(at, "option", answer[1]) not in (me.known | me.met)


def _words(scripts: Scripts, me: Walk) -> list[str]:
    """Three things to type: on a theme of the lexicon, on a theme that this step parts by, or short.

    The same throws name the same theme in either language.
    """
    themes, step = scripts.lexicon.themes, open_step(scripts, me.session)
    names = list(themes)
    parting = [name for name in names if name in _parting(step) and _unmet(me, name)] or names
    chosen = (names[me.throw(len(names))], parting[me.throw(len(parting))])
    language = me.session.language
    said = [themes[name].of(language).hits for name in chosen]
    return [*(hits[me.throw(len(hits))] for hits in said), SHORTLY[language]]


def _unmet(me: Walk, theme: str) -> bool:
    """Whether no walk so far went on from here by this theme."""
    at = f"{me.session.at.script}.{me.session.at.step}"
    return Branch(at, "theme", theme) not in (me.known | me.met)


def _parting(step: object) -> set[str]:
    """The themes by which the ways and probes of a step part."""
    if not isinstance(step, Question):
        return set()
    goes = [step.go, *(getattr(o, "go", None) for o in getattr(step, "options", {}).values())]
    found = {theme for go in goes if go is not None for theme in getattr(go, "by_theme", ())}
    return found | {theme for probe in getattr(step, "probes", ()) for theme in probe.themes}
