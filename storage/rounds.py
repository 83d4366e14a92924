"""The fixed times at which requests, letters, answers and notices leave, each done by one process."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, get_args

from conversations.caseports import Due, Route
from conversations.errors import StoreError
from storage import caserows, coachrows, files, jobs, returns
from storage.coachrows import Told
from storage.envelopes import ID
from storage.errors import KeysError
from storage.roundwork import RoundWork
from storage.weeks import week_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from conversations.caseports import ReturnAddress
    from storage.casework import Casework
    from storage.sessions import SqlSessions
    from storage.timetable import Timetable

NOTICES_EVERY = 300
"""Seconds in which one process sends notices."""

KEEP_TRYING = 7 * 86_400
"""Seconds after which a person who cannot be reached finds the answer for themselves."""


@dataclass(frozen=True, slots=True, repr=False)
class _Answer:
    """An answer whose person asked to be told; `round` is the one before it leaves.

    `given` is when it was given and `tried` when its person was last tried, in Unix seconds.
    """

    round: int
    organisation: str
    block: bytes
    given: float
    tried: float = float("-inf")

    def named(self, case: bytes) -> bytes:
        return case + self.round.to_bytes(8, "big")


class SqlRounds:
    """Implements `conversations.caseports.Rounds`.

    `timetables` has one for each organisation, by its label.
    """

    def __init__(
        self, sessions: SqlSessions, work: Casework, timetables: Mapping[str, Timetable]
    ) -> None:
        self._sessions, self._work, self._keys = sessions, work, work.keys
        self._timetables = dict(timetables)
        self._done: dict[str, tuple[int, int]] = {}
        self._answers: dict[bytes, _Answer] = {}

    async def run(self, now: float) -> None:
        """See `conversations.caseports.Rounds.run`."""
        for label, timetable in self._timetables.items():
            numbers = (timetable.batch(now), timetable.round(now))
            if self._done.get(label) == numbers:
                continue
            organisation = self._keys.organisation(label)
            job = RoundWork(self._work, organisation, timetable.daily, *numbers, week_of(now))
            used = await self._sessions.perform(job.do, erases=True)
            try:
                await asyncio.to_thread(self._clear, organisation, used, now)
            except OSError as error:
                raise StoreError(type(error).__name__, "disk") from None
            self._done[label] = numbers

    async def due(self, now: float) -> Sequence[Due]:
        """See `conversations.caseports.Rounds.due`."""
        week, slot = week_of(now), int(now // NOTICES_EVERY)
        name = hmac.digest(self._keys.lasting(jobs.LABEL), b"notices", "sha256")

        def find(connection: Connection) -> list[Due]:
            if jobs.advance(connection, name, slot, at_once=True) is None:
                return []
            rows = coachrows.every(connection, self._keys)
            return [
                Due(row.id.hex(), address)
                for row in rows
                if row.notice in (Told.DUE, Told.FAILING)
                and (address := row.profile.address()) is not None
                and not row.profile.on_holiday(week)
                and self._at_work(row.profile.organisations, now)
            ]

        if not any(each.at_work(now) for each in self._timetables.values()):
            return []
        found = await self._sessions.perform(find)
        secrets.SystemRandom().shuffle(found)
        return found

    async def told(self, coach: str, *, delivered: bool) -> None:
        """See `conversations.caseports.Rounds.told`."""
        id_ = bytes.fromhex(coach)
        await self._sessions.perform(
            lambda live: coachrows.told(live, id_, delivered=delivered), erases=False
        )

    async def failing(self) -> Mapping[Route, int]:
        """See `conversations.caseports.Rounds.failing`."""
        rows = await self._sessions.perform(lambda live: coachrows.every(live, self._keys))
        routes = [row.profile.route for row in rows if row.notice is Told.FAILING]
        return {each: routes.count(each) for each in get_args(Route)}

    def answer_waits(self, organisation: str, case: bytes, block: bytes, now: float) -> None:
        """A coach has answered in this process: tell the person after the next round.

        Kept in memory and sealed; a process that dies before that tells nobody, and the person
        finds the answer when they come by.
        """
        timetable = self._timetables.get(organisation)
        if timetable is not None:
            self._answers[case] = _Answer(timetable.round(now), organisation, block, now)

    async def returns(self, now: float) -> Sequence[ReturnAddress]:
        """See `conversations.caseports.Rounds.returns`."""
        ready = [pair for pair in self._answers.items() if self._is_ready(pair[1], now)]
        found = []
        for case, answer in ready:
            there = await self._sessions.perform(partial(_has_answer, case))
            address = self._address(case, answer, now) if there else None
            if address is None or now - answer.given > KEEP_TRYING:
                self._answers.pop(case, None)
                continue
            self._answers[case] = replace(answer, tried=now)
            found.append(address)
        secrets.SystemRandom().shuffle(found)
        return found

    def reached(self, address: ReturnAddress) -> None:
        """See `conversations.caseports.Rounds.reached`. An answer that came meanwhile is another one."""
        case = address.answer[:ID]
        answer = self._answers.get(case)
        if answer is not None and answer.named(case) == address.answer:
            del self._answers[case]

    def _is_ready(self, answer: _Answer, now: float) -> bool:
        """In working hours only, also where an outage ended at night."""
        table = self._timetables[answer.organisation]
        left = table.round(now) > answer.round
        return left and table.at_work(now) and now - answer.tried >= NOTICES_EVERY

    def _address(self, case: bytes, answer: _Answer, now: float) -> ReturnAddress | None:
        organisation = self._keys.organisation(answer.organisation)
        if self._work.spool.ended(organisation, case):
            return None
        try:
            found = returns.opened(self._keys, case, answer.block, week_of(now))
        except KeysError:
            return None
        return None if found is None else replace(found, answer=answer.named(case))

    def _at_work(self, organisations: Sequence[str], now: float) -> bool:
        tables = (self._timetables.get(each) for each in organisations)
        return any(each is not None and each.at_work(now) for each in tables)

    def _clear(self, organisation: bytes, used: Sequence[Path], now: float) -> None:
        """Destroy what is in the database now; killed halfway, the next round finds it there."""
        for path in used:
            files.destroy(path)
        self._work.spool.tidy(organisation, now)
        self._work.spool.blur(organisation)


def _has_answer(case: bytes, connection: Connection) -> bool:
    """Whether the case is there and its answer has left."""
    row = caserows.read(connection, case)
    return row is not None and not caserows.has_held(connection, case)
