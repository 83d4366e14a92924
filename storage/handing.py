"""A case goes from a coach: to the others to whom it was sent, or back to its person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import caserows, coachrows, envelopes
from storage.caserows import State

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.casekeys import CaseKeys
    from storage.caserows import CaseRow


def hand_back(keys: CaseKeys, case: bytes, coach: bytes, connection: Connection) -> bool:
    """This coach loses the case for good, and the person's letters to them go; False: not theirs."""
    if not caserows.hold(connection, case, coach):
        return False
    row = caserows.read(connection, case, whole=True)
    if row is None:
        return False
    caserows.forget_letters(connection, case, by_coach=False)
    _pass_on(keys, row, coach, connection)
    return True


def leave(keys: CaseKeys, coach: bytes, connection: Connection) -> int:
    """All cases go back from a coach who is removed; how many they had."""
    mine = caserows.of_coach(connection, coach)
    for row in mine:
        if row.state in caserows.HELD:
            caserows.forget_letters(connection, row.id, by_coach=False)
            _pass_on(keys, row, coach, connection)
    for row in caserows.sent_to(connection, coach):
        _pass_on(keys, row, coach, connection)
    return sum(row.state in caserows.HELD for row in mine)


def asked(connection: Connection, keys: CaseKeys, row: CaseRow) -> list[bytes]:
    """The coaches who are still there of those to whom a case was sent."""
    places = (coach for _, coach in envelopes.places(row.case_keys))
    return [each for each in places if coachrows.by_id(connection, keys, each) is not None]


def _pass_on(keys: CaseKeys, row: CaseRow, coach: bytes, connection: Connection) -> None:
    others = [each for each in asked(connection, keys, row) if each != coach]
    caserows.change(
        connection,
        row.id,
        coach=None,
        state=State.RECEIVED if others else State.RETURNED,
        rounds=0,
        case_keys=envelopes.without(row.case_keys, coach),
    )
    if row.coach is not None:
        coachrows.due(connection, others)
