"""What a visit finds of the person's case: in the spool, in its row, or nowhere any more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.cases import News
from conversations.errors import StoreError
from storage import caserows, envelopes, papers
from storage.caserows import State
from storage.errors import SealError
from storage.postings import inbox_of, where_of

if TYPE_CHECKING:
    from conversations.cases import Case, CaseState, Letter, Pending
    from storage.caserows import CaseRow, LetterRow
    from storage.coachrows import CoachRow
    from storage.postings import Posting, Sealer
    from storage.spool import Spool

SILENT_DAYS, SOON_DAYS, SOON_WEEKS = 60, 46, 2
"""Days of silence after which a case ends and from which that is said; weeks for the same."""

OVERDUE_DAYS = 5
"""Days without an answer after which the person is told that it takes long; more where a coach is slower."""

WORKING_DAYS, WEEK_DAYS = 5, 7

STATES: dict[State, CaseState] = {
    State.RECEIVED: "received",
    State.OPENED: "opened",
    State.ANSWERED: "answered",
    State.CLOSED: "closed",
    State.RETURNED: "returned",
    State.CLOSING: "opened",
}


UNANSWERED = (State.RECEIVED, State.OPENED)


def look(case: Case, spool: Spool, sealer: Sealer) -> tuple[Case, list[Posting]]:
    """The case with its news, and what of it must be posted again because it got lost."""
    where, id_ = where_of(case)
    if spool.ended(where, id_):
        return replace(case, taken=True, pending=(), news=News("withdrawn")), []
    row = caserows.read(sealer.connection, id_)
    if row is not None:
        return _found(replace(case, taken=True), row, spool, sealer)
    if case.taken or caserows.buried(sealer.connection, id_):
        lost = tuple(papers.shown(each) for each in case.pending)
        return replace(case, taken=True, pending=(), news=News("ended", undelivered=lost)), []
    if spool.has_case(where, id_) or sealer.origin is None:
        return replace(case, news=News("waiting")), []
    try:
        again = sealer.request(case, sealer.origin.organisation)
    except StoreError:
        return replace(case, news=News("returned")), []
    return replace(case, news=News("waiting")), [again]


def ends_soon(row: CaseRow, week: int) -> bool:
    """Whether it ends within two weeks if nobody writes."""
    return row.rounds >= SOON_DAYS or row.expires_week - week < SOON_WEEKS


def patience(coach: CoachRow | None) -> int:
    """Days without an answer after which it takes longer than usual, with the coach who has the case."""
    usual = 0 if coach is None else coach.profile.answers_within
    return max(OVERDUE_DAYS, -(-usual * WEEK_DAYS // WORKING_DAYS) + 1)


def in_order(letters: list[Letter]) -> tuple[Letter, ...]:
    """As they were written; of two at once the person's first."""
    return tuple(sorted(letters, key=lambda each: (each.stamp, each.by == "coach")))


def _found(case: Case, row: CaseRow, spool: Spool, sealer: Sealer) -> tuple[Case, list[Posting]]:
    rows = caserows.letters(sealer.connection, row.id)
    on_their_way, lost = _pending(case, row, rows)
    coach = None if row.coach is None else sealer.coach(row.coach)
    posts = [
        sealer.letter(case, each)
        for each in on_their_way
        if coach is not None and not spool.has_letter(row.organisation, bytes.fromhex(each.id))
    ]
    opened = [_opened(case, each) for each in rows if not (each.by_coach and each.held)]
    letters = [each for each in opened if each is not None]
    letters += [replace(papers.shown(each), waits=True) for each in on_their_way]
    news = News(
        state=STATES[row.state],
        coach=None if coach is None else coach.profile.coach(coach.id, sealer.week),
        letters=in_order(letters),
        undelivered=tuple(papers.shown(each) for each in lost),
        ends_week=row.expires_week,
        ends_soon=ends_soon(row, sealer.week),
        overdue=row.state in UNANSWERED and row.rounds >= patience(coach),
    )
    return replace(case, pending=tuple(on_their_way), news=news), posts


def _pending(
    case: Case, row: CaseRow, rows: list[LetterRow]
) -> tuple[list[Pending], list[Pending]]:
    """Of what was not delivered yet: what is on its way, and what its coach will never get."""
    delivered = {each.id.hex() for each in rows}
    missing = [each for each in case.pending if each.id not in delivered]
    holder = None if row.coach is None else row.coach.hex()
    lives = row.state in caserows.HELD
    return (
        [each for each in missing if lives and each.to == holder],
        [each for each in missing if not lives or each.to != holder],
    )


def _opened(case: Case, row: LetterRow) -> Letter | None:
    """A letter that does not open was not written in this case, and is not shown."""
    try:
        content = envelopes.open_letter(
            row.case,
            row.id,
            by_coach=row.by_coach,
            sealed=row.sealed,
            inbox=inbox_of(case),
            private=bytes.fromhex(case.inbox),
        )
        return papers.letter(row.id, by_coach=row.by_coach, content=content)
    except SealError:
        return None
