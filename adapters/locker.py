"""What a reception does with a passphrase: propose one, set it, open with it, and ask it again.

A passphrase comes in as `Incoming.secret`, never as words, and goes to `Locks`; nothing of it stays
here but how often somebody tried in the last hour. The turns are authored (`conversations.locking`).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from adapters.attempts import Attempts
from conversations import codefield, dialogue, locking, shut
from conversations.asides import crisis_wait
from conversations.passphrase import tidy
from conversations.person import Person
from conversations.ports import NOTE

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.identity import PlatformId
    from conversations.ports import Locks, Opened, Sessions
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Reply, Turn

PATIENCE = 2.0
"""Seconds for the slow derivation, waiting for others included; Slack gives three in all."""


class SlowError(Exception):
    """Too many people open a lock at this moment; nothing was done."""


class Locker:
    """`clock` gives seconds since the Unix epoch."""

    def __init__(self, locks: Locks, sessions: Sessions, clock: Callable[[], float]) -> None:
        self._locks, self._sessions = locks, sessions
        self._attempts = Attempts(clock)

    def opened(self, who: PlatformId, ticket: str | None) -> Opened | None:
        """Whose lock the window's ticket keeps open; None without one, or when it is too old."""
        if ticket is None or ticket.startswith(NOTE):
            return None
        return self._locks.opened(who.platform, who.tenant, who.user, ticket)

    def carried(self, scripts: Scripts, who: PlatformId, turn: Turn, opened: Opened | None) -> Turn:
        """The turn with what its window is to carry along: a new code and its note, or the ticket."""
        if turn.wish is not None:
            code, note = self._locks.propose(who.platform, who.tenant, who.user)
            return replace(locking.with_code(scripts, turn, code), ticket=note)
        if opened is None or turn.fate == "erase":
            return turn
        behind = turn.session is not None or shut.asked(turn)
        return replace(turn, ticket=opened.ticket) if behind else turn

    async def closed(self, scripts: Scripts, person: Person, reply: Reply) -> Turn:
        """The window was open for too long: what it sent is not kept, and the code is asked again."""
        if _leads_out(scripts, reply):
            return await self._outside(scripts, person, reply)
        return await self._ask(scripts, person, reply, scripts.phrases.lock.closed)

    async def secret(
        self, scripts: Scripts, who: PlatformId, person: Person, reply: Reply, carried: str | None
    ) -> Turn:
        """A passphrase was entered (`reply.said`, for this moment only): set it, or open with it.

        Raises SlowError, and StoreError as `Sessions.visit` does.
        """
        if _leads_out(scripts, reply):
            return await self._outside(scripts, person, reply)
        if carried is not None and carried.startswith(NOTE):
            return await self._set(scripts, who, person, reply, carried)
        if codefield.aside(scripts, reply) is not None:
            return await self._ask(scripts, person, reply, scripts.phrases.lock.where_to_type)
        return await self._open(scripts, who, person, replace(reply, said=None), reply.said or "")

    async def _set(
        self,
        scripts: Scripts,
        who: PlatformId,
        person: Person,
        reply: Reply,
        note: str,
    ) -> Turn:
        lock, asked = scripts.phrases.lock, codefield.aside(scripts, reply)
        code = self._locks.proposed(who.platform, who.tenant, who.user, note)
        if code is None or tidy(reply.said or "") != code:
            slip = lock.mistyped if asked is None else lock.copy_it
            told = lock.too_late if code is None else slip
            turn = await self._propose(scripts, person, reply, told)
            if code is None or turn.wish is None:
                return self.carried(scripts, who, turn, None)
            return replace(locking.with_code(scripts, turn, code), ticket=note)
        opened = await self._slowly(who, code)
        if opened is None:
            return await self._propose(scripts, person, reply, lock.too_late)
        moving = Person(home=opened.person.home, places=person.places)

        def move(session: Session | None) -> Turn:
            if session is None or session.expires < reply.week or session.locked:
                return locking.offer(scripts, codefield.somebody(scripts, reply))
            if session.paused == "crisis":
                return crisis_wait(scripts, session)
            return locking.closed_behind(scripts, replace(session, week=reply.week))

        quiet = replace(reply, said=None)
        turn = await self._sessions.visit(moving, move, partial(shut.answer, scripts, quiet))
        moved = turn.session is not None and turn.session.locked
        return replace(turn, ticket=opened.ticket) if moved else turn

    async def _propose(self, scripts: Scripts, person: Person, reply: Reply, told: Text) -> Turn:
        def again(session: Session | None) -> Turn:
            if session is None or session.expires < reply.week or session.locked:
                return locking.offer(scripts, codefield.somebody(scripts, reply))
            turn = locking.proposal(scripts, session, told)
            before = codefield.beside(scripts, session, codefield.aside(scripts, reply))
            return replace(turn, says=(*before, *turn.says))

        quiet = replace(reply, said=None)
        return await self._sessions.visit(person, again, partial(shut.answer, scripts, quiet))

    async def _open(
        self, scripts: Scripts, who: PlatformId, person: Person, reply: Reply, entered: str
    ) -> Turn:
        place, lock = person.home.locator, scripts.phrases.lock
        if self._attempts.spent(place):
            return await self._ask(scripts, person, reply, lock.too_many)
        self._attempts.add(place)
        opened = await self._slowly(who, entered)
        if opened is not None:
            opening = replace(reply, pressed=None, token=None)
            turn = await self._sessions.visit(
                opened.person,
                lambda session: _found(dialogue.take(scripts, session, opening), session),
                partial(shut.answer, scripts, opening),
            )
            if shut.asked(turn):
                self._attempts.clear(place)
                return replace(turn, ticket=opened.ticket)
            if turn.session is not None and turn.session.locked:
                self._attempts.clear(place)
                said = (lock.opened.to(turn.language), *turn.says)
                return replace(turn, says=said, ticket=opened.ticket)
        spent = self._attempts.spent(place)
        return await self._ask(scripts, person, reply, lock.too_many if spent else lock.not_found)

    async def _ask(self, scripts: Scripts, person: Person, reply: Reply, told: Text) -> Turn:
        """The code is asked; a row outside the lock that does not open bars nobody's way to it."""

        def ask(session: Session | None) -> Turn:
            return codefield.ask(scripts, session, reply, told)

        return await self._sessions.visit(person, ask, partial(ask, None))

    async def _outside(self, scripts: Scripts, person: Person, reply: Reply) -> Turn:
        """As somebody without a code: what lies outside the lock answers."""
        outside = replace(reply, token=None)
        return await self._sessions.visit(
            person,
            lambda session: dialogue.take(scripts, session, outside),
            partial(shut.answer, scripts, outside),
        )

    async def _slowly(self, who: PlatformId, entered: str) -> Opened | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._locks.unlock(who.platform, who.tenant, who.user, entered)
        except TimeoutError:
            raise SlowError from None


def behind_a_lock(scripts: Scripts, session: Session | None, turn: Turn, reply: Reply) -> Turn:
    """A turn of somebody whose lock is open; whoever finds nothing there any more begins outside it."""
    if turn.fate != "write" or turn.session is None or turn.session.locked:
        return turn
    opening = dialogue.take(scripts, None, replace(reply, said=None, pressed=None, token=None))
    return replace(opening, fate="leave" if session is None else "erase")


def _found(turn: Turn, session: Session | None) -> Turn:
    """Looking behind a lock where nothing is must write nothing there."""
    if session is None or turn.session is None or not turn.session.locked:
        return replace(turn, session=None, fate="leave" if session is None else "erase")
    return turn


def _leads_out(scripts: Scripts, reply: Reply) -> bool:
    """Words of danger need the card and no code; erasing works without one, as far as it reaches."""
    danger = reply.said is not None and scripts.safety.crisis(reply.said)
    return danger or codefield.aside(scripts, reply) == "forget"
