"""What the core needs from outside, and adapters from storage, since the two never meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conversations.caseports import Origin
    from conversations.person import Person
    from conversations.session import Session
    from conversations.turn import Turn


class Identities(Protocol):
    """Turns a platform's own identifiers into a Person, and keeps nothing of them."""

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        """`platform` is slack, teams or terminal. Raises StoreError when the keys cannot be read."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """Somebody whose lock is open: where their row lies behind it, and the ticket for the next time."""

    person: Person
    ticket: str

    def __repr__(self) -> str:
        return "<opened>"


class Locks(Protocol):
    """A passphrase of one's own before the notes; nothing of it is kept, in a row or in memory.

    What a window carries along in between is opaque, sealed for this person and this server, and
    good for a quarter of an hour: a note that holds a passphrase which is being set, or a ticket
    that holds what an entered one unlocked. Notes begin with `NOTE`.
    """

    def propose(self, platform: str, tenant: str, user: str) -> tuple[str, str]:
        """A new passphrase (13 symbols), and the note that holds it."""
        ...

    def proposed(self, platform: str, tenant: str, user: str, note: str) -> str | None:
        """The passphrase of a note; None when the note is not theirs, not ours or too old."""
        ...

    def unlock(
        self, platform: str, tenant: str, user: str, passphrase: str
    ) -> Awaitable[Opened | None]:
        """Where this passphrase leads, whether or not anything lies there; None for none of ours.

        Slow on purpose. Raises StoreError when the keys cannot be read.
        """
        ...

    def opened(self, platform: str, tenant: str, user: str, ticket: str) -> Opened | None:
        """Where a ticket leads; None when it is not theirs, not ours or too old."""
        ...


NOTE = "n."
"""How a note begins, so that it is not taken for a ticket."""


class Vault(Protocol):
    """A few values of the server itself, sealed and found by their label; nothing about a person.

    Each at most 1 020 bytes. Raises StoreError where the database or the keys cannot be used.
    """

    def get(self, label: str) -> Awaitable[bytes | None]:
        """What was put last under this label; None when nothing is there."""
        ...

    def put(self, label: str, value: bytes | None) -> Awaitable[None]:
        """Keep it in the place of what was there; None takes it away. Done after the commit."""
        ...


class Sessions(Protocol):
    """The store of sessions: one row a person, sealed."""

    def visit(
        self,
        person: Person,
        take: Callable[[Session | None], Turn],
        shut: Callable[[], Turn] | None = None,
        origin: Origin | None = None,
    ) -> Awaitable[Turn]:
        """Open the person's session, take one turn with it, keep what the turn says; all or nothing.

        `take` runs in the store's own thread with None where there is no row, must be pure, and may
        run again when another process wrote meanwhile. `shut` is run in its place where there is a
        row that does not open; its turn leaves that row or erases it, and without `shut` the row is
        an error. The awaitable is done after the commit.

        `take` finds what is new about the person's case in `Session.case.news`. What `Turn.act` asks is
        carried out when the session is kept and never in its transaction; the awaitable is done when
        that too is on the disk. The turn that comes back holds the session as it was kept. Without an
        `origin` nothing about a case can be done. A turn that erases takes the case back along.
        Raises StoreError when the turn is not kept; then nothing of it is.
        """
        ...

    def purge(self, week: int) -> Awaitable[int]:
        """Erase every row whose last week lies before `week`; how many there were."""
        ...
