"""What left the house: every request to a platform, held against what may leave it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.audit.scanner import Finding

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


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, or our answer to one. `window`: only this person sees it, and no archive keeps it."""

    to: int | None
    where: str
    body: Json
    window: bool = False


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
    text = json.dumps(content, ensure_ascii=False)
    if sent.window:
        own = re.compile(f"{town.mark}tt{sent.to:02d}" if sent.to is not None else "(?!)")
        if any(number != sent.to for number in _numbers(town, "tt", content)):
            yield "somebody else's words"
        text = own.sub("", text)
    yield from scanner.look(text.encode("utf-8", "replace"))


def _numbers(town: Town, kinds: str, value: object) -> set[int]:
    """The numbers of the people whose canaries of these kinds stand in the value."""
    found = re.compile(f"{town.mark}{kinds}(\\d\\d)", re.IGNORECASE)
    return {int(number) for number in found.findall(json.dumps(value, ensure_ascii=False))}
