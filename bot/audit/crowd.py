"""Two hundred invented people in a store of their own: joined one by one, back at random."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.reception import week
from bot.housekeeping import A_DAY
from conversations.person import Place
from conversations.session import Answer, Session, Spot
from conversations.turn import Turn
from storage import keys
from storage.epoch_files import listed
from storage.errors import SealError
from storage.inspection import Inspection
from storage.roots import from_folder
from storage.sealing import unseal
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.audit.stage import Clock, Stage
    from conversations.person import Person
    from conversations.ports import Identities

PEOPLE, TURNS = 200, 400

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is who, by locator: in the order of joining, and in the order of the last turn."""

    joined: tuple[bytes, ...]
    last: tuple[bytes, ...]


class Crowd:
    """`identities` are those of the audit's own keys. Close it at the end."""

    def __init__(self, stage: Stage, identities: Identities) -> None:
        self._stage, self._identities = stage, identities
        self._sessions = SqlSessions(stage.database)

    async def gather(self) -> Truth:
        """They join one by one, then come back at random."""
        chance = random.Random(self._stage.town.mark)
        visits = [*range(PEOPLE), *(chance.randrange(PEOPLE) for _ in range(TURNS))]
        last: dict[bytes, int] = {}
        for at, number in enumerate(visits):
            person = self._person(number)
            turn = _turn(self._stage.clock, at)
            await self._sessions.visit(person, lambda _, turn=turn: turn)  # type: ignore[misc]
            last[person.home.locator] = at
        joined = tuple(last)
        return Truth(joined, tuple(sorted(joined, key=lambda each: last[each])))

    async def purge(self) -> None:
        """What happens every night."""
        await self._sessions.purge(week(self._stage.clock() + A_DAY))

    async def close(self) -> None:
        await self._sessions.close()

    def opened_with_the_staff_list(self) -> int:
        """Rows that open for whoever has the database, the keys and everybody's id."""
        rows = {row["locator"]: row for row in _rows(self._stage.database)}
        people = (self._person(number).home for number in range(PEOPLE))
        return sum(at.locator in rows and _opens(at, rows[at.locator]) for at in people)

    def opened_with_the_keys(self) -> int:
        """Rows that open for whoever has the database and every key, and no list of people."""
        every = list(_server_keys(self._stage.keys))
        return sum(
            any(_opens(_with_key(row, key), row) for key in every)
            for row in _rows(self._stage.database)
        )

    def _person(self, number: int) -> Person:
        return self._identities.identify(PLATFORM, self._stage.town.slack_team, f"U{number:05d}")


def _turn(clock: Clock, count: int) -> Turn:
    expires = week(clock()) + 1 + count % 2
    answers = {f"t1.slot{at}": Answer(words="word " * (count % 7)) for at in range(count % 5)}
    at = Spot("frame", 1, "start")
    session = Session("0badcafe", "nl", at, count, slots=answers, expires=expires, begun=True)
    return Turn(session, "write", "nl")


def _rows(database: str) -> list[dict[str, Any]]:
    with Inspection(database) as seen:
        return list(seen.rows("person"))


def _server_keys(folder: Path) -> Iterator[bytes]:
    """Everything in the key folder that could be taken for the key of a row."""
    roots = from_folder(folder)
    yield from (roots.present.derive(label) for label in (keys.STATE, keys.WRAP, keys.EPOCH))
    for file in listed(folder / "epochs"):
        root, secret = roots.opened(file)
        yield secret
        yield keys.epoch_key(root, file.epoch, secret)


def _with_key(row: dict[str, Any], key: bytes) -> Place:
    return Place(int(row["epoch"] or 0), bytes(row["locator"] or b""), key)


def _opens(place: Place, row: dict[str, Any]) -> bool:
    version, sealed = row["version"], row["sealed"]
    if not isinstance(version, int) or not isinstance(sealed, bytes):
        return False
    try:
        unseal(place, version, sealed)
    except SealError:
        return False
    return True
