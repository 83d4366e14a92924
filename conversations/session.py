"""Where someone is: the value that lies sealed in a row, and its form in bytes.

Nothing in it names the person. Its size is bounded: the sealed row is 8 KiB whatever is in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from conversations import caserecord, requestdraft
from conversations.errors import SessionError
from conversations.replacing import replace

if TYPE_CHECKING:
    from conversations.cases import Case
    from conversations.requestdraft import Draft
    from conversations.safety.levels import About, Level
    from conversations.script import Language

ROOM = 8188
"""Bytes for the encoded session: the padded plaintext of 8192 less its own length (4 bytes)."""

FORMAT = 1
RING = 8
"""How many digests of earlier events a session remembers."""

COMPACT = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)

PATH = 24
"""How many steps back a person can go."""

Surface = Literal["private", "chat"]
"""Where a conversation is held: in a private window, or in the chat itself."""

Pause = Literal["more", "part", "about", "buttons", "stopped", "forget", "crisis", "lock", "coach"]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A step in a revision of a script; `frame` is the script around the tracks."""

    script: str
    revision: int
    step: str


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a slot holds: the person's words, the option they chose, or a number on a scale."""

    words: str | None = None
    option: str | None = None
    number: int | None = None

    def __repr__(self) -> str:
        return "<answer>"


@dataclass(frozen=True, slots=True, repr=False)
class Past:
    """A conversation that was finished earlier: its close, and the answers of its summary, by slot."""

    close: Spot
    answers: dict[str, Answer]

    def __repr__(self) -> str:
        return "<past>"


@dataclass(frozen=True, repr=False)
class Session:
    """Where someone is in a script, with their slots.

    Without Python's own slots: so many fields are copied ten times as fast as a dictionary.

    `turn` counts the questions asked and makes old buttons recognisable. `slots` is keyed by
    `script.slot`. `asked` is the adapter's clock at the open question, in microseconds, opaque to
    the engine. `expires` is the last week in which the session may be read.

    `past` holds the finished tracks before `track`, the oldest first; `looking` is the one shown,
    counted back from the newest. `editing` is the slot of the summary that is asked again.
    `visits` counts how often a step with variants was met. The rest serves the rule of
    `mention.py`: `talks` finished so far, themes `heard` in the last answer, in this talk
    (`talked`) and in earlier kept ones (`known`), `signs`, whether the coach was `offered` in this
    talk, and after which talk and in which week "not now" was said. `week` is that of the last reply.

    `level` and `about` tell which card is open (`care.py`), and are wiped when the person goes on;
    `checked` says that the last reply was to a question about safety, so that the next is not.

    `locked` says that the row lies behind a passphrase. `surface` is where the conversation is held,
    once that was chosen, and `here` is where the last reply came in. `facts` are what the organisation published
    when it was last told (`Organisation.facts`); empty for a session that began before any were.

    What `replying.py` and `ladder.py` remember: answers `typed`, `misses` in a row, whether the last
    answer was `heavy`, which `replies` were given and after which answer the last (`replied`), the
    themes that stand as `offers`, and whether `buttons` are preferred to typing.

    `case` is the person's part of a request to a coach (`cases.py`); `withdrawn` are the ids of cases that
    were taken back, until the batch has seen to it. Both are changed by the store (`Turn.act`), except `Case.read`.
    `draft` is what they are writing to a coach and where they are on the way there.
    """

    id: str
    language: Language
    at: Spot
    turn: int = 0
    track: Spot | None = None
    slots: dict[str, Answer] = field(default_factory=dict)
    path: tuple[Spot, ...] = ()
    themes: tuple[str, ...] = ()
    probes: int = 0
    joins: str | None = None
    paused: Pause | None = None
    level: Level | None = None
    about: About | None = None
    checked: bool = False
    kept: bool = False
    begun: bool = False
    expires: int = 0
    asked: int = 0
    seen: tuple[str, ...] = ()
    past: tuple[Past, ...] = ()
    looking: int = 0
    editing: str | None = None
    visits: dict[str, int] = field(default_factory=dict)
    week: int = 0
    talks: int = 0
    heard: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    offered: bool = False
    quiet_talk: int = 0
    quiet_week: int = 0
    locked: bool = False
    surface: Surface | None = None
    here: Surface | None = None
    facts: tuple[str, ...] = ()
    typed: int = 0
    misses: int = 0
    heavy: bool = False
    replies: tuple[str, ...] = ()
    replied: int = 0
    offers: tuple[str, ...] = ()
    buttons: bool = False
    case: Case | None = None
    draft: Draft | None = None
    withdrawn: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<session>"

    def saw(self, event: str | None) -> Session:
        """The same session, remembering this event among the last ones."""
        if event is None or event in self.seen:
            return self
        return replace(self, seen=(*self.seen, event)[-RING:])


def encode(session: Session) -> bytes:
    """The session as compact JSON; may be longer than ROOM, which the caller must not store.

    What is empty, zero or false is left out: that is what `decode` fills in.
    """
    value: dict[str, object] = {name: part for name, part in vars(session).items() if part}
    value["at"] = _written(session.at)
    value["track"] = _written(session.track) if session.track else None
    value["path"] = [_written(spot) for spot in session.path]
    value["slots"] = _answers(session.slots)
    value["past"] = [[_written(each.close), _answers(each.answers)] for each in session.past]
    if session.case is not None:
        value["case"] = caserecord.written(session.case)
    if session.draft is not None:
        value["draft"] = requestdraft.written(session.draft)
    value["format"] = FORMAT
    return COMPACT.encode(value).encode()


def _written(spot: Spot) -> list[str | int]:
    return [spot.script, spot.revision, spot.step]


def _answers(slots: dict[str, Answer]) -> dict[str, list[str | int | None]]:
    return {k: [a.words, a.option, a.number] for k, a in slots.items()}


def decode(data: bytes) -> Session:
    """Raises SessionError when the bytes are not a session of a format this version reads."""
    try:
        value = json.loads(data)
        if value.pop("format") != FORMAT:
            raise SessionError("unknown format")
        value["at"] = Spot(*value["at"])
        value["track"] = Spot(*value["track"]) if value.get("track") else None
        value["path"] = tuple(Spot(*spot) for spot in value.get("path", ()))
        value["slots"] = {k: Answer(*parts) for k, parts in value.get("slots", {}).items()}
        value["past"] = tuple(
            Past(Spot(*close), {k: Answer(*parts) for k, parts in answers.items()})
            for close, answers in value.get("past", ())
        )
        value["case"] = caserecord.read(value["case"]) if value.get("case") else None
        value["draft"] = requestdraft.read(value["draft"]) if value.get("draft") else None
        for name in (
            "themes",
            "seen",
            "heard",
            "talked",
            "known",
            "signs",
            "facts",
            "replies",
            "offers",
            "withdrawn",
        ):
            value[name] = tuple(value.get(name, ()))
        return Session(**cast("dict[str, object]", value))  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SessionError("not a session") from None
