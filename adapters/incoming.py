"""What a platform brought, reduced, and what comes of it; the words that reception and adapters share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.ports import NOTE

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.session import Surface
    from conversations.turn import Turn


class BusyError(Exception):
    """Another turn of this person is still in hand; nothing was done with this one."""


class StrangerError(Exception):
    """The organisation is not one of ours."""


@dataclass(frozen=True, slots=True, repr=False)
class Incoming:
    """What a platform brought, already reduced. `event` is its own id of the delivery, if it has one.

    `sent_at` is the platform's time of typed words in seconds since the Unix epoch, if it says so.
    `secret` is what was typed into the field of a `secret` prompt, in a private window or the
    terminal; `ticket` is what that window carried along (`Turn.ticket`). `surface` is "private" for
    the Home tab, and for a window in which the conversation is held; for all else of a platform it
    is "chat", also for a window that was opened for one answer only. `address` is where a notice
    reaches this person later, at most 440 bytes; it is sealed if they ask for one and else dropped
    with the turn (`conversations.caseports.Origin`). `gone`: they removed the bot, and nothing is
    said or pressed. The other fields are those of `conversations.turn.Reply`.
    """

    said: str | None = None
    pressed: str | None = None
    token: str | None = None
    event: str | None = None
    sent_at: float | None = None
    language: Language | None = None
    secret: str | None = None
    ticket: str | None = None
    surface: Surface | None = None
    address: bytes | None = None
    gone: bool = False

    def __repr__(self) -> str:
        return "<incoming>"


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome. `again`: this event was answered before, so there is nothing to send, unless
    the first answer never arrived (`Delivery` knows). `key` names this answer in memory only.
    """

    turn: Turn
    again: bool
    key: str


def stays(turn: Turn, incoming: Incoming) -> bool:
    """Whether a turn belongs in the window from which it was asked for, and never in the chat.

    So it is where the conversation is held in the window, and around a lock: somebody who has one
    talks in the window, and the chat does not tell.
    """
    asked = turn.prompt is not None and turn.prompt.kind == "secret"
    private = incoming.surface == "private" or incoming.secret is not None
    return asked or private or turn.ticket is not None or holds_a_lock(incoming)


def holds_a_lock(incoming: Incoming) -> bool:
    """Whether it comes from a window in which a lock was opened."""
    return incoming.ticket is not None and not incoming.ticket.startswith(NOTE)


def week(seconds: float) -> int:
    """The week of a moment: whole weeks since Monday 29 December 1969, UTC."""
    return (int(seconds // 86_400) + 3) // 7
