"""A form or button that is sent twice within moments, by an impatient finger, is one answer.

Teams gives the second press an id of its own, so that it does not look like a repeated event.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from adapters.recent import Recent
from conversations.tokens import NEW
from conversations.turn import CARE, Control, base

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.identity import PlatformId
    from adapters.incoming import Incoming

MOMENTS = 10.0
"""Seconds in which the same answer to the same question is taken for the same one."""

MOST = 10_000

STEERING = frozenset(get_args(Control))


class Twice:
    """In memory only, under a key of this process. `clock` gives seconds since the Unix epoch."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._key = secrets.token_bytes(32)
        self._events: Recent[bytes, str] = Recent(clock, MOMENTS, MOST)

    def joined(self, who: PlatformId, incoming: Incoming) -> Incoming:
        """The same; a second time with the first one's event, so that it joins that outcome."""
        if incoming.event is None or not _answers(incoming):
            return incoming
        mark = self._mark(who, f"{incoming.token}\0{incoming.pressed}\0{incoming.said}")
        first = self._events.get(mark)
        if first is not None:
            return replace(incoming, event=first)
        self._events.put(mark, incoming.event)
        return incoming

    def named(self, who: PlatformId, card: str) -> str:
        """A name for a card of this person, in this process only."""
        return self._mark(who, card).hex()

    def _mark(self, who: PlatformId, what: str) -> bytes:
        told = f"{who.tenant}\0{who.user}\0{what}"
        return hmac.digest(self._key, told.encode("utf-8", "surrogatepass"), "sha256")


def _answers(incoming: Incoming) -> bool:
    """Whether it answers the question of its token, and does not steer or ask for something.

    Before the first answer a token is nobody's in particular: it comes back after everything was
    erased, and then the same answer is another one.
    """
    if incoming.token is None or incoming.token.partition(".")[0] == NEW:
        return False
    name = incoming.pressed
    if name is None:
        return bool(incoming.said)
    return base(name) not in STEERING and not name.startswith(CARE)
