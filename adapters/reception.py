"""Where every platform brings its people: one turn at a time each, and no event answered twice."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from adapters.locker import Locker, SlowError, behind_a_lock
from adapters.recent import Recent
from conversations import dialogue, shut
from conversations.errors import StoreError
from conversations.ports import NOTE
from conversations.turn import Reply, Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from adapters.identity import PlatformId
    from conversations.organisation import Organisation
    from conversations.person import Person
    from conversations.ports import Identities, Locks, Sessions
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session, Surface

PATIENCE = 1.0
"""Seconds that a second request of one person waits for the first."""

REMEMBERED = 600.0
"""Seconds in which a second delivery of an event joins the first one's outcome."""


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
    is "chat", also for a window that was opened for one answer only. The other fields are
    those of `conversations.turn.Reply`.
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


class Reception:
    """Shared by all platforms. `clock` gives seconds since the Unix epoch."""

    def __init__(
        self,
        *,
        identities: Identities,
        locks: Locks,
        sessions: Sessions,
        scripts: Scripts,
        organisations: Mapping[tuple[str, str], Organisation],
        clock: Callable[[], float],
    ) -> None:
        self._identities = identities
        self._sessions = sessions
        self._scripts = {key: scripts.of(value) for key, value in organisations.items()}
        self._clock = clock
        self._locker = Locker(locks, sessions, clock)
        self._locks: dict[bytes, tuple[asyncio.Lock, int]] = {}
        self._outcomes: Recent[str, asyncio.Future[Turn]] = Recent(clock, REMEMBERED, 10_000)
        self._prompts: Recent[bytes, str] = Recent(clock, REMEMBERED, 10_000)

    def knows(self, platform: str, tenant: str) -> bool:
        """Whether this workspace or tenant is one of ours; anything else must be refused."""
        return (platform, tenant) in self._scripts

    def scripts(self, platform: str, tenant: str) -> Scripts:
        """The content as this organisation's people read it. Raises StrangerError."""
        try:
            return self._scripts[platform, tenant]
        except KeyError:
            raise StrangerError from None

    async def take(self, who: PlatformId, incoming: Incoming) -> Taken:
        """One turn for this person.

        Raises StrangerError for an organisation that is not ours, BusyError when the person's
        other turn takes longer than a second, StoreError when nothing could be kept. Words that
        ask for the help card get it even then: it needs no store.
        """
        scripts = self.scripts(who.platform, who.tenant)
        person = self._identities.identify(who.platform, who.tenant, who.user)
        place = person.home.locator
        event = incoming.event or secrets.token_hex(16)
        digest = hashlib.sha256(place + event.encode("utf-8", "replace")).hexdigest()[:16]

        if incoming.secret is not None:
            turn = await self._secret(scripts, who, person, incoming, digest)
            return Taken(turn, again=False, key=digest)
        opened = self._locker.opened(who, incoming.ticket)
        if opened is None and holds_a_lock(incoming):
            turn = await self._locker.closed(scripts, person, self._reply(incoming, digest))
            return Taken(turn, again=False, key=digest)

        earlier = self._outcomes.get(digest)
        if earlier is not None:
            turn = await asyncio.shield(earlier)
            turn = self._locker.carried(scripts, who, turn, opened)
            return Taken(turn, again=True, key=digest)

        outcome: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        outcome.add_done_callback(_look_at)
        self._outcomes.put(digest, outcome)
        reply = self._reply(incoming, digest)
        try:
            whose = person if opened is None else opened.person
            turn = await self._turn(scripts, whose, reply, incoming)
        except BaseException as error:
            self._outcomes.drop(digest)
            outcome.set_exception(error if isinstance(error, Exception) else BusyError())
            raise
        outcome.set_result(turn)
        turn = self._locker.carried(scripts, who, turn, opened)
        return Taken(turn, again=False, key=digest)

    async def _secret(
        self,
        scripts: Scripts,
        who: PlatformId,
        person: Person,
        incoming: Incoming,
        digest: str,
    ) -> Turn:
        """A passphrase: no part of it, and nothing that it leads to, is remembered here."""
        reply = replace(self._reply(incoming, digest), said=incoming.secret, pressed=None)
        async with self._one_at_a_time(person.home.locator):
            try:
                return await self._locker.secret(scripts, who, person, reply, incoming.ticket)
            except SlowError:
                raise BusyError from None

    async def _turn(
        self, scripts: Scripts, person: Person, reply: Reply, incoming: Incoming
    ) -> Turn:
        place = person.home.locator
        try:
            async with self._one_at_a_time(place):
                take = self._take(scripts, place, reply, incoming)
                known = replace(reply, token=reply.token or self._prompts.get(place))
                turn = await self._sessions.visit(
                    person, take, partial(shut.answer, scripts, known)
                )
                if incoming.surface != "private":
                    self._remember(place, turn)
                return turn
        except (BusyError, StoreError):
            if incoming.said is None or not scripts.safety.crisis(incoming.said):
                raise
            return dialogue.take(scripts, None, replace(reply, token=None))

    def _reply(self, incoming: Incoming, digest: str) -> Reply:
        return Reply(
            week=week(self._clock()),
            seed=secrets.token_hex(4),
            said=incoming.said,
            pressed=incoming.pressed,
            token=incoming.token,
            event=digest,
            language=incoming.language,
            surface=incoming.surface,
        )

    def _take(
        self, scripts: Scripts, place: bytes, reply: Reply, incoming: Incoming
    ) -> Callable[[Session | None], Turn]:
        """The function that the store runs; pure but for the moment at which it is made."""
        now = int(self._clock() * 1e6)
        remembered = self._prompts.get(place)
        sent = None if incoming.sent_at is None else int(incoming.sent_at * 1e6)

        def take(session: Session | None) -> Turn:
            known = reply
            if session is None and reply.token is None and remembered is not None:
                known = replace(reply, token=remembered)
            if session is not None and sent is not None and sent < session.asked:
                known = replace(known, late=True)
            turn = dialogue.take(scripts, session, known)
            if holds_a_lock(incoming):
                turn = behind_a_lock(scripts, session, turn, known)
            if turn.session is None or turn.fate != "write":
                return turn
            if session is not None and turn.session.turn == session.turn:
                return turn
            return replace(turn, session=replace(turn.session, asked=now))

        return take

    def _remember(self, place: bytes, turn: Turn) -> None:
        """The last prompt of somebody without a row, so that typed words find their question."""
        if turn.fate == "leave" and turn.prompt is not None and turn.session is None:
            self._prompts.put(place, turn.prompt.token)
        else:
            self._prompts.drop(place)

    @asynccontextmanager
    async def _one_at_a_time(self, place: bytes) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(place, (asyncio.Lock(), 0))
        self._locks[place] = (lock, waiting + 1)
        try:
            try:
                async with asyncio.timeout(PATIENCE):
                    await lock.acquire()
            except TimeoutError:
                raise BusyError from None
            try:
                yield
            finally:
                lock.release()
        finally:
            lock, waiting = self._locks[place]
            if waiting == 1:
                del self._locks[place]
            else:
                self._locks[place] = (lock, waiting - 1)


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


def _look_at(outcome: asyncio.Future[Turn]) -> None:
    """An outcome that nobody else waits for must not complain that nobody looked at it."""
    if not outcome.cancelled():
        outcome.exception()
