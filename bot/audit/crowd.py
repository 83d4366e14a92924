"""Two hundred invented people in a store of their own: joined one by one, back at random, some with a lock."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from adapters.incoming import week
from bot.housekeeping import A_DAY
from conversations.person import Person, Place
from conversations.session import Answer, Session, Spot
from conversations.turn import Turn
from storage import keys
from storage.epoch_files import listed
from storage.errors import SealError
from storage.inspection import Inspection
from storage.keys import place_of
from storage.lock import behind
from storage.roots import from_folder
from storage.sealing import unseal
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.audit.stage import Clock, Stage
    from storage.identities import Identities

PEOPLE, TURNS, LOCKED = 200, 400, 60

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is who, by where their row lies in the end: in the order of joining, in the order of the
    last turn, and those with a lock in the order of setting it.
    """

    joined: tuple[bytes, ...]
    last: tuple[bytes, ...]
    locked: tuple[bytes, ...] = ()


class Crowd:
    """`identities` are those of the audit's own keys. Close it at the end."""

    def __init__(self, stage: Stage, identities: Identities) -> None:
        self._stage, self._identities = stage, identities
        self._sessions = SqlSessions(stage.database)

    async def gather(self) -> Truth:
        """They join one by one, then come back at random, and some put a lock on their notes."""
        chance = random.Random(self._stage.town.mark)
        visits = [*range(PEOPLE), *(chance.randrange(PEOPLE) for _ in range(TURNS))]
        last: dict[bytes, int] = {}
        for at, number in enumerate(visits):
            person = self._person(number)
            turn = _turn(self._stage.clock, at)
            await self._sessions.visit(person, lambda _, turn=turn: turn)  # type: ignore[misc]
            last[person.home.locator] = at
        moved = {}
        for number in chance.sample(range(PEOPLE), LOCKED):
            person = self._person(number)
            moved[person.home.locator] = await self._locked(number, person, chance.randbytes(32))
        joined = tuple(moved.get(each, each) for each in last)
        by_turn = tuple(moved.get(each, each) for each in sorted(last, key=lambda each: last[each]))
        return Truth(joined, by_turn, tuple(moved.values()))

    async def _locked(self, number: int, person: Person, key: bytes) -> bytes:
        """Their row moves behind a lock; where it lies then."""
        before = self._identities.persons(*self._who(number))
        home = next(place_of(behind(each, key), epoch) for epoch, each in before)

        def close(session: Session | None) -> Turn:
            return Turn(replace(session, locked=True) if session else None, "write", "nl")

        await self._sessions.visit(Person(home=home, places=person.places), close)
        return home.locator

    async def purge(self) -> None:
        """What happens every night."""
        await self._sessions.purge(week(self._stage.clock() + A_DAY))

    async def close(self) -> None:
        await self._sessions.close()

    def opened_with_the_staff_list(self) -> int:
        """Rows that open for whoever has the database, the keys and everybody's id."""
        rows = {row["locator"]: row for row in _rows(self._stage.database)}
        people = (self._person(number).home for number in range(PEOPLE))
        return sum(at.locator in rows and opens(at, rows[at.locator]) for at in people)

    def opened_with_the_keys(self) -> int:
        """Rows that open for whoever has the database and every key, and no list of people."""
        every = list(server_keys(self._stage.keys))
        return sum(
            any(opens(with_key(row, key), row) for key in every)
            for row in _rows(self._stage.database)
        )

    def _person(self, number: int) -> Person:
        return self._identities.identify(*self._who(number))

    def _who(self, number: int) -> tuple[str, str, str]:
        return PLATFORM, self._stage.town.slack_team, f"U{number:05d}"


def _turn(clock: Clock, count: int) -> Turn:
    expires = week(clock()) + 1 + count % 2
    answers = {f"t1.slot{at}": Answer(words="word " * (count % 7)) for at in range(count % 5)}
    at = Spot("frame", 1, "start")
    session = Session("0badcafe", "nl", at, count, slots=answers, expires=expires, begun=True)
    return Turn(session, "write", "nl")


def _rows(database: str) -> list[dict[str, Any]]:
    with Inspection(database) as seen:
        return list(seen.rows("person"))


def server_keys(folder: Path) -> Iterator[bytes]:
    """Everything in the key folder that could be taken for the key of a row."""
    roots = from_folder(folder)
    yield from (roots.present.derive(label) for label in (keys.STATE, keys.WRAP, keys.EPOCH))
    for file in listed(folder / "epochs"):
        root, secret = roots.opened(file)
        yield secret
        yield keys.epoch_key(root, file.epoch, secret)


def with_key(row: dict[str, Any], key: bytes) -> Place:
    return Place(int(row["epoch"] or 0), bytes(row["locator"] or b""), key)


def opens(place: Place, row: dict[str, Any]) -> bool:
    return content(place, row) is not None


def content(place: Place, row: dict[str, Any]) -> bytes | None:
    """The session in a row; None where this key does not open it."""
    version, sealed = row["version"], row["sealed"]
    if not isinstance(version, int) or not isinstance(sealed, bytes):
        return None
    try:
        return unseal(place, version, sealed)
    except SealError:
        return None
