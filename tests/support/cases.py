"""A world in which people ask coaches: store, keys, spool, desks and rounds on one clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conversations.caseports import Invitation, Origin
from conversations.cases import Card, CardLine, LetGo, Send, Withdraw, Write
from conversations.turn import Turn
from storage.casekeys import CaseKeys
from storage.casework import Casework
from storage.coaches import SqlCoaches
from storage.desks import SqlDesks
from storage.identities import Identities
from storage.root import HeldRootKey
from storage.roots import Roots, from_folder
from storage.rounds import SqlRounds
from storage.sessions import SqlSessions
from storage.spool import Spool
from storage.timetable import Timetable
from storage.weeks import week_of
from tests.support.storage import Clock, a_session

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.caseports import DeskKey
    from conversations.cases import Case, CaseAct
    from conversations.session import Session

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC).timestamp()
"""Eleven o'clock in Amsterdam, between two rounds and before the batch of 16."""

HOUR, DAY = 3_600.0, 86_400.0
ROOT = HeldRootKey(bytes(range(32)))
WORDS = "Ik wil weten of ik nog op mijn plek zit."
CARD = Card((CardLine("question", WORDS), CardLine("why_now", "Er komt een nieuwe leiding.")))


@dataclass
class World:
    """`daily` timetables let every request leave with the next batch."""

    folder: Path
    url: str
    daily: bool = True
    organisations: tuple[str, ...] = ("mill",)
    clock: Clock = field(default_factory=lambda: Clock(MONDAY))
    passphrases: dict[str, str] = field(default_factory=dict)
    roots: Roots = field(default_factory=lambda: Roots(ROOT))

    @classmethod
    def of_installation(cls, data: Path) -> World:
        """The one that `luwte` has in this data folder, with the present time."""
        roots = from_folder(data / "keys")
        database = f"sqlite:///{data / 'luwte.db'}"
        return cls(
            data / "keys",
            database,
            organisations=("default",),
            clock=Clock(float(int(time.time()))),
            roots=roots,
        )

    def __post_init__(self) -> None:
        table = Timetable(daily=self.daily)
        self.keys = CaseKeys(lambda: self.roots, self.folder / "epochs", self.clock)
        self.work = Casework(self.keys, Spool(self.folder), self.clock)
        self.sessions = SqlSessions(self.url, self.work)
        tables = dict.fromkeys(self.organisations, table)
        self.rounds = SqlRounds(self.sessions, self.work, tables)
        self.desks = SqlDesks(self.sessions, self.work, self.rounds)
        self.coaches = SqlCoaches(self.sessions, self.work, tables)
        self.identities = Identities(lambda: self.roots, self.folder / "epochs", self.clock)

    @property
    def spool(self) -> Spool:
        return self.work.spool

    async def close(self) -> None:
        self.desks.close()
        await self.sessions.close()

    async def coach(
        self, user: str, organisations: tuple[str, ...] = ("mill",), **said: object
    ) -> DeskKey:
        """Somebody who was invited, registered, opened the desk and read the protocol."""
        invitation = replace(an_invitation(user, organisations), **said)  # type: ignore[arg-type]
        await self.rounds.run(self.clock())
        code = await self.coaches.invite(invitation)
        made = await self.desks.register("slack", "TBUREAU", user, code, user)
        assert made is not None
        self.passphrases[user] = made.passphrase
        key = await self.desks.enter("slack", "TBUREAU", user, made.passphrase)
        assert key is not None
        await self.desks.confirm(key)
        return key

    async def visit(
        self,
        user: str,
        act: CaseAct | None = None,
        *,
        organisation: str = "mill",
        address: bytes | None = None,
    ) -> Session | None:
        """The session after a turn that keeps it, with this act."""
        origin = Origin(organisation, "slack", f"T{organisation}", address)

        def take(session: Session | None) -> Turn:
            week = week_of(self.clock())
            known = replace(session or a_session(), expires=week + 12)
            return Turn(known, "write", "nl", act=act)

        person = self.identities.identify("slack", f"T{organisation}", user)
        return (await self.sessions.visit(person, take, origin=origin)).session

    async def look(self, user: str, organisation: str = "mill") -> Case:
        """The person's case at a visit that keeps nothing."""
        origin = Origin(organisation, "slack", f"T{organisation}")
        person = self.identities.identify("slack", f"T{organisation}", user)
        turn = await self.sessions.visit(
            person, lambda session: Turn(session, "leave", "nl"), origin=origin
        )
        assert turn.session is not None
        assert turn.session.case is not None
        return turn.session.case

    async def forget(self, user: str) -> None:
        person = self.identities.identify("slack", "Tmill", user)
        await self.sessions.visit(person, lambda _: Turn(None, "erase", "nl"))

    async def pass_hours(self, hours: float) -> None:
        """Let time go on, with every round and batch in it."""
        end = self.clock.seconds + hours * HOUR
        while self.clock.seconds < end:
            self.clock.seconds = min(end, self.clock.seconds + HOUR)
            await self.rounds.run(self.clock())

    async def to_work(self) -> None:
        """On to ten o'clock of the next working day, in the organisation's place."""
        table = Timetable()
        while not (table.at_work(self.clock()) and self.clock() % DAY // HOUR in (9, 10, 11)):
            await self.pass_hours(1)

    async def pass_days(self, days: float) -> None:
        await self.pass_hours(days * 24)

    async def quick_days(self, days: int) -> None:
        """The same with one look a day, after the batch."""
        for _ in range(days):
            self.clock.seconds += DAY
            await self.rounds.run(self.clock())


def an_invitation(name: str, organisations: tuple[str, ...] = ("mill",)) -> Invitation:
    return Invitation(
        name=name,
        languages=("nl", "en"),
        knows="Werk en richting",
        external=True,
        answers_within=2,
        organisations=organisations,
        desk="slack",
        route="slack",
    )


def send(alias: str = "Blauwe reiger", **said: object) -> Send:
    return replace(Send(CARD, alias, "nl"), **said)  # type: ignore[arg-type]


def write(words: str) -> Write:
    return Write("words", words)


__all__ = ["CARD", "DAY", "HOUR", "MONDAY", "WORDS", "LetGo", "Withdraw", "World", "send", "write"]
