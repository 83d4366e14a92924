"""What the core needs from outside, and adapters from storage, since the two never meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conversations.person import Person
    from conversations.session import Session
    from conversations.turn import Turn


class Identities(Protocol):
    """Turns a platform's own identifiers into a Person, and keeps nothing of them."""

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        """`platform` is slack, teams or terminal. Raises StoreError when the keys cannot be read."""
        ...


class Sessions(Protocol):
    """The store of sessions: one row a person, sealed."""

    def visit(self, person: Person, take: Callable[[Session | None], Turn]) -> Awaitable[Turn]:
        """Open the person's session, take one turn with it, keep what the turn says; all or nothing.

        `take` runs in the store's own thread with None where there is no row, must be pure, and may
        run again when another process wrote meanwhile. The awaitable is done after the commit.
        Raises StoreError when the turn is not kept; then nothing of it is.
        """
        ...

    def purge(self, week: int) -> Awaitable[int]:
        """Erase every row whose last week lies before `week`; how many there were."""
        ...
