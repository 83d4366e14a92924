"""One daily batch or round of an organisation, in one transaction."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage import caserows, coachrows, handing, jobs
from storage.casenews import OVERDUE_DAYS, SILENT_DAYS
from storage.caserows import CaseRow, LetterRow, State
from storage.postings import TOMBSTONE_WEEKS
from storage.spool import LAST, SpooledCase, SpooledEnd, SpooledLetter
from storage.timetable import ENOUGH

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from storage.casework import Casework
    from storage.spool import Found

REMINDED = (2, OVERDUE_DAYS, 12)
"""Days without an answer after which the coach, or all who were asked, are reminded once more."""


@dataclass(frozen=True, slots=True, repr=False)
class RoundWork:
    """`batch` and `round` are the numbers that are due (`storage.timetable`)."""

    work: Casework
    organisation: bytes
    daily: bool
    batch: int
    round: int
    week: int

    def do(self, connection: Connection) -> list[Path]:
        """Everything that is due and not done yet; the files that are used up."""
        days = self._days(connection, b"batch", self.batch)
        rounds = self._days(connection, b"round", self.round)
        if not days and not rounds:
            return []
        found = self.work.spool.entries(self.organisation)
        used = [each.path for each in found if each.entry is None]
        ends = [each for each in found if isinstance(each.entry, SpooledEnd)]
        for each in ends:
            self._end(connection, each.entry)  # type: ignore[arg-type]
        used += [each.path for each in ends]
        if rounds:
            used += self._letters(connection, found)
            self._answers(connection)
        if days:
            self._grow_older(connection, days)
            used += self._requests(connection, found, days)
            caserows.purge_tombstones(connection, self.week)
            coachrows.purge_invitations(connection, self.week)
        return used

    def _days(self, connection: Connection, kind: bytes, number: int) -> int:
        key = self.work.keys.lasting(jobs.LABEL)
        name = hmac.digest(key, kind + self.organisation, "sha256")
        before = jobs.advance(connection, name, number)
        return 0 if before is None else number - before

    def _end(self, connection: Connection, end: SpooledEnd) -> None:
        row = caserows.read(connection, end.id)
        if row is None or row.organisation == self.organisation:
            self._erase(connection, end.id, row, end.expires_week)

    def _erase(self, connection: Connection, id_: bytes, row: CaseRow | None, until: int) -> None:
        """The content goes, the id stays for a while, and its coach is told in one neutral line."""
        caserows.erase(connection, id_, until)
        if row is not None and row.coach is not None:
            coachrows.ended(connection, row.coach)

    def _letters(self, connection: Connection, found: list[Found]) -> list[Path]:
        letters = [each for each in found if isinstance(each.entry, SpooledLetter)]
        secrets.SystemRandom().shuffle(letters)
        for each in letters:
            self._deliver(connection, each.entry)  # type: ignore[arg-type]
        return [each.path for each in letters]

    def _deliver(self, connection: Connection, letter: SpooledLetter) -> None:
        """To the coach who still has the case; else to nobody, and the person is told."""
        row = caserows.read(connection, letter.case)
        if row is None or not caserows.hold(connection, letter.case, letter.to):
            return
        kept = LetterRow(letter.id, letter.case, by_coach=False, held=False, sealed=letter.sealed)
        if not caserows.keep_letter(connection, kept):
            return
        caserows.change(
            connection,
            letter.case,
            state=State.RECEIVED,
            rounds=0,
            expires_week=max(row.expires_week, letter.expires_week),
        )
        coachrows.due(connection, [letter.to])

    def _answers(self, connection: Connection) -> None:
        rows = caserows.of_organisation(connection, self.organisation)
        secrets.SystemRandom().shuffle(rows)
        for row in rows:
            if not caserows.release(connection, row.id):
                continue
            if row.state is State.CLOSING:
                caserows.change(connection, row.id, state=State.CLOSED, rounds=0)
            elif row.state is State.OPENED and row.coach is not None:
                caserows.change(connection, row.id, state=State.ANSWERED, rounds=0)
            else:
                caserows.change(connection, row.id, rounds=0)

    def _grow_older(self, connection: Connection, days: int) -> None:
        rows = caserows.of_organisation(connection, self.organisation)
        for row in rows:
            older = replace(row, rounds=row.rounds + days)
            if older.rounds >= SILENT_DAYS or row.expires_week < self.week:
                self._erase(connection, row.id, row, self.week + TOMBSTONE_WEEKS)
                continue
            caserows.change(connection, row.id, rounds=older.rounds)
            if any(row.rounds < each <= older.rounds for each in REMINDED):
                self._remind(connection, row)

    def _remind(self, connection: Connection, row: CaseRow) -> None:
        if row.state not in (State.RECEIVED, State.OPENED):
            return
        if row.coach is not None:
            coachrows.due(connection, [row.coach], again=True)
            return
        whole = caserows.read(connection, row.id, whole=True)
        if whole is not None:
            asked = handing.asked(connection, self.work.keys, whole)
            coachrows.due(connection, asked, again=True)

    def _requests(self, connection: Connection, found: list[Found], days: int) -> list[Path]:
        """Those that wait leave together, shuffled; or they stay for another batch."""
        waiting = [each for each in found if isinstance(each.entry, SpooledCase)]
        oldest = max((each.folder for each in waiting), default=0) + days - 1
        if not self.daily and len(waiting) < ENOUGH and oldest < LAST:
            self.work.spool.move_on(self.organisation, days)
            return []
        secrets.SystemRandom().shuffle(waiting)
        for each in waiting:
            self._let_in(connection, each.entry)  # type: ignore[arg-type]
        return [each.path for each in waiting]

    def _let_in(self, connection: Connection, entry: SpooledCase) -> None:
        row = CaseRow(
            entry.id,
            self.organisation,
            State.RECEIVED,
            None,
            0,
            entry.expires_week,
            entry.keys,
            entry.card,
        )
        if self.work.spool.ended(self.organisation, entry.id):
            return  # Taken back a moment ago; the next round sees to it.
        asked = handing.asked(connection, self.work.keys, row)
        if not asked:
            row = replace(row, state=State.RETURNED)
        if caserows.keep(connection, row):
            coachrows.due(connection, asked)
