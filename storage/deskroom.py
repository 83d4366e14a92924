"""A coach's desk with the key in hand: what may be seen of a case, and by whom."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.caseports import Listed, Request
from storage import casenews, caserows, coachrows, envelopes, papers
from storage.caserows import State
from storage.envelopes import ID, KEYS, SEALED_CARD
from storage.errors import SealError
from storage.keys import FORMAT

if TYPE_CHECKING:
    from typing import Literal

    from sqlalchemy import Connection

    from conversations.caseports import DeskKey
    from conversations.cases import Letter
    from storage.caserows import CaseRow, LetterRow
    from storage.casework import Casework
    from storage.papers import Opened

    Shown = Literal["received", "opened", "answered", "closed"]

SHOWN: dict[State, Shown] = {
    State.RECEIVED: "received",
    State.OPENED: "opened",
    State.ANSWERED: "answered",
    State.CLOSED: "closed",
    State.CLOSING: "closed",
}


@dataclass(frozen=True, slots=True, repr=False)
class Sheaf:
    """What the database holds of a case, for one coach. `there`: it is theirs to see.

    Where it is not, row and letters are made of chance, so that the same work follows.
    """

    there: bool
    row: CaseRow
    letters: tuple[LetterRow, ...] = ()

    def __repr__(self) -> str:
        return "<sheaf>"


def strange() -> CaseRow:
    """A row that nobody can open."""
    return caserows.CaseRow(
        secrets.token_bytes(ID),
        secrets.token_bytes(ID),
        State.RECEIVED,
        None,
        0,
        0,
        FORMAT + secrets.token_bytes(KEYS - 1),
        FORMAT + secrets.token_bytes(SEALED_CARD - 1),
    )


def fetch(connection: Connection, work: Casework, coach: bytes, case: bytes) -> Sheaf:
    """The case with its letters, where this coach may see it."""
    who = coachrows.by_id(connection, work.keys, coach)
    row = caserows.read(connection, case, whole=True)
    letters = tuple(caserows.letters(connection, case))
    if who is None or row is None or not may_see(work, who, row):
        return Sheaf(there=False, row=strange())
    return Sheaf(there=True, row=row, letters=letters if row.coach == coach else ())


def may_see(work: Casework, who: coachrows.CoachRow, row: CaseRow) -> bool:
    """Their organisation's; and theirs, or nobody's and sealed to them."""
    organisations = {work.keys.organisation(each) for each in who.profile.organisations}
    if row.organisation not in organisations:
        return False
    if row.coach is not None:
        return row.coach == who.id
    asked = {coach for _, coach in envelopes.places(row.case_keys)}
    return row.state in caserows.HELD and who.id in asked


def card_of(sheaf: Sheaf, key: DeskKey) -> Opened | None:
    """The card, opened; the same decryption is tried where there is nothing to see."""
    row = sheaf.row
    coach = bytes.fromhex(key.coach)
    try:
        content = envelopes.open_card(row.id, row.case_keys, row.card, coach, key.private)
        opened = papers.opened(content)
    except SealError:
        return None
    return opened if sheaf.there else None


def letters_of(sheaf: Sheaf, key: DeskKey, opened: Opened) -> tuple[list[Letter], bytes | None]:
    """The letters between the person and this coach, and the reply block of the person's last one.

    A last one without a block is from somebody who wants no notice any more.
    """
    letters, block = [], (0, opened.block)
    for row in sheaf.letters:
        try:
            content = envelopes.open_letter(
                row.case,
                row.id,
                by_coach=row.by_coach,
                sealed=row.sealed,
                inbox=opened.inbox,
                private=key.private,
            )
            letter = papers.letter(row.id, by_coach=row.by_coach, content=content)
        except SealError:
            continue  # Of another coach, who had the case before.
        letters.append(letter)
        if not row.by_coach and letter.stamp >= block[0]:
            block = (letter.stamp, papers.block_of(content))
    return letters, block[1]


def listed(row: CaseRow, opened: Opened, coach: bytes, week: int) -> Listed:
    return Listed(
        id=row.id.hex(),
        alias=opened.alias,
        language=opened.language,
        organisation=opened.organisation,
        week=opened.week,
        mine=row.coach == coach,
        state=SHOWN.get(row.state, "received"),
        ends_soon=casenews.ends_soon(row, week),
    )


def request(sheaf: Sheaf, key: DeskKey, opened: Opened, week: int) -> Request:
    """The case as it is read."""
    letters, _ = letters_of(sheaf, key, opened)
    told = [each.words for each in letters if each.kind == "name"]
    return Request(
        listed=listed(sheaf.row, opened, bytes.fromhex(key.coach), week),
        card=opened.card,
        name=told[-1] if told else opened.name,
        letters=casenews.in_order(letters),
    )
