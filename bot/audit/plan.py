"""How an invented person answers: the same person always the same way, and all of them everything."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from conversations.turn import Control

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.audit.canaries import Invented
    from conversations.script import Language

CONTROLS = frozenset(get_args(Control))
MOST = 70
"""Things that one person does at most; every conversation ends well before."""

MOST_PAGES = 5
"""Pages of the choice of track that somebody looks through for theirs."""

VISITS = 2
"""Times that somebody comes by for one track, at most."""

LEADING = frozenset({"forget", "forget_yes", "forget_no", "stop", "language", "wipe"})
"""What a person presses only because their plan says so."""

WAYS_ON = ("go_on", "lock_no", "forget_no")
"""What leads back to the conversation where nothing else is asked."""

ASIDE = ("help", "about", "mydata", "back", "window", "skip")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands before the person: names of buttons, and whether words are an answer."""

    names: tuple[str, ...] = ()
    typed: bool = False
    window: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in CONTROLS)


@dataclass(frozen=True, slots=True)
class Deed:
    """`say` words in the chat, `press` a button, or `fill` in the open window."""

    kind: Literal["say", "press", "fill"]
    what: str


class Talker(Protocol):
    """Somebody on a surface."""

    @property
    def shown(self) -> Shown | None:
        """None when nothing is asked."""
        ...

    async def open(self, language: Language) -> None: ...

    async def do(self, deed: Deed) -> None: ...


@dataclass
class Plan:
    """`tracks` are begun one after the other. `private`: words are typed in a window where one is offered.

    `place` is where they choose to talk, `private` or `chat`, if not where they type.
    """

    person: Invented
    language: Language
    tracks: tuple[str, ...]
    known: frozenset[str]
    private: bool = False
    place: str | None = None
    most: int = MOST
    asides: tuple[str, ...] = ASIDE
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    typed: int = 0
    _deeds: int = 0
    _leafed: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.person.number)
        self._asides = list(self.asides)

    @property
    def done(self) -> bool:
        return len(self.ended) >= len(self.tracks)

    def next(self, shown: Shown | None) -> Deed | None:
        """The next thing to do, or None when the conversation is over."""
        self._deeds += 1
        if shown is None or not shown.names or self._deeds > self.most:
            self._end()
            return None
        deed = self._first(shown) or self._aside(shown) or self._answer(shown)
        if deed.kind == "say" or (deed.kind == "fill" and shown.typed):
            self.typed += 1
        return deed

    def _first(self, shown: Shown) -> Deed | None:
        """The language, the promise, where to talk, and the choice of track."""
        for name in (self.language, "start"):
            if name in shown.options:
                return Deed("press", name)
        place = self.place or ("private" if self.private else "chat")
        if place in shown.names:
            return Deed("press", place)
        tracks = [name for name in shown.options if name in self.known]
        if not tracks:
            return None
        self._end()
        if len(self.begun) >= len(self.tracks):
            return Deed("press", "stop") if "stop" in shown.names else None
        track = self.tracks[len(self.begun)]
        if track not in tracks:
            others = [name for name in shown.options if name not in self.known]
            if others and self._leafed < MOST_PAGES:
                self._leafed += 1
                return Deed("press", others[-1])
            track = tracks[0]
        self._leafed = 0
        self.begun.append(track)
        return Deed("press", track)

    def _aside(self, shown: Shown) -> Deed | None:
        offered = [name for name in self._asides if name in shown.names]
        if not offered or shown.window or self._deeds % 3:
            return None
        self._asides.remove(offered[0])
        return Deed("press", offered[0])

    def _answer(self, shown: Shown) -> Deed:
        options = [name for name in shown.options if name not in LEADING]
        words = self.person.words(self.typed, self.language)
        if shown.window and (shown.typed or options):
            return Deed("fill", words if shown.typed else self._one(options))
        if shown.typed and (not options or self._chance.random() < 0.75):  # noqa: PLR2004
            if self.private and "window" in shown.names and self._chance.random() < 0.8:  # noqa: PLR2004
                return Deed("press", "window")
            return Deed("say", words)
        if not options:
            ways_on = (name for name in WAYS_ON if name in shown.names)
            return Deed("press", next(ways_on, shown.names[0]))
        return Deed("press", self._one(options))

    def _one(self, options: Iterable[str]) -> str:
        return self._chance.choice(tuple(options))

    def _end(self) -> None:
        """What was begun came to its end, since the next choice or nothing follows."""
        self.ended += self.begun[len(self.ended) :]


async def converse(talker: Talker, plan: Plan) -> None:
    """From hello to the end of the plan, in as many visits as it takes."""
    for _ in range(VISITS * len(plan.tracks)):
        await talker.open(plan.language)
        while (deed := plan.next(talker.shown)) is not None:
            await talker.do(deed)
        if plan.done:
            return
