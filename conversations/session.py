"""Where someone is: the value that lies sealed in a row, and its form in bytes.

Nothing in it names the person. Its size is bounded: the sealed row is 8 KiB whatever is in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, cast

from conversations.errors import SessionError

if TYPE_CHECKING:
    from conversations.script import Language

ROOM = 8188
"""Bytes for the encoded session: the padded plaintext of 8192 less its own length (4 bytes)."""

FORMAT = 1
RING = 8
"""How many digests of earlier events a session remembers."""

PATH = 24
"""How many steps back a person can go."""

Pause = Literal["stopped", "forget", "crisis"]


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
class Session:
    """Where someone is in a script, with their slots.

    `turn` counts the questions asked and makes old buttons recognisable. `slots` is keyed by
    `script.slot`. `asked` is the adapter's clock at the open question, in microseconds, opaque to
    the engine. `expires` is the last week in which the session may be read.
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
    kept: bool = False
    begun: bool = False
    expires: int = 0
    asked: int = 0
    seen: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<session>"

    def saw(self, event: str | None) -> Session:
        """The same session, remembering this event among the last ones."""
        if event is None or event in self.seen:
            return self
        return replace(self, seen=(*self.seen, event)[-RING:])


def encode(session: Session) -> bytes:
    """The session as compact JSON; may be longer than ROOM, which the caller must not store."""
    value = {name: getattr(session, name) for name in Session.__slots__}
    value["at"] = _written(session.at)
    value["track"] = _written(session.track) if session.track else None
    value["path"] = [_written(spot) for spot in session.path]
    value["slots"] = {k: [a.words, a.option, a.number] for k, a in session.slots.items()}
    value["format"] = FORMAT
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _written(spot: Spot) -> list[str | int]:
    return [spot.script, spot.revision, spot.step]


def decode(data: bytes) -> Session:
    """Raises SessionError when the bytes are not a session of a format this version reads."""
    try:
        value = json.loads(data)
        if value.pop("format") != FORMAT:
            raise SessionError("unknown format")
        value["at"] = Spot(*value["at"])
        value["track"] = Spot(*value["track"]) if value["track"] else None
        value["path"] = tuple(Spot(*spot) for spot in value["path"])
        value["slots"] = {k: Answer(*parts) for k, parts in value["slots"].items()}
        value["themes"], value["seen"] = tuple(value["themes"]), tuple(value["seen"])
        return Session(**cast("dict[str, object]", value))  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SessionError("not a session") from None
