"""What left the house: every request to a platform, held against what may leave it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.slack.blocks import BESIDE
from bot.audit.scanner import Finding
from conversations.passphrase import grouped
from conversations.ports import NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.audit.canaries import Town
    from bot.audit.scanner import Scanner

Json = dict[str, Any]

ADDRESS = frozenset(
    {
        "channel", "trigger_id", "view_id", "user_id", "hash",
        "conversation", "recipient", "from", "replyToId", "serviceUrl",
    }
)  # fmt: skip
"""Fields that say where a message goes; only there may an id of the person stand."""

CARRIED = frozenset({"private_metadata", "ticket"})
"""Fields in which a window carries its ticket along; only there may one stand."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, or our answer to one. `window`: only this person sees it, and no archive keeps it.

    `may` is what a window may hold of others: what was sent to this person, or their desk's passphrase.
    """

    to: int | None
    where: str
    body: Json
    window: bool = False
    may: tuple[str, ...] = ()


def problems(town: Town, scanner: Scanner, everything: Iterable[Sent]) -> set[Finding]:
    """Own words outside a private window or in somebody else's, an id in a text, a name anywhere."""
    return {
        Finding(f"request {sent.where}", what)
        for sent in everything
        for what in _problems(town, scanner, sent)
    }


def _problems(town: Town, scanner: Scanner, sent: Sent) -> Iterator[str]:
    address = {name: value for name, value in sent.body.items() if name in ADDRESS}
    content = {name: value for name, value in sent.body.items() if name not in ADDRESS}
    for number in _numbers(town, "(?:ii|aa)", address):
        if number != sent.to:
            yield "sent to somebody else"
    for each in sent.may if sent.window else ():
        content = json.loads(json.dumps(content, ensure_ascii=False).replace(each, ""))
    text = json.dumps(content, ensure_ascii=False)
    if sent.window and sent.to is not None:
        if any(number != sent.to for number in _numbers(town, "tt", content)):
            yield "somebody else's words"
        text = _without_own(town, sent.to, content)
    yield from scanner.look(text.encode("utf-8", "replace"))


def _without_own(town: Town, to: int, content: Json) -> str:
    """What a window may hold is taken out: this person's words, their ticket where it is carried,
    and their code in a window that carries the note of it.
    """
    person = town.person(to)
    carried: list[str] = []
    rest = _apart(content, carried)
    text = json.dumps(rest, ensure_ascii=False).replace(f"{town.mark}tt{to:02d}", "")
    if any(each.rpartition(BESIDE)[2].startswith(NOTE) for each in carried):
        code = grouped(person.code())
        shown = re.compile(f"{re.escape(code[:-3])}[a-z]{re.escape(code[-2:])}")
        text = shown.sub("", text)
    own = re.compile(rf"(?:{re.escape(NOTE)})?[\w-]{{4}}{re.escape(person.ticket_mark)}[\w-]*")
    return "\n".join([text, *(own.sub("", each) for each in carried)])


def _apart(value: object, carried: list[str]) -> object:
    """The same without the fields that carry a ticket; what was in those is added to `carried`."""
    match value:
        case dict():
            carried += [str(inner) for name, inner in value.items() if name in CARRIED]
            rest = {name: inner for name, inner in value.items() if name not in CARRIED}
            return {name: _apart(inner, carried) for name, inner in rest.items()}
        case list():
            return [_apart(inner, carried) for inner in value]
        case _:
            return value


def _numbers(town: Town, kinds: str, value: object) -> set[int]:
    """The numbers of the people whose canaries of these kinds stand in the value."""
    found = re.compile(f"{town.mark}{kinds}(\\d\\d)", re.IGNORECASE)
    return {int(number) for number in found.findall(json.dumps(value, ensure_ascii=False))}
