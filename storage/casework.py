"""The person's side of a case, in the store thread: around the turn that a visit takes.

Rows of cases are only read here. Whatever a person sends is a `Posting`: it goes to the spool after
the session that remembers it is committed, and is posted again at a later visit if it got lost.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conversations.carrying import carried
from conversations.cases import MOST_COACHES, LetGo, Send, Withdraw, Write, size_of
from conversations.errors import StoreError
from storage import casenews, caserows, coachrows, envelopes
from storage.envelopes import ID
from storage.postings import Sealer, where_of
from storage.weeks import week_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from conversations.caseports import Origin
    from conversations.cases import Case
    from conversations.session import Session
    from conversations.turn import Turn
    from storage.casekeys import CaseKeys
    from storage.postings import Posting
    from storage.spool import Spool

OVER = ("ended", "withdrawn")
"""States of a case of which nothing is left to take back."""


@dataclass(frozen=True, slots=True, repr=False)
class Casework:
    """`clock` gives seconds since the Unix epoch. For the store thread."""

    keys: CaseKeys
    spool: Spool
    clock: Callable[[], float]

    @property
    def week(self) -> int:
        return week_of(self.clock())


@dataclass(frozen=True, slots=True, repr=False)
class CaseVisit:
    """One visit of somebody from `origin`."""

    work: Casework
    connection: Connection
    origin: Origin | None

    def take(
        self, session: Session | None, take: Callable[[Session | None], Turn]
    ) -> tuple[Turn, list[Posting]]:
        """The turn with its act carried out on the session, and what follows for the spool.

        Erasing takes the case back at once, before the row that knows of it is gone. Raises
        StoreError where an act cannot be carried out, and OSError.
        """
        met, posts = (None, []) if session is None else self._met(session)
        turn = take(met)
        if turn.fate == "erase" and met is not None:
            _, ends = self._withdrawn(met)
            for each in (*posts, *ends):
                each.put(self.work.spool)
            return turn, []
        if turn.act is None:
            return turn, posts
        if turn.session is None or turn.fate != "write":
            raise StoreError("act_unkept")
        kept, more = self._act(turn.session, turn)
        return replace(turn, session=kept), [*posts, *more]

    def _met(self, session: Session) -> tuple[Session, list[Posting]]:
        if session.case is None and not session.withdrawn:
            return session, []
        still, posts = [], []
        sealer = self._sealer(session)
        for each in session.withdrawn:
            where, id_ = bytes.fromhex(each[: 2 * ID]), bytes.fromhex(each[2 * ID :])
            if caserows.buried(self.connection, id_):
                continue
            still.append(each)
            if not self.work.spool.ended(where, id_):
                posts.append(sealer.end(where, id_))
        case = session.case
        if case is not None:
            case, more = casenews.look(case, self.work.spool, sealer)
            posts += more
        return replace(session, case=case, withdrawn=tuple(still)), posts

    def _act(self, session: Session, turn: Turn) -> tuple[Session, list[Posting]]:
        match turn.act:
            case Send():
                return self._sent(session, turn.act)
            case Write():
                return self._written(session, turn.act)
            case LetGo() if session.case is not None and session.case.state == "closed":
                return replace(session, case=None), []
            case Withdraw() | LetGo():
                return self._withdrawn(session)
            case _:
                return session, []

    def _sent(self, session: Session, act: Send) -> tuple[Session, list[Posting]]:
        """A new case; one that is there is taken back first."""
        blank, origin = carried(session.case, act, self.work.week), self.origin
        if origin is None or blank is None:
            raise StoreError("no_origin")
        if not act.card.fits:
            raise StoreError("no_card")
        made = self._made(blank, act, origin)
        without, posts = self._withdrawn(session)
        sent = self._sealer(session).request(made, origin.organisation)
        return replace(without, case=made), [*posts, sent]

    def _written(self, session: Session, act: Write) -> tuple[Session, list[Posting]]:
        """One more letter for the coach who has the case."""
        before, after = session.case, carried(session.case, act, self.work.week)
        if before is None or after is None or len(after.pending) == len(before.pending):
            raise StoreError("no_coach")
        if size_of(act.words) > before.room:
            raise StoreError("no_room")
        last = replace(after.pending[-1], id=secrets.token_hex(ID))
        after = replace(after, pending=(*before.pending, last))
        return replace(session, case=after), [self._sealer(session).letter(after, last)]

    def _withdrawn(self, session: Session) -> tuple[Session, list[Posting]]:
        """Without its case, which is remembered as taken back until the batch has seen to it."""
        case = session.case
        if case is None or case.state in OVER:
            return replace(session, case=None), []
        where, id_ = where_of(case)
        withdrawn = (*session.withdrawn, where.hex() + id_.hex())
        end = self._sealer(session).end(where, id_)
        return replace(session, case=None, withdrawn=withdrawn), [end]

    def _made(self, blank: Case, act: Send, origin: Origin) -> Case:
        """A new case with its keys, sealed to those who are asked and available."""
        week = self.work.week
        serving = [
            row.id.hex()
            for row in coachrows.every(self.connection, self.work.keys)
            if origin.organisation in row.profile.organisations and row.profile.available(week)
        ]
        asked = [each for each in serving if not act.coaches or each in act.coaches]
        chosen = [each for each in asked if each not in act.declined]
        if not chosen:
            raise StoreError("no_coach")
        secrets.SystemRandom().shuffle(chosen)
        private, _ = envelopes.new_key()
        return replace(
            blank,
            id=secrets.token_hex(ID),
            inbox=private.hex(),
            where=self.work.keys.organisation(origin.organisation).hex(),
            coaches=tuple(chosen[:MOST_COACHES]),
        )

    def _sealer(self, session: Session) -> Sealer:
        work = self.work
        return Sealer(self.connection, work.keys, self.origin, work.week, session.expires)
