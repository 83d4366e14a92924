"""What a reception does with a passphrase: propose one, set it, open with it, and ask it again.

A passphrase comes in as `Incoming.secret`, never as words, and goes to `Locks`; nothing of it stays
here but how often somebody tried in the last hour. The turns are authored (`conversations.locking`).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.recent import Recent
from conversations import dialogue, locking, tokens
from conversations.asides import crisis_wait
from conversations.passphrase import tidy
from conversations.person import Person
from conversations.ports import NOTE
from conversations.session import Session, Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.identity import PlatformId
    from conversations.ports import Locks, Opened, Sessions
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.turn import Reply, Turn

HOUR = 3_600.0
ATTEMPTS = 5
"""Passphrases with which nothing was found that one person may enter in an hour."""

PATIENCE = 2.0
"""Seconds for the slow derivation, waiting for others included; Slack gives three in all."""


class SlowError(Exception):
    """Too many people open a lock at this moment; nothing was done."""


class Attempts:
    """How often somebody found nothing, in memory only, by where their row lies."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tried: Recent[bytes, tuple[float, ...]] = Recent(clock, HOUR, 10_000)

    def spent(self, place: bytes) -> bool:
        return len(self._of(place)) >= ATTEMPTS

    def add(self, place: bytes) -> None:
        self._tried.put(place, (*self._of(place), self._clock()))

    def clear(self, place: bytes) -> None:
        self._tried.drop(place)

    def _of(self, place: bytes) -> tuple[float, ...]:
        since = self._clock() - HOUR
        return tuple(moment for moment in self._tried.get(place) or () if moment > since)


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
        if opened is None or turn.session is None or turn.fate == "erase":
            return turn
        return replace(turn, ticket=opened.ticket)

    async def closed(self, scripts: Scripts, person: Person, reply: Reply) -> Turn:
        """The window was open for too long: what it sent is not kept, and the code is asked again."""
        if _in_danger(scripts, reply.said):
            return await self._sessions.visit(
                person, lambda session: dialogue.take(scripts, session, replace(reply, token=None))
            )
        return await self._ask(scripts, person, reply, scripts.phrases.lock.closed)

    async def secret(
        self, scripts: Scripts, who: PlatformId, person: Person, reply: Reply, carried: str | None
    ) -> Turn:
        """A passphrase was entered (`reply.said`, for this moment only): set it, or open with it.

        Raises SlowError, and StoreError as `Sessions.visit` does.
        """
        entered = reply.said or ""
        if _in_danger(scripts, entered):
            return await self.closed(scripts, person, reply)
        quiet = replace(reply, said=None)
        if carried is not None and carried.startswith(NOTE):
            return await self._set(scripts, who, person, quiet, entered, carried)
        return await self._open(scripts, who, person, quiet, entered)

    async def _set(
        self,
        scripts: Scripts,
        who: PlatformId,
        person: Person,
        reply: Reply,
        entered: str,
        note: str,
    ) -> Turn:
        lock = scripts.phrases.lock
        code = self._locks.proposed(who.platform, who.tenant, who.user, note)
        if code is None or tidy(entered) != code:
            told = lock.too_late if code is None else lock.mistyped
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
                return locking.offer(scripts, _somebody(scripts, reply))
            if session.paused == "crisis":
                return crisis_wait(scripts, session)
            return locking.closed_behind(scripts, replace(session, week=reply.week))

        turn = await self._sessions.visit(moving, move)
        moved = turn.session is not None and turn.session.locked
        return replace(turn, ticket=opened.ticket) if moved else turn

    async def _propose(self, scripts: Scripts, person: Person, reply: Reply, told: Text) -> Turn:
        def again(session: Session | None) -> Turn:
            if session is None or session.expires < reply.week or session.locked:
                return locking.offer(scripts, _somebody(scripts, reply))
            return locking.proposal(scripts, session, told)

        return await self._sessions.visit(person, again)

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
            )
            if turn.session is not None and turn.session.locked:
                self._attempts.clear(place)
                said = (lock.opened.to(turn.language), *turn.says)
                return replace(turn, says=said, ticket=opened.ticket)
        spent = self._attempts.spent(place)
        return await self._ask(scripts, person, reply, lock.too_many if spent else lock.not_found)

    async def _ask(self, scripts: Scripts, person: Person, reply: Reply, told: Text) -> Turn:
        def ask(session: Session | None) -> Turn:
            known = None if session is None or session.expires < reply.week else session
            return locking.code_again(scripts, known or _somebody(scripts, reply), told)

        return await self._sessions.visit(person, ask)

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


def _in_danger(scripts: Scripts, words: str | None) -> bool:
    return words is not None and scripts.safety.crisis(words)


def _somebody(scripts: Scripts, reply: Reply) -> Session:
    """Somebody without a row, in the language that their button or their platform tells."""
    frame = scripts.frame
    start = Spot(frame.id, frame.revision, frame.start)
    newcomer = tokens.newcomer(frame, reply)
    return newcomer or Session(reply.seed, reply.language or "nl", start, week=reply.week)
