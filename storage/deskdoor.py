"""Who comes to a desk: registering with a one-time code, and opening with a passphrase or a ticket."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from conversations.caseports import DeskKey, Registered
from conversations.errors import StoreError
from conversations.passphrase import tidy
from storage import casekeys, coachrows, deskcode, envelopes
from storage.coachrows import WAITS, CoachRow, Told
from storage.deskcode import NEXT, NOW
from storage.envelopes import ID
from storage.errors import SealError
from storage.lock import stretched
from storage.tickets import DESK, Tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from conversations.caseports import Door, Invitation
    from storage.casekeys import CaseKeys
    from storage.casework import Casework
    from storage.profiles import Profile
    from storage.sessions import SqlSessions

TOGETHER = 2
"""Passphrases that are stretched at once; each takes 64 MiB."""


@dataclass(frozen=True, slots=True, repr=False)
class _Newcomer:
    """What a registration puts into the database, made before it is known that the code is good."""

    id: bytes
    desk: bytes
    sealed: bytes
    public: bytes
    address: str | None
    platform: str
    tenant: str


class DeskDoor:
    """The part of `conversations.caseports.Desks` before any case. For one event loop.

    `sessions` is the store that does its work with the same `work`.
    """

    def __init__(self, sessions: SqlSessions, work: Casework) -> None:
        self._sessions, self._work, self._keys = sessions, work, work.keys
        self._tickets = Tickets(work.keys.derive, work.clock, DESK)
        self._pool = ThreadPoolExecutor(TOGETHER, thread_name_prefix="luwte-desk")

    async def invited(self, code: str) -> Invitation | None:
        """See `conversations.caseports.Desks.invited`."""
        known = tidy(code)
        if known is None:
            return None
        week, locator = self._week, self._keys.invitation(known)

        def find(connection: Connection) -> Invitation | None:
            row = coachrows.invited(connection, self._keys, locator)
            return None if row is None or row.expires_week < week else row.profile.invitation()

        return await self._sessions.perform(find)

    async def register(
        self, platform: str, tenant: str, user: str, code: str, address: str | None
    ) -> Registered | None:
        """See `conversations.caseports.Desks.register`."""
        known = tidy(code)
        if known is None:
            return None
        desk = self._keys.desk(platform, tenant, user)
        passphrase = deskcode.drawn()
        private, public = envelopes.new_key()
        key = casekeys.behind_passphrase(desk, await self._stretch(desk, passphrase))
        sealed = casekeys.seal_desk(desk, key, private)
        newcomer = _Newcomer(
            secrets.token_bytes(ID), desk, sealed, public, address, platform, tenant
        )
        locator = self._keys.invitation(known)
        made = partial(_registered, self._keys, locator, newcomer, self._week)
        row = await self._sessions.perform(made)
        if row is None:
            return None
        new = row.id == newcomer.id
        return Registered(row.profile.coach(row.id, self._week), passphrase if new else "")

    async def door(self, platform: str, tenant: str, user: str) -> Door | None:
        """See `conversations.caseports.Desks.door`."""
        row = await self._row(self._keys.desk(platform, tenant, user))
        if row is None:
            return None
        return row.profile.door(row.id, self._week, waits=row.notice in WAITS)

    async def enter(self, platform: str, tenant: str, user: str, passphrase: str) -> DeskKey | None:
        """See `conversations.caseports.Desks.enter`."""
        code = tidy(passphrase)
        if code is None:
            return None
        desk = self._keys.desk(platform, tenant, user)
        key = await self._stretch(desk, code)
        ticket = self._tickets.first((platform, tenant, user), {NOW: key})
        return await self._open(desk, key, ticket)

    async def opened(self, platform: str, tenant: str, user: str, ticket: str) -> DeskKey | None:
        """See `conversations.caseports.Desks.opened`."""
        known = self._tickets.renewed((platform, tenant, user), ticket)
        if known is None or NOW not in known[0]:
            return None
        held, renewed = known
        return await self._open(self._keys.desk(platform, tenant, user), held[NOW], renewed)

    async def propose(
        self, platform: str, tenant: str, user: str, ticket: str
    ) -> tuple[str, str] | None:
        """See `conversations.caseports.Desks.propose`."""
        passphrase, desk = deskcode.drawn(), self._keys.desk(platform, tenant, user)
        key = await self._stretch(desk, passphrase)
        noted = self._tickets.extended((platform, tenant, user), ticket, {NEXT: key})
        return None if noted is None else (passphrase, noted)

    async def renew(
        self, platform: str, tenant: str, user: str, ticket: str, passphrase: str
    ) -> DeskKey | None:
        """See `conversations.caseports.Desks.renew`."""
        code, who = tidy(passphrase), (platform, tenant, user)
        known = self._tickets.renewed(who, ticket)
        if code is None or known is None or not {NOW, NEXT} <= known[0].keys():
            return None
        held, desk = known[0], self._keys.desk(*who)
        if not hmac.compare_digest(await self._stretch(desk, code), held[NEXT]):
            return None
        change = partial(deskcode.exchanged, self._keys, desk, held[NOW], held[NEXT])
        made = await self._sessions.perform(change, erases=True)
        if made is None:
            return None
        id_, private = made
        return DeskKey(id_.hex(), private, self._tickets.first(who, {NOW: held[NEXT]}))

    async def confirm(self, key: DeskKey) -> None:
        """See `conversations.caseports.Desks.confirm`."""
        week = self._week
        await self._revise(key, lambda known: replace(known, confirmed=True, seen=week))

    async def holiday(self, key: DeskKey, until: int | None) -> None:
        """See `conversations.caseports.Desks.holiday`."""
        await self._revise(key, lambda known: replace(known, away_until=until))

    def close(self) -> None:
        """Let the threads go; what they were at is of no use to anybody any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def _week(self) -> int:
        return self._work.week

    async def _stretch(self, desk: bytes, code: str) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, stretched, desk, code)

    async def _open(self, desk: bytes, key: bytes, ticket: str) -> DeskKey | None:
        row = await self._row(desk)
        if row is None:
            return None
        try:
            private = casekeys.open_desk(desk, casekeys.behind_passphrase(desk, key), row.desk)
        except SealError:
            return None
        return DeskKey(row.id.hex(), private, ticket)

    async def _row(self, desk: bytes) -> CoachRow | None:
        locator = casekeys.desk_locator(desk)
        return await self._sessions.look(
            lambda connection: coachrows.by_locator(connection, self._keys, locator)
        )

    async def _revise(self, key: DeskKey, change: Callable[[Profile], Profile]) -> None:
        coach = bytes.fromhex(key.coach)
        await self._sessions.perform(
            lambda connection: coachrows.revise(connection, self._keys, coach, change)
        )


def _registered(
    keys: CaseKeys, locator: bytes, new: _Newcomer, week: int, connection: Connection
) -> CoachRow | None:
    """The coach's row, new or with more organisations; the code is used up in the same commit."""
    invitation = coachrows.invited(connection, keys, locator)
    if invitation is None or invitation.expires_week < week:
        return None
    said = invitation.profile
    if said.desk != new.platform or not coachrows.use_up(connection, locator):
        return None
    if said.to is None and new.address is None:
        raise StoreError("no_address")  # Nobody could tell this coach of anything.
    at = casekeys.desk_locator(new.desk)
    known = coachrows.by_locator(connection, keys, at)
    if known is not None:
        said_now = replace(said, to=said.to or new.address)
        coachrows.revise(connection, keys, known.id, lambda old: old.told_anew(said_now))
        return coachrows.by_id(connection, keys, known.id)
    profile = replace(
        said,
        tenant=new.tenant,
        to=said.to or new.address,
        public=new.public.hex(),
        seen=week,
    )
    row = CoachRow(new.id, at, Told.NOTHING, 0, new.sealed, profile)
    coachrows.keep(connection, keys, row)
    return row
