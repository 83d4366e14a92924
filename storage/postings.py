"""What a person sends about a case, sealed and ready for the spool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.caseports import ReturnAddress
from conversations.errors import StoreError
from storage import coachrows, envelopes, papers, returns
from storage.spool import SpooledCase, SpooledEnd, SpooledLetter

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from conversations.caseports import Origin
    from conversations.cases import Case, Pending
    from storage.casekeys import CaseKeys
    from storage.spool import Spool, Spooled

CASE_WEEKS = (80 - 6) // 7
"""Whole weeks that fit into the 80 days after the person's own last message."""

TOMBSTONE_WEEKS = 13
"""Longer than any session lives that could post an erased case again."""


@dataclass(frozen=True, slots=True, repr=False)
class Posting:
    """Something for the spool of an organisation."""

    organisation: bytes
    entry: Spooled

    def __repr__(self) -> str:
        return "<posting>"

    def put(self, spool: Spool) -> None:
        """On the disk when this returns. Raises OSError."""
        spool.put(self.organisation, self.entry)
        if isinstance(self.entry, SpooledEnd):
            spool.drop_case(self.organisation, self.entry.id)


@dataclass(frozen=True, slots=True, repr=False)
class Sealer:
    """For one visit: in this `week`, of a session that lives until the week `expires`.

    Raises StoreError (`no_coach`) where those who should read it are not there any more.
    """

    connection: Connection
    keys: CaseKeys
    origin: Origin | None
    week: int
    expires: int

    def request(self, case: Case, organisation: str) -> Posting:
        """A case for the coaches it is meant for. `organisation` is the label."""
        where, id_ = where_of(case)
        rows = [self.coach(bytes.fromhex(each)) for each in case.coaches]
        coaches = {row.id: bytes.fromhex(row.profile.public) for row in rows if row is not None}
        if not coaches:
            raise StoreError("no_coach")
        content = papers.request(case, inbox_of(case), organisation, self._block(case))
        card, keys = envelopes.seal_card(id_, content, coaches)
        return Posting(where, SpooledCase(id_, self._last_week, keys, card))

    def letter(self, case: Case, pending: Pending) -> Posting:
        """A letter for the coach who had the case when it was written."""
        where, id_ = where_of(case)
        letter, to = bytes.fromhex(pending.id), bytes.fromhex(pending.to)
        coach = self.coach(to)
        if coach is None:
            raise StoreError("no_coach")
        sealed = envelopes.seal_letter(
            id_,
            letter,
            by_coach=False,
            content=papers.letter_of_person(pending, self._block(case)),
            inbox=inbox_of(case),
            coach=bytes.fromhex(coach.profile.public),
        )
        return Posting(where, SpooledLetter(letter, self._last_week, id_, to, sealed))

    def end(self, where: bytes, id_: bytes) -> Posting:
        """A case is taken back."""
        return Posting(where, SpooledEnd(id_, self.week + TOMBSTONE_WEEKS))

    def coach(self, id_: bytes) -> coachrows.CoachRow | None:
        return coachrows.by_id(self.connection, self.keys, id_)

    @property
    def _last_week(self) -> int:
        """Never after the session in which the answers can be opened."""
        return min(self.week + CASE_WEEKS, self.expires)

    def _block(self, case: Case) -> bytes | None:
        """A fresh reply block where they asked to be told, and can be reached."""
        origin = self.origin
        if not case.notify or origin is None or origin.address is None:
            return None
        to = ReturnAddress(origin.platform, origin.tenant, origin.address)
        return returns.make(self.keys, bytes.fromhex(case.id), self._last_week, to)


def where_of(case: Case) -> tuple[bytes, bytes]:
    """The organisation and the id of a case."""
    return bytes.fromhex(case.where), bytes.fromhex(case.id)


def inbox_of(case: Case) -> bytes:
    """The public half of the case's inbox key."""
    return envelopes.public_of(bytes.fromhex(case.inbox))
