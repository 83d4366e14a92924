"""What a coach does at the desk: look, read, claim, answer, hand back, close.

Every action fetches the case and tries to open its card first, also for a handle that is foreign,
and looks into the spool last: a case that its person took back a moment ago is not shown.
"""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from conversations.caseports import Desk
from conversations.cases import ANSWER_BYTES, size_of
from storage import caserows, coachrows, deskroom, envelopes, handing, papers
from storage.caserows import LetterRow, State
from storage.deskdoor import DeskDoor
from storage.envelopes import ID

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from conversations.caseports import DeskKey, Listed, Outcome, Request
    from conversations.cases import LetterKind, Times
    from storage.caserows import CaseRow
    from storage.casework import Casework
    from storage.deskroom import Sheaf
    from storage.papers import Opened
    from storage.rounds import SqlRounds
    from storage.sessions import SqlSessions

MOST_SHOWN = 50
"""Open cases on a desk; more are shown when these are claimed."""

HANDLE = 2 * ID


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What a coach writes."""

    kind: LetterKind
    words: str = ""
    times: Times | None = None

    def sealed(
        self, sheaf: Sheaf, key: DeskKey, opened: Opened, stamp: int, week: int
    ) -> LetterRow:
        """The letter; the same words again, before the person has written, are the same letter."""
        theirs = sum(not each.by_coach for each in sheaf.letters)
        same = papers.letter_of_coach(self.kind, theirs, 0, self.words, self.times)
        id_ = hmac.digest(key.private, sheaf.row.id + same, "sha256")[:ID]
        sealed = envelopes.seal_letter(
            sheaf.row.id,
            id_,
            by_coach=True,
            content=papers.letter_of_coach(self.kind, stamp, week, self.words, self.times),
            inbox=opened.inbox,
            coach=envelopes.public_of(key.private),
        )
        return LetterRow(id_, sheaf.row.id, by_coach=True, held=True, sealed=sealed)


class SqlDesks(DeskDoor):
    """Implements `conversations.caseports.Desks`. `rounds` tells people of answers."""

    def __init__(self, sessions: SqlSessions, work: Casework, rounds: SqlRounds) -> None:
        super().__init__(sessions, work)
        self._rounds = rounds

    async def look(self, key: DeskKey) -> Desk:
        """See `conversations.caseports.Desks.look`."""
        coach, week = bytes.fromhex(key.coach), self._week
        found, gone = await self._sessions.perform(partial(_looked, self._work, coach, week))
        shown = await asyncio.to_thread(self._listed, found, key)
        shown = [each for each in shown if not self._is_ended(found, each)]
        return Desk(
            open=tuple(each for each in shown if not each.mine)[:MOST_SHOWN],
            mine=tuple(each for each in shown if each.mine),
            gone=gone,
        )

    async def read(self, key: DeskKey, case: str) -> Request | None:
        """See `conversations.caseports.Desks.read`."""
        sheaf, opened = await self._fetched(key, case)
        if opened is None:
            return None
        if sheaf.row.state is State.RECEIVED:
            await self._sessions.perform(
                lambda live: caserows.opened(live, sheaf.row.id), erases=False
            )
        found = deskroom.request(sheaf, key, opened, self._week)
        return None if self._taken_back(sheaf) else found

    async def claim(self, key: DeskKey, case: str) -> Outcome:
        """See `conversations.caseports.Desks.claim`."""
        coach = bytes.fromhex(key.coach)
        sheaf, opened = await self._fetched(key, case)
        if opened is None or self._taken_back(sheaf):
            return await self._was_taken(key, case)
        if sheaf.row.coach == coach:
            return "done"
        id_ = sheaf.row.id
        mine = await self._sessions.perform(
            lambda live: caserows.claim(live, id_, coach) or caserows.hold(live, id_, coach)
        )
        return "done" if mine else await self._was_taken(key, case)

    async def answer(self, key: DeskKey, case: str, words: str) -> Outcome:
        """See `conversations.caseports.Desks.answer`."""
        if not words.strip() or size_of(words) > ANSWER_BYTES:
            return "refused"
        return await self._write(key, case, Draft("words", words))

    async def offer(self, key: DeskKey, case: str, times: Times) -> Outcome:
        """See `conversations.caseports.Desks.offer`."""
        if not times.fits:
            return "refused"
        return await self._write(key, case, Draft("times", times=times))

    async def close_case(self, key: DeskKey, case: str, note: str) -> Outcome:
        """See `conversations.caseports.Desks.close_case`."""
        return await self._write(key, case, Draft("closing", note))

    async def hand_back(self, key: DeskKey, case: str) -> Outcome:
        """See `conversations.caseports.Desks.hand_back`."""
        sheaf, opened = await self._fetched(key, case)
        coach = bytes.fromhex(key.coach)
        if opened is None or sheaf.row.coach != coach or self._taken_back(sheaf):
            return "refused"
        back = partial(handing.hand_back, self._keys, sheaf.row.id, coach)
        return "done" if await self._sessions.perform(back, erases=True) else "refused"

    async def _write(self, key: DeskKey, case: str, draft: Draft) -> Outcome:
        sheaf, opened = await self._fetched(key, case)
        coach = bytes.fromhex(key.coach)
        if opened is None or sheaf.row.coach != coach or self._taken_back(sheaf):
            return "refused"
        letters, block = deskroom.letters_of(sheaf, key, opened)
        stamp = max((each.stamp for each in letters), default=0) + 1
        row = draft.sealed(sheaf, key, opened, stamp, self._week)
        state = State.CLOSING if draft.kind == "closing" else None
        kept = await self._sessions.perform(partial(_kept, row, coach, state))
        if kept and block is not None:
            self._rounds.answer_waits(opened.organisation, sheaf.row.id, block, self._work.clock())
        return "done" if kept else "refused"

    async def _fetched(self, key: DeskKey, case: str) -> tuple[Sheaf, Opened | None]:
        coach, id_ = bytes.fromhex(key.coach), _id(case)
        sheaf = await self._sessions.perform(
            lambda live: deskroom.fetch(live, self._work, coach, id_)
        )
        return sheaf, await asyncio.to_thread(deskroom.card_of, sheaf, key)

    async def _was_taken(self, key: DeskKey, case: str) -> Outcome:
        """Why it is not theirs: somebody else has it whom it was sent to as well, or nothing is told."""
        coach, id_ = bytes.fromhex(key.coach), _id(case)

        def asked(live: Connection) -> bool:
            who = coachrows.by_id(live, self._keys, coach)
            row = caserows.read(live, id_, whole=True)
            if who is None or row is None or row.coach in (None, coach):
                return False
            free = replace(row, coach=None, state=State.RECEIVED)
            return deskroom.may_see(self._work, who, free)

        there = await self._sessions.perform(asked)
        return "taken" if there else "refused"

    def _listed(self, rows: list[CaseRow], key: DeskKey) -> list[Listed]:
        coach, shown = bytes.fromhex(key.coach), []
        for row in rows:
            opened = deskroom.card_of(deskroom.Sheaf(there=True, row=row), key)
            if opened is not None:
                shown.append(deskroom.listed(row, opened, coach, self._week))
        return sorted(shown, key=lambda each: (each.week, each.alias))

    def _is_ended(self, rows: list[CaseRow], shown: Listed) -> bool:
        return any(
            row.id.hex() == shown.id and self._work.spool.ended(row.organisation, row.id)
            for row in rows
        )

    def _taken_back(self, sheaf: Sheaf) -> bool:
        return self._work.spool.ended(sheaf.row.organisation, sheaf.row.id)


def _looked(
    work: Casework, coach: bytes, week: int, connection: Connection
) -> tuple[list[CaseRow], int]:
    """Their cases and the open ones, and how many are gone; the notice is read."""
    who = coachrows.by_id(connection, work.keys, coach)
    if who is None:
        return [], 0
    coachrows.looked(connection, coach)
    coachrows.revise(connection, work.keys, coach, lambda known: replace(known, seen=week))
    served = [work.keys.organisation(each) for each in who.profile.organisations]
    free = caserows.unclaimed(connection, served)
    rows = (*caserows.of_coach(connection, coach), *free)
    return [row for row in rows if deskroom.may_see(work, who, row)], who.gone


def _kept(row: LetterRow, coach: bytes, state: State | None, connection: Connection) -> bool:
    """Put an answer in to wait for its round, if the case is still theirs; twice is once."""
    if not caserows.hold(connection, row.case, coach):
        return any(each.id == row.id for each in caserows.letters(connection, row.case))
    caserows.keep_letter(connection, row)
    if state is not None:
        caserows.change(connection, row.case, state=state)
    return True


def _id(handle: str) -> bytes:
    """The id in a handle; 16 zeros, which no case has, where it is none."""
    try:
        return bytes.fromhex(handle).rjust(ID, b"\0")[:ID] if len(handle) == HANDLE else bytes(ID)
    except ValueError:
        return bytes(ID)
