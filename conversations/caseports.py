"""What adapters and the process ask of the store about cases and coaches.

The person's side has no port of its own: it is `Sessions.visit` with an `Origin`, a `Turn.act`, and
`Session.case`. Here are the coach's side (`Desks`), the operator's (`Coaches`) and the clock's
(`Rounds`). A handle that is foreign, gone, or of another organisation is refused alike: the same
outcome, after the same look-up and decryption.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

    from conversations.cases import Card, Coach, Coaching, Letter, Times
    from conversations.script import Language

Platform = Literal["slack", "teams"]

Route = Literal["slack", "slack_channel", "teams", "email"]
"""Where the notices of a coach go: Slack DM, a coaches' channel in Slack, Teams chat, e-mail."""


@dataclass(frozen=True, slots=True, repr=False)
class Origin:
    """From where a person writes, handed to `Sessions.visit` and dropped with the turn.

    `organisation` is its label. `address` is what the platform needs to reach this person later, at
    most 440 bytes, opaque; it is sealed into a reply block if they ask to be told of an answer,
    and forgotten otherwise.
    """

    organisation: str
    platform: str
    tenant: str
    address: bytes | None = None

    def __repr__(self) -> str:
        return "<origin>"


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where a notice for a coach goes. `tenant` is that of the coach's home organisation.

    `to` is what the adapter gave at registration (Slack: a user id, Teams: a conversation
    reference), or the operator: a channel's id, an e-mail address.
    """

    route: Route
    tenant: str
    to: str

    def __repr__(self) -> str:
        return "<address>"


@dataclass(frozen=True, slots=True, repr=False)
class ReturnAddress:
    """Where a person asked to be told that an answer is here; opened for one attempt, then dropped.

    `answer` names the answer for `Rounds.reached`, in this process only.
    """

    platform: str
    tenant: str
    to: bytes
    answer: bytes = field(default=b"", compare=False)

    def __repr__(self) -> str:
        return "<return address>"


class Notifier(Protocol):
    """Sends the one fixed notice; built by the adapters. It holds no text of anybody's."""

    async def notify(self, address: Address) -> None:
        """Tell a coach that something is there. Raises UndeliveredError; it is tried again later."""
        ...

    async def answer_is_here(self, address: ReturnAddress) -> None:
        """Tell a person that something is waiting. Raises UndeliveredError."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """What an operator says about a coach; `name` to `organisations` can be read by people later.

    `desk` is the platform on which the coach will read: there must be one, since e-mail is for
    notices only. `to` is the channel or e-mail address of a route that needs one.
    """

    name: str
    languages: tuple[Language, ...]
    knows: str
    external: bool
    answers_within: int
    organisations: tuple[str, ...]
    desk: Platform
    route: Route
    to: str | None = None

    def __repr__(self) -> str:
        return "<invitation>"


@dataclass(frozen=True, slots=True, repr=False)
class Registered:
    """A coach who has just registered. The passphrase (13 symbols) is shown once and kept nowhere."""

    coach: Coach
    passphrase: str

    def __repr__(self) -> str:
        return "<registered>"


@dataclass(frozen=True, slots=True, repr=False)
class Door:
    """What is known of a coach before the desk is opened: nothing about any case.

    `waits`: something has come since they last looked. `confirmed`: they have read the protocol;
    no case is sealed to a coach before that.
    `away_until`: the last week of their holiday.
    """

    coach: Coach
    organisations: tuple[str, ...]
    waits: bool
    confirmed: bool
    away_until: int | None

    def __repr__(self) -> str:
        return "<door>"


@dataclass(frozen=True, slots=True, repr=False)
class DeskKey:
    """An open desk: whose it is and what opens their cases. Lives as long as one request.

    `ticket` is what a private window carries along, opaque, at most 400 characters, good for a
    quarter of an hour after each use and an hour in all.
    """

    coach: str
    private: bytes
    ticket: str

    def __repr__(self) -> str:
        return "<desk key>"


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One case on a desk. `id` is its handle (32 hexadecimal characters).

    `week` is that of asking; `mine`: this coach has it; `state` as the person is told it, and
    "received" says that something of theirs was not opened yet; `ends_soon`: it ends within two
    weeks if nobody writes.
    """

    id: str
    alias: str
    language: Language
    organisation: str
    week: int
    mine: bool
    state: Literal["received", "opened", "answered", "closed"]
    ends_soon: bool

    def __repr__(self) -> str:
        return "<listed>"


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """What a coach sees first: the open cases of their organisations and their own.

    `gone` counts their cases that ended since they last looked: one neutral line, no alias.
    """

    open: tuple[Listed, ...]
    mine: tuple[Listed, ...]
    gone: int

    def __repr__(self) -> str:
        return "<desk>"


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A case, opened: its card and letters, for a private window only.

    `name` is the person's own, where they wrote one on the card or told it later.
    """

    listed: Listed
    card: Card
    name: str | None
    letters: tuple[Letter, ...]

    def __repr__(self) -> str:
        return "<request>"


Outcome = Literal["done", "taken", "refused"]
"""taken: another coach has it. refused: no such case here, whatever the reason is."""


class Desks(Protocol):
    """The coach's side. Who is meant is told by the platform's own identifiers, at every call.

    Every method raises StoreError when the store cannot do it; then nothing was done.
    """

    def invited(self, code: str) -> Awaitable[Invitation | None]:
        """What an invitation says, so that the coach can look it over; None for no such code."""
        ...

    def register(
        self, platform: str, tenant: str, user: str, code: str, address: str | None
    ) -> Awaitable[Registered | None]:
        """Make the key pair and the passphrase, and use the code up.

        `address` is where a DM or chat reaches this coach. None where the code is none of ours, was
        used, is too old, or names another platform. Who is a coach already gets the organisations
        of the invitation added, is described as it says from now on, and keeps key and passphrase
        (`passphrase` is then empty).
        Raises StoreError (`no_address`) where notices would have nowhere to go.
        """
        ...

    def door(self, platform: str, tenant: str, user: str) -> Awaitable[Door | None]:
        """Whether this is a coach, and what is known without the passphrase; None for anybody else."""
        ...

    def enter(
        self, platform: str, tenant: str, user: str, passphrase: str
    ) -> Awaitable[DeskKey | None]:
        """Open the desk; slow on purpose. None when it does not open, for whatever reason."""
        ...

    def opened(
        self, platform: str, tenant: str, user: str, ticket: str
    ) -> Awaitable[DeskKey | None]:
        """Where a ticket leads, with the ticket for the next time; None when it leads nowhere."""
        ...

    def propose(
        self, platform: str, tenant: str, user: str, ticket: str
    ) -> Awaitable[tuple[str, str] | None]:
        """Another passphrase for an open desk, and the ticket that knows of it; slow on purpose.

        Nothing is changed before it is entered (`renew`). None when the ticket leads nowhere.
        """
        ...

    def renew(
        self, platform: str, tenant: str, user: str, ticket: str, passphrase: str
    ) -> Awaitable[DeskKey | None]:
        """Lock the desk with the passphrase that was proposed: the earlier one opens it no more.

        None when this is another one, or the desk was locked anew meanwhile; then nothing is changed.
        """
        ...

    def look(self, key: DeskKey) -> Awaitable[Desk]:
        """The desk. The notice counts as read, and the coach as present this week."""
        ...

    def read(self, key: DeskKey, case: str) -> Awaitable[Request | None]:
        """Open a case: of one's own with its letters, of an open one the card. None: refused.

        The person is told from now on that it was opened.
        """
        ...

    def claim(self, key: DeskKey, case: str) -> Awaitable[Outcome]:
        """Take an open case; the first one has it."""
        ...

    def answer(self, key: DeskKey, case: str, words: str) -> Awaitable[Outcome]:
        """Write to the person (at most `ANSWER_BYTES`); it leaves with the next round."""
        ...

    def offer(self, key: DeskKey, case: str, times: Times) -> Awaitable[Outcome]:
        """Offer up to three times to meet; leaves with the next round."""
        ...

    def hand_back(self, key: DeskKey, case: str) -> Awaitable[Outcome]:
        """Give it back. Other coaches to whom it was sent see its card; letters stay behind."""
        ...

    def close_case(self, key: DeskKey, case: str, note: str) -> Awaitable[Outcome]:
        """End it with an authored note, by its name (snake_case); the person can read on until it ends."""
        ...

    def confirm(self, key: DeskKey) -> Awaitable[None]:
        """The coach has read the protocol: asked before the first case."""
        ...

    def holiday(self, key: DeskKey, until: int | None) -> Awaitable[None]:
        """Away until the end of this week, or back (None). No new case is sealed to who is away."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line of `luwte coach list`: a coach, or an invitation that was not used (`coach` is None)."""

    id: str
    invitation: Invitation
    coach: Coach | None
    away_until: int | None
    notice: Literal["none", "due", "sent", "failing"]
    expires_week: int | None

    def __repr__(self) -> str:
        return "<entry>"


class Coaches(Protocol):
    """The registry: what the operator does, and what everybody may know."""

    def coaching(self, organisation: str) -> Awaitable[Coaching]:
        """What this organisation has to offer now. Cheap: remembered for a minute."""
        ...

    def invite(self, invitation: Invitation) -> Awaitable[str]:
        """A one-time code (13 symbols), good for two weeks."""
        ...

    def listed(self) -> Awaitable[Sequence[Entry]]:
        """Every coach and every open invitation."""
        ...

    def remove(self, id: str) -> Awaitable[int | None]:  # noqa: A002
        """Close this coach's desk, or take back an invitation. How many cases went back; None: unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """A coach for whom something is there: `coach` is the id."""

    coach: str
    address: Address


class Rounds(Protocol):
    """The fixed times. Any number of processes may ask at any moment: each round is done by one."""

    def run(self, now: float) -> Awaitable[None]:
        """Do the batches and rounds that are due at `now` (seconds since the Unix epoch)."""
        ...

    def due(self, now: float) -> Awaitable[Sequence[Due]]:
        """The notices to send now; on working days, between the first and the last round.

        Of several processes one gets them, at most every five minutes; an undelivered one is among
        them again the next time.
        """
        ...

    def told(self, coach: str, *, delivered: bool) -> Awaitable[None]:
        """How sending went: a delivered notice is not repeated until the coach has looked."""
        ...

    def failing(self) -> Awaitable[Mapping[Route, int]]:
        """By every route, how many coaches did not get their last notice."""
        ...

    def returns(self, now: float) -> Awaitable[Sequence[ReturnAddress]]:
        """People to tell that an answer is here: those whose coach answered through this process before
        the last round, in an order of chance.

        Who was not reached is among them again, every five minutes of the working day, for a week.
        """
        ...

    def reached(self, address: ReturnAddress) -> None:
        """This person was told, or cannot be reached there any more."""
        ...
