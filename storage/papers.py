"""What is written on a card and in a letter, as bytes before they are sealed."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.cases import Card, CardLine, Letter, Times
from storage.errors import SealError

if TYPE_CHECKING:
    from conversations.cases import Case, LetterKind, Pending
    from conversations.script import Language


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A card as the coach's desk has it. `inbox` is the public half of the case's inbox key."""

    alias: str
    name: str | None
    language: Language
    organisation: str
    week: int
    card: Card
    inbox: bytes
    block: bytes | None

    def __repr__(self) -> str:
        return "<opened card>"


def request(case: Case, inbox: bytes, organisation: str, block: bytes | None) -> bytes:
    """A card for the coaches; nothing but what the preview showed, and what answers need."""
    return _bytes(
        {
            "alias": case.alias,
            "name": case.name,
            "language": case.language,
            "organisation": organisation,
            "week": case.week,
            "lines": [[line.part, line.words] for line in case.card.lines],
            "inbox": _text(inbox),
            "block": None if block is None else _text(block),
        }
    )


def opened(content: bytes) -> Opened:
    """Raises SealError where it is no card."""
    value = _value(content)
    try:
        return Opened(
            alias=value["alias"],
            name=value["name"],
            language=value["language"],
            organisation=value["organisation"],
            week=value["week"],
            card=Card(tuple(CardLine(part, words) for part, words in value["lines"])),
            inbox=base64.b64decode(value["inbox"]),
            block=base64.b64decode(value["block"]) if value["block"] else None,
        )
    except (KeyError, TypeError, ValueError):
        raise SealError("unopened") from None


def letter_of_person(pending: Pending, block: bytes | None) -> bytes:
    """What the person wrote, and where to tell them of an answer."""
    value = _letter(pending.kind, pending.stamp, pending.week, pending.words)
    value["chosen"] = pending.chosen
    value["block"] = None if block is None else _text(block)
    return _bytes(value)


def letter_of_coach(
    kind: LetterKind, stamp: int, week: int, words: str, times: Times | None
) -> bytes:
    """What a coach wrote or offers."""
    value = _letter(kind, stamp, week, words)
    if times is not None:
        value["times"] = [list(times.times), times.way, times.where]
    return _bytes(value)


def letter(id_: bytes, *, by_coach: bool, content: bytes) -> Letter:
    """A letter as it is shown. Raises SealError where it is none."""
    value = _value(content)
    try:
        offered = value.get("times")
        return Letter(
            id=id_.hex(),
            by="coach" if by_coach else "person",
            kind=value["kind"],
            stamp=value["stamp"],
            week=value["week"],
            words=value["words"],
            times=None if offered is None else Times(tuple(offered[0]), offered[1], offered[2]),
            chosen=value.get("chosen"),
        )
    except (KeyError, TypeError, IndexError):
        raise SealError("unopened") from None


def block_of(content: bytes) -> bytes | None:
    """The reply block in a letter of the person, where there is one."""
    written = _value(content).get("block")
    return base64.b64decode(written) if written else None


def shown(pending: Pending) -> Letter:
    """A letter that has not left, as the person sees it."""
    return Letter(
        id=pending.id,
        by="person",
        kind=pending.kind,
        stamp=pending.stamp,
        week=pending.week,
        words=pending.words,
        chosen=pending.chosen,
    )


def _letter(kind: LetterKind, stamp: int, week: int, words: str) -> dict[str, Any]:
    return {"kind": kind, "stamp": stamp, "week": week, "words": words}


def _bytes(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _value(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError:
        raise SealError("unopened") from None
    if not isinstance(value, dict):
        raise SealError("unopened")
    return value


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
