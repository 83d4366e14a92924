"""Turns that arrived together, worked out on a copy of their rows before anything is written; pure.

A copy, because two turns of one person may be in a batch, and because a batch may have to be
worked out again on newer rows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.errors import SessionError, StoreError
from conversations.session import decode, encode
from storage.errors import SealError
from storage.rows import Changes, Row
from storage.sealing import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from conversations.caseports import Origin
    from conversations.person import Person, Place
    from conversations.session import Session
    from conversations.turn import Turn
    from storage.postings import Posting

    Random = Callable[[int], bytes]
    Take = Callable[[Session | None], Turn]
    AboutCase = Callable[["Visit", Session | None], tuple[Turn, list[Posting]]]

FIRST_VERSION = 6
"""Random bytes in which a new row's version begins: it tells nothing, and no two rows in turn share it."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Visit:
    """A person, and the turn they want to take; `shut` is taken where their row does not open."""

    person: Person
    take: Take
    shut: Callable[[], Turn] | None = None
    origin: Origin | None = None

    @property
    def locators(self) -> frozenset[bytes]:
        """Wherever a row of this person may lie, also where it is only erased."""
        return frozenset(each.locator for each in (*self.person.places, *self.person.beside))


class Batch:
    """Rows as they were read, and as they shall be; `postings` are for the spool, after the commit.

    `about_case` runs a visit's turn with what is known of the person's case (`storage.casework`).
    """

    def __init__(
        self,
        rows: Mapping[bytes, Row],
        about_case: AboutCase | None = None,
        random: Random = secrets.token_bytes,
    ) -> None:
        self._read = dict(rows)
        self._rows = dict(rows)
        self._about_case, self._random = about_case or _without_cases, random
        self.erases = False
        self.postings: dict[Visit, list[Posting]] = {}

    def take(self, visit: Visit) -> Turn | StoreError:
        """One visit's turn; one that fails leaves the copy as it was, and tells only its class."""
        try:
            return self._take(visit)
        except StoreError as error:
            # A new one: the old one's traceback holds the person's key.
            return StoreError(str(error), error.cause)
        except Exception as error:  # noqa: BLE001 (one turn must not take others down with it)
            return StoreError(type(error).__name__)

    def changes(self) -> Changes:
        """What to write, in the order of the locators, so that two processes never embrace."""
        inserted, updated, deleted = [], [], []
        for locator in sorted(self._read.keys() | self._rows.keys()):
            old, new = self._read.get(locator), self._rows.get(locator)
            match old, new:
                case None, Row():
                    inserted.append(new)
                case Row(), None:
                    deleted.append(old)
                case Row(), Row() if old is not new:
                    updated.append((old.version, new))
        return Changes(tuple(inserted), tuple(updated), tuple(deleted))

    def _take(self, visit: Visit) -> Turn:
        found = [
            (place, self._rows[place.locator])
            for place in visit.person.places
            if place.locator in self._rows
        ]
        newest = found[0] if found else None
        turn, postings = self._turn(visit, newest)
        written = None
        if turn.fate == "write":
            written = _close(visit.person.home, newest, turn, self._random)
        if postings:
            self.postings[visit] = postings
        if turn.fate == "leave":
            return turn
        for _, row in found:
            del self._rows[row.locator]
        if written is not None:
            self._rows[written.locator] = written
        else:
            beside = [at.locator for at in visit.person.beside if at.locator in self._rows]
            for locator in beside:
                del self._rows[locator]
            self.erases |= bool(found or beside)
        return turn

    def _turn(self, visit: Visit, newest: tuple[Place, Row] | None) -> tuple[Turn, list[Posting]]:
        """With what the row holds; with less where it was damaged, or comes from a newer version."""
        try:
            session = None if newest is None else _open(*newest)
        except (SealError, SessionError):
            if visit.shut is None:
                raise
            turn = visit.shut()
            if turn.fate == "write":
                raise StoreError("overwrites") from None
            return turn, []
        return self._about_case(visit, session)


def _without_cases(visit: Visit, session: Session | None) -> tuple[Turn, list[Posting]]:
    """In a store that has nothing to do with cases."""
    turn = visit.take(session)
    if turn.act is not None:
        raise StoreError("no_cases")
    return turn, []


def locators(visits: Iterable[Visit]) -> set[bytes]:
    """Everywhere that a row of these people may lie."""
    return {locator for visit in visits for locator in visit.locators}


def _open(place: Place, row: Row) -> Session:
    if row.epoch != place.epoch:
        raise SealError("unopened")
    return decode(unseal(place, row.version, row.sealed))


def _close(home: Place, newest: tuple[Place, Row] | None, turn: Turn, random: Random) -> Row:
    """The row to write: at home, or where it lies when that is newer; never further back.

    A row that moves begins at another version: two that follow each other would tell whoever has
    an older copy which row it was before, and so who has a lock.
    """
    if turn.session is None:
        raise StoreError("no_session")
    place = home if newest is None else max(home, newest[0], key=lambda each: each.epoch)
    if newest is not None and place.locator == newest[1].locator:
        version = newest[1].version + 1
    else:
        version = int.from_bytes(random(FIRST_VERSION), "big")
    sealed = seal(place, version, encode(turn.session), random)
    return Row(place.locator, place.epoch, version, turn.session.expires, sealed)
