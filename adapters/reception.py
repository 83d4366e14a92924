"""Where every platform brings its people: one turn at a time each, and no event answered twice."""

from __future__ import annotations

import hashlib
import secrets
from functools import partial
from typing import TYPE_CHECKING

from adapters import desk
from adapters.desk import DeskDoor
from adapters.incoming import BusyError, StrangerError, Taken, holds_a_lock, week
from adapters.inturn import REMEMBERED, OneAtATime, Outcomes
from adapters.limits import LimitedError
from adapters.locker import Locker, SlowError, behind_a_lock
from adapters.recent import Recent
from conversations import dialogue, shut
from conversations.caseports import Origin
from conversations.errors import StoreError
from conversations.replacing import replace
from conversations.turn import Reply, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.identity import PlatformId
    from adapters.incoming import Incoming
    from adapters.limits import Limits
    from conversations.caseports import Coaches, Desks
    from conversations.organisation import Organisation
    from conversations.person import Person
    from conversations.ports import Identities, Locks, Sessions
    from conversations.scripts import Scripts
    from conversations.session import Session

SEED = 4
"""Bytes of chance for which variant of a sentence is said."""


class Reception:
    """Shared by all platforms. `clock` gives seconds since the Unix epoch, `random` so many random bytes."""

    def __init__(  # noqa: PLR0913  wiring: each part has its name at the one place that calls it
        self,
        *,
        identities: Identities,
        locks: Locks,
        sessions: Sessions,
        scripts: Scripts,
        organisations: Mapping[tuple[str, str], Organisation],
        clock: Callable[[], float],
        limits: Limits | None = None,
        coaches: Coaches | None = None,
        desks: Desks | None = None,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._identities = identities
        self._sessions = sessions
        self._scripts = {key: scripts.of(value) for key, value in organisations.items()}
        self._clock, self._limits, self._coaches = clock, limits, coaches
        self._random = random
        self._locker = Locker(locks, sessions, clock)
        clients = {each.organisation.label: each for each in self._scripts.values()}
        self._desk = None if desks is None else DeskDoor(desks, clients, clock)
        self._in_turn, self._outcomes = OneAtATime(), Outcomes(clock)
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

        Raises StrangerError for an organisation that is not ours, LimitedError when more comes of
        this person than people send, BusyError when the person's other turn takes longer than a
        second, StoreError when nothing could be kept. Words that ask for the help card get it even
        then: it needs no store.
        """
        scripts = self.scripts(who.platform, who.tenant)
        if self._limits is not None and not self._limits.admits(who):
            self._excuse(scripts, incoming)
        try:
            return await self._let_in(scripts, who, incoming)
        except (BusyError, StoreError):
            words = incoming.said if incoming.secret is None else incoming.secret
            at_a_desk = self._desk is not None and desk.belongs(incoming)
            if words is None or at_a_desk or not scripts.safety.crisis(words):
                raise
            reply = replace(self._reply(incoming, ""), said=words, pressed=None, token=None)
            turn = dialogue.take(scripts, None, reply)
            return Taken(turn, again=False, key=secrets.token_hex(8))

    async def _let_in(self, scripts: Scripts, who: PlatformId, incoming: Incoming) -> Taken:
        person = self._identities.identify(who.platform, who.tenant, who.user)
        place = person.home.locator
        event = incoming.event or secrets.token_hex(16)
        digest = hashlib.sha256(place + event.encode("utf-8", "replace")).hexdigest()[:16]

        if self._desk is not None and desk.belongs(incoming):
            async with self._in_turn.of(place):
                turn = await self._desk.take(scripts, who, place, incoming)
            return Taken(turn, again=False, key=digest)
        if incoming.secret is not None:
            turn = await self._secret(scripts, who, person, incoming, digest)
            return Taken(turn, again=False, key=digest)
        opened = self._locker.opened(who, incoming.ticket)
        if opened is None and holds_a_lock(incoming):
            turn = await self._locker.closed(scripts, person, self._reply(incoming, digest))
            return Taken(turn, again=False, key=digest)

        joined = await self._outcomes.joined(digest)
        whose = person if opened is None else opened.person
        doing = partial(self._answered, scripts, who, whose, incoming, digest)
        turn = joined or await self._outcomes.of(digest, doing)
        turn = self._locker.carried(scripts, who, turn, opened)
        return Taken(turn, again=joined is not None, key=digest)

    async def _answered(
        self, scripts: Scripts, who: PlatformId, person: Person, incoming: Incoming, digest: str
    ) -> Turn:
        """The turn, and for a coach who looks at the Home tab the way to their desk."""
        turn = await self._turn(scripts, who, person, self._reply(incoming, digest), incoming)
        if self._desk is None or incoming.pressed != "lobby":
            return turn
        return desk.beside(scripts, turn, await self._desk.door(who))

    def _excuse(self, scripts: Scripts, incoming: Incoming) -> None:
        """Too fast; but whoever asks for help in so many words is heard at any pace."""
        if incoming.said is None or not scripts.safety.crisis(incoming.said):
            raise LimitedError

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
        async with self._in_turn.of(person.home.locator):
            try:
                return await self._locker.secret(scripts, who, person, reply, incoming.ticket)
            except SlowError:
                raise BusyError from None

    async def _turn(
        self, scripts: Scripts, who: PlatformId, person: Person, reply: Reply, incoming: Incoming
    ) -> Turn:
        place, label = person.home.locator, scripts.organisation.label
        origin = Origin(label, who.platform, who.tenant, incoming.address)
        try:
            async with self._in_turn.of(place):
                if self._coaches is not None:
                    reply = replace(reply, coaching=await self._coaches.coaching(label))
                take = self._take(scripts, place, reply, incoming)
                known = reply if reply.token else replace(reply, token=self._prompts.get(place))
                turn = await self._sessions.visit(
                    person, take, partial(shut.answer, scripts, known), origin
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
            seed=self._random(SEED).hex(),
            said=incoming.said,
            pressed=incoming.pressed,
            token=incoming.token,
            event=digest,
            language=incoming.language,
            surface=incoming.surface,
            gone=incoming.gone,
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
