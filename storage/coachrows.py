"""Coaches and invitations as the database sees them: every statement that touches them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from storage.profiles import Profile, decoded
from storage.tables import coach, invitation, row_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from sqlalchemy import Connection, Row

    from storage.casekeys import CaseKeys


class Told(IntEnum):
    """How far the notice of a coach is."""

    NOTHING = 0
    DUE = 1
    SENT = 2
    FAILING = 3


WAITS = (Told.DUE, Told.SENT, Told.FAILING)

_BY_LOCATOR = select(coach).where(coach.c.locator == bindparam("where"))


@dataclass(frozen=True, slots=True, repr=False)
class CoachRow:
    """One coach, with the profile opened."""

    id: bytes
    locator: bytes
    notice: Told
    gone: int
    desk: bytes
    profile: Profile

    def __repr__(self) -> str:
        return "<coach row>"


@dataclass(frozen=True, slots=True, repr=False)
class InvitationRow:
    """One invitation that was not used."""

    locator: bytes
    expires_week: int
    profile: Profile

    def __repr__(self) -> str:
        return "<invitation row>"


def every(connection: Connection, keys: CaseKeys) -> list[CoachRow]:
    """All coaches."""
    return [_row(keys, each) for each in connection.execute(select(coach))]


def by_id(connection: Connection, keys: CaseKeys, id_: bytes) -> CoachRow | None:
    found = connection.execute(select(coach).where(_this(id_))).first()
    return None if found is None else _row(keys, found)


def by_locator(connection: Connection, keys: CaseKeys, locator: bytes) -> CoachRow | None:
    found = connection.execute(_BY_LOCATOR, {"where": locator}).first()
    return None if found is None else _row(keys, found)


def keep(connection: Connection, keys: CaseKeys, row: CoachRow) -> None:
    """Put in a new coach."""
    values = {
        "k": row_number(row.id),
        "id": row.id,
        "locator": row.locator,
        "notice": row.notice,
        "gone": row.gone,
        "desk": row.desk,
        "profile": keys.seal_profile(row.id, row.profile.encoded()),
    }
    connection.execute(insert(coach).values(**values))


def revise(
    connection: Connection, keys: CaseKeys, id_: bytes, change: Callable[[Profile], Profile]
) -> bool:
    """Write a profile anew; False where there is no such coach. One at a time, on either database."""
    connection.execute(update(coach).where(_this(id_)).values(gone=coach.c.gone))
    row = by_id(connection, keys, id_)
    if row is None:
        return False
    after = change(row.profile)
    if after != row.profile:
        sealed = keys.seal_profile(id_, after.encoded())
        connection.execute(update(coach).where(_this(id_)).values(profile=sealed))
    return True


def resealed(connection: Connection, id_: bytes, before: bytes, after: bytes) -> bool:
    """Put another sealed key in the place of this one; False where it is not there any more."""
    change = update(coach).where(_this(id_), coach.c.desk == before).values(desk=after)
    return connection.execute(change).rowcount == 1


def looked(connection: Connection, id_: bytes) -> None:
    """The notice is read, and so is the line about what ended."""
    connection.execute(update(coach).where(_this(id_)).values(notice=Told.NOTHING, gone=0))


def due(connection: Connection, ids: Collection[bytes], *, again: bool = False) -> None:
    """Something is there for these coaches; `again` also where a notice lies unread."""
    before = [Told.NOTHING, Told.SENT] if again else [Told.NOTHING]
    numbers = [row_number(each) for each in ids]
    connection.execute(
        update(coach)
        .where(coach.c.k.in_(numbers), coach.c.id.in_(ids), coach.c.notice.in_(before))
        .values(notice=Told.DUE)
    )


def told(connection: Connection, id_: bytes, *, delivered: bool) -> None:
    """How sending went. Who has looked meanwhile is left alone."""
    after = Told.SENT if delivered else Told.FAILING
    connection.execute(
        update(coach)
        .where(_this(id_), coach.c.notice.in_([Told.DUE, Told.FAILING]))
        .values(notice=after)
    )


def ended(connection: Connection, id_: bytes) -> None:
    """One of their cases is gone: a neutral line, and no notice."""
    connection.execute(update(coach).where(_this(id_)).values(gone=coach.c.gone + 1))


def remove(connection: Connection, id_: bytes) -> bool:
    return connection.execute(delete(coach).where(_this(id_))).rowcount == 1


def invite(
    connection: Connection, keys: CaseKeys, locator: bytes, profile: Profile, until: int
) -> None:
    sealed = keys.seal_profile(locator, profile.encoded())
    values = {"k": row_number(locator), "locator": locator, "expires_week": until}
    connection.execute(insert(invitation).values(**values, profile=sealed))


def invited(connection: Connection, keys: CaseKeys, locator: bytes) -> InvitationRow | None:
    asked = select(invitation).where(
        invitation.c.k == row_number(locator), invitation.c.locator == locator
    )
    found = connection.execute(asked).first()
    return None if found is None else _invitation(keys, found)


def invitations(connection: Connection, keys: CaseKeys) -> list[InvitationRow]:
    return [_invitation(keys, each) for each in connection.execute(select(invitation))]


def use_up(connection: Connection, locator: bytes) -> bool:
    """Delete an invitation; False where somebody was faster."""
    gone = delete(invitation).where(
        invitation.c.k == row_number(locator), invitation.c.locator == locator
    )
    return connection.execute(gone).rowcount == 1


def purge_invitations(connection: Connection, week: int) -> None:
    connection.execute(delete(invitation).where(invitation.c.expires_week < week))


def _this(id_: bytes) -> Any:
    return (coach.c.k == row_number(id_)) & (coach.c.id == id_)


def _row(keys: CaseKeys, found: Row[Any]) -> CoachRow:
    id_ = bytes(found.id)
    profile = decoded(keys.open_profile(id_, bytes(found.profile)))
    return CoachRow(
        id_, bytes(found.locator), Told(found.notice), found.gone, bytes(found.desk), profile
    )


def _invitation(keys: CaseKeys, found: Row[Any]) -> InvitationRow:
    locator = bytes(found.locator)
    profile = decoded(keys.open_profile(locator, bytes(found.profile)))
    return InvitationRow(locator, found.expires_week, profile)
