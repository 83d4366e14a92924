"""Cases, letters and tombstones as the database sees them: every statement that touches them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.envelopes import places
from storage.tables import case, letter, row_number, tombstone

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from sqlalchemy import Column, Connection, Row, Table


class State(IntEnum):
    """How far a case is; in clear, since the rounds work with it."""

    RECEIVED = 0
    OPENED = 1
    ANSWERED = 2
    CLOSED = 3
    RETURNED = 4
    CLOSING = 5
    """Closed by the coach; the note leaves with the next round."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseRow:
    """One case; the fields are explained in `storage.tables`. `case_keys` and `card` may be left unread."""

    id: bytes
    organisation: bytes
    state: State
    coach: bytes | None
    rounds: int
    expires_week: int
    case_keys: bytes = b""
    card: bytes = b""

    def __repr__(self) -> str:
        return "<case row>"


@dataclass(frozen=True, slots=True, repr=False)
class LetterRow:
    """One letter."""

    id: bytes
    case: bytes
    by_coach: bool
    held: bool
    sealed: bytes

    def __repr__(self) -> str:
        return "<letter row>"


_BRIEF: tuple[Column[Any], ...] = (
    case.c.id,
    case.c.organisation,
    case.c.state,
    case.c.coach,
    case.c.rounds,
    case.c.expires_week,
)
_WHOLE: tuple[Column[Any], ...] = (*_BRIEF, case.c.case_keys, case.c.card)
_THIS = (case.c.k == bindparam("number")) & (case.c.id == bindparam("whose"))
_OPEN = case.c.coach.is_(None) & (case.c.state < State.CLOSED)
HELD = (State.RECEIVED, State.OPENED, State.ANSWERED)
"""States in which letters go to and fro."""


def read(connection: Connection, id_: bytes, *, whole: bool = False) -> CaseRow | None:
    """The case of this id; its keys and card only where `whole`."""
    columns = _WHOLE if whole else _BRIEF
    found = connection.execute(select(*columns).where(_THIS), _this(id_)).first()
    return None if found is None else _row(found)


def of_organisation(connection: Connection, organisation: bytes) -> list[CaseRow]:
    """Every case of an organisation, without keys and cards."""
    found = connection.execute(select(*_BRIEF).where(case.c.organisation == organisation))
    return [_row(each) for each in found]


def of_coach(connection: Connection, coach: bytes) -> list[CaseRow]:
    """The cases that a coach has, whole."""
    return [_row(each) for each in connection.execute(select(*_WHOLE).where(case.c.coach == coach))]


def unclaimed(connection: Connection, organisations: Collection[bytes]) -> list[CaseRow]:
    """The cases of these organisations that nobody has, whole."""
    asked = select(*_WHOLE).where(_OPEN, case.c.organisation.in_(organisations))
    return [_row(each) for each in connection.execute(asked)]


def keep(connection: Connection, row: CaseRow) -> bool:
    """Put in a case; False where there is one of this id, or was one."""
    if buried(connection, row.id):
        return False
    values = {
        "k": row_number(row.id),
        "id": row.id,
        "organisation": row.organisation,
        "state": row.state,
        "coach": row.coach,
        "rounds": row.rounds,
        "expires_week": row.expires_week,
        "case_keys": row.case_keys,
        "card": row.card,
    }
    return _once(connection, case, values)


def change(connection: Connection, id_: bytes, **values: object) -> bool:
    """Set columns of a case; False where there is none."""
    return connection.execute(update(case).where(_THIS).values(**values), _this(id_)).rowcount == 1


def opened(connection: Connection, id_: bytes) -> None:
    """A coach has opened what had come."""
    seen = update(case).where(_THIS, case.c.state == State.RECEIVED).values(state=State.OPENED)
    connection.execute(seen, _this(id_))


def hold(connection: Connection, id_: bytes, coach: bytes) -> bool:
    """Whether a coach has this case and can write in it; until the end of the transaction."""
    asked = (
        update(case).where(_THIS, case.c.coach == coach, case.c.state.in_(HELD)).values(coach=coach)
    )
    return connection.execute(asked, _this(id_)).rowcount == 1


def sent_to(connection: Connection, coach: bytes) -> list[CaseRow]:
    """The unclaimed cases that this coach could open, whole."""
    found = connection.execute(select(*_WHOLE).where(_OPEN))
    rows = (_row(each) for each in found)
    return [row for row in rows if any(who == coach for _, who in places(row.case_keys))]


def claim(connection: Connection, id_: bytes, coach: bytes) -> bool:
    """Give an unclaimed case to a coach; False where somebody has it, or it is not there."""
    taken = update(case).where(_THIS, _OPEN).values(coach=coach, state=State.OPENED, rounds=0)
    return connection.execute(taken, _this(id_)).rowcount == 1


def erase(connection: Connection, id_: bytes, until: int) -> bool:
    """Delete a case and its letters, and leave its id until the end of that week; False: no row."""
    connection.execute(delete(letter).where(letter.c.case == id_))
    gone = connection.execute(delete(case).where(_THIS), _this(id_)).rowcount == 1
    values = {"k": row_number(id_), "id": id_, "expires_week": until}
    _once(connection, tombstone, values)
    return gone


def purge_tombstones(connection: Connection, week: int) -> None:
    connection.execute(delete(tombstone).where(tombstone.c.expires_week < week))


def letters(connection: Connection, id_: bytes) -> list[LetterRow]:
    """Every letter of a case, the held ones included."""
    found = connection.execute(
        select(letter.c.id, letter.c.case, letter.c.by_coach, letter.c.held, letter.c.sealed).where(
            letter.c.case == id_
        )
    )
    return [LetterRow(bytes(r[0]), bytes(r[1]), bool(r[2]), bool(r[3]), bytes(r[4])) for r in found]


def keep_letter(connection: Connection, row: LetterRow) -> bool:
    """Put in a letter; False where it is there already."""
    values = {
        "k": row_number(row.id),
        "id": row.id,
        "case": row.case,
        "by_coach": int(row.by_coach),
        "held": int(row.held),
        "sealed": row.sealed,
    }
    return _once(connection, letter, values)


def has_held(connection: Connection, id_: bytes) -> bool:
    """Whether an answer waits for its round."""
    asked = select(letter.c.k).where(letter.c.case == id_, letter.c.held == 1).limit(1)
    return connection.execute(asked).first() is not None


def release(connection: Connection, id_: bytes) -> bool:
    """Let the held answers of a case go; whether there were any."""
    freed = update(letter).where(letter.c.case == id_, letter.c.held == 1).values(held=0)
    return connection.execute(freed).rowcount > 0


def forget_letters(connection: Connection, id_: bytes, *, by_coach: bool) -> None:
    """Delete one side's letters of a case."""
    connection.execute(
        delete(letter).where(letter.c.case == id_, letter.c.by_coach == int(by_coach))
    )


def _once(connection: Connection, table: Table, values: dict[str, object]) -> bool:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).on_conflict_do_nothing()
    counted = {"preserve_rowcount": True}  # else nobody counts what an INSERT did on PostgreSQL
    return connection.execute(statement, values, execution_options=counted).rowcount == 1


def buried(connection: Connection, id_: bytes) -> bool:
    """Whether this case was there and is erased."""
    asked = select(tombstone.c.k).where(tombstone.c.k == row_number(id_), tombstone.c.id == id_)
    return connection.execute(asked).first() is not None


def _this(id_: bytes) -> dict[str, object]:
    return {"number": row_number(id_), "whose": id_}


def _row(found: Row[Any]) -> CaseRow:
    id_, organisation, state, who, rounds, week, *rest = tuple(found)
    keys, card = rest or (b"", b"")
    return CaseRow(
        bytes(id_),
        bytes(organisation),
        State(state),
        None if who is None else bytes(who),
        rounds,
        week,
        bytes(keys),
        bytes(card),
    )
