"""What a window or the Home tab carries along in `private_metadata` and brings back.

No word and no id of anybody: the token of the question, a ticket while a lock is open, whether the
conversation is held in this window, and the one answer there is where nothing is to be filled in.
https://docs.slack.dev/reference/views
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.slack.blocks import BESIDE

HELD = "held"
"""Says that the conversation is held in this window: what follows comes here and never in the chat."""

ONLY = "="
"""Before the name of the only answer."""


@dataclass(frozen=True, slots=True, repr=False)
class Carried:
    """`held` is False for a window that was opened for one answer of a conversation in the chat."""

    token: str | None = None
    ticket: str | None = None
    held: bool = False
    only: str | None = None

    def __repr__(self) -> str:
        return "<carried>"


def written(carried: Carried) -> str:
    """As text for `private_metadata`; empty when there is nothing to carry."""
    beside = (
        HELD if carried.held else None,
        f"{ONLY}{carried.only}" if carried.only else None,
        carried.ticket,
    )
    return BESIDE.join([carried.token or "", *(each for each in beside if each)])


def read(text: str) -> Carried:
    """What `written` wrote; whatever else it is, is taken for a ticket, and opens nothing."""
    token, *beside = text.split(BESIDE)
    only = next((each[1:] for each in beside if each.startswith(ONLY)), None)
    tickets = [each for each in beside if each != HELD and not each.startswith(ONLY)]
    return Carried(token or None, next(iter(tickets), None) or None, HELD in beside, only or None)
