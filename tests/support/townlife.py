"""A town whose people come by, ask coaches and fall silent for weeks, while machines fail around them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from bot.bench.flow import STEPS, deeds
from conversations import library
from tests.support.cases import send, write
from tests.support.diary import DAY, HOUR, TABLE, Diary, Outage
from tests.support.hours import Hours
from tests.support.watching import Database, Watcher
from tests.support.weeks import Post, Process
from tests.support.windows import reception

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.caseports import DeskKey
    from tests.support.cases import World

BEGIN = datetime(2026, 9, 7, 6, 0, tzinfo=UTC).timestamp()
"""A Monday before both changes of the clock."""


OUTAGES = ("database", "platform", "killed", "off", "asleep", "clock")
LONGEST = 30
"""Hours that one lasts at most."""

CALM = 72
"""Hours at the end in which nothing fails, so that all that is due then has happened."""

WRONG = 2_700.0
"""Seconds of a clock that is a year away: less than the hour after which it would be believed."""


@dataclass
class Passer:
    """Somebody who talks, and goes on or begins again days or weeks later."""

    number: int
    step: int = 0
    token: str | None = None


@dataclass
class Asker:
    """Somebody with a coach of their own. A silent coach never looks; the others answer once and close."""

    number: int
    silent: bool
    key: DeskKey
    sent: float
    stage: str = "sent"
    moments: dict[str, float] = field(default_factory=dict)
    by: list[Process] = field(default_factory=list)

    @property
    def user(self) -> str:
        return f"UASK{self.number:03}"

    @property
    def coach(self) -> str:
        return f"UCOACH{self.number:03}"

    def on(self, stage: str, now: float) -> None:
        self.stage = stage
        self.moments[stage] = now


class Town:
    """`processes` on one database; `seed` decides what people do and what goes wrong."""

    def __init__(self, folder: Path, url: str, processes: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.hours, self.diary = Hours(BEGIN), Diary()
        self.post = Post(self.hours, self.diary)
        self.database = Database(url)
        keys = folder / "keys"
        self.watcher = Watcher(self.hours, self.database, keys, self.diary)
        self.processes = [Process(self.hours, keys, url, self.post) for _ in range(processes)]
        self.passers: list[Passer] = []
        self.askers: list[Asker] = []
        self._outage: tuple[str, float, float, Process] | None = None
        self._calm_until = BEGIN + 2 * DAY
        self._scripts = library.load()

    async def live(self, weeks: int) -> None:
        for each in self.processes:
            await each.start()
        self.watcher.name(self.processes[0].there)
        self.hours.looked = self.watcher.look
        for _ in range(weeks * 7 * 24):
            await self.hours.until(self.hours.now + HOUR)
            self.watcher.compare()
            await self._weather()
            self.watcher.compare()
            well = [each for each in self.processes if each.well]
            if well and self.database.visible and not self.database.away:
                await self._come_by(self.chance.choice(well))
                self.watcher.compare(visits=True)
        await self._over()
        for _ in range(CALM):
            await self.hours.until(self.hours.now + HOUR)
            self.watcher.compare()

    async def close(self) -> None:
        self.diary.ended = self.hours.now
        self.hours.looked = lambda: None
        for each in self.processes:
            if each.world is not None:
                await each.kill()
        self.database.close()

    async def _weather(self) -> None:
        """Something fails now and then, one thing at a time."""
        if self._outage is not None:
            if self.hours.now >= self._outage[2]:
                await self._over()
        elif self.hours.now >= self._calm_until and self.chance.random() < 1 / 48:
            kind, who = self.chance.choice(OUTAGES), self.chance.choice(self.processes)
            lasts = WRONG if kind == "clock" else self.chance.randint(1, LONGEST) * HOUR
            self._outage = (kind, self.hours.now, self.hours.now + lasts, who)
            await self._fail(kind, who, lasts)

    async def _fail(self, kind: str, who: Process, lasts: float) -> None:
        match kind:
            case "database":
                self.database.take_away()
            case "platform":
                self.post.closed = True
            case "killed":
                await who.kill()
            case "off":
                for each in self.processes:
                    await each.kill()
            case "asleep":
                self.hours.now += lasts
                await self.hours.until(self.hours.now)
            case _:
                who.wall.seconds = self.chance.choice((-1, 1)) * 365 * DAY
                await self.hours.until(self.hours.now + WRONG)
                who.wall.seconds = 0.0

    async def _over(self) -> None:
        """What failed goes again; when nobody could do anything meanwhile, that was an outage."""
        if self._outage is None:
            return
        kind, begin, *_ = self._outage
        self._outage = None
        end, alone = self.hours.now, len(self.processes) == 1
        if kind == "database":
            self.database.give_back()
        self.post.closed = False
        for each in self.processes:
            if each.world is None:
                await each.start()
        doubted = HOUR if kind == "clock" else 0.0
        if kind != "killed" or alone:
            outage = Outage(
                begin,
                end + doubted,
                notices=kind == "platform",
                memory=kind == "clock" and not alone,
            )
            self.diary.outages.append(outage)
        self._calm_until = end + 6 * HOUR

    async def _come_by(self, process: Process) -> None:
        if self.chance.random() < 0.25:
            await self._talk(process)
        if not TABLE.at_work(self.hours.now):
            return
        if self.chance.random() < 0.03:
            await self._ask(process.there)
        for each in self.askers:
            if not each.silent:
                await self._go_on(each, process)

    async def _talk(self, process: Process) -> None:
        """Somebody new, or not; a few steps."""
        if not self.passers or self.chance.random() < 0.3:
            self.passers.append(Passer(len(self.passers)))
        who = self.chance.choice(self.passers[-60:])
        door = process.door = process.door or reception(
            process.there, "mill", scripts=self._scripts
        )
        for _ in range(self.chance.randint(1, STEPS)):
            deed = deeds(who.number)[who.step % STEPS]
            said, pressed = (deed.what, None) if deed.kind == "say" else (None, deed.what)
            taken = await door.take(
                PlatformId("slack", "Tmill", f"UPASS{who.number:04}"),
                Incoming(
                    said=said, pressed=pressed, token=who.token, language="nl", surface="chat"
                ),
            )
            who.token = taken.turn.prompt.token if taken.turn.prompt is not None else None
            who.step += 1

    async def _ask(self, world: World) -> None:
        number, silent = len(self.askers), self.chance.random() < 0.3
        key = await world.coach(f"UCOACH{number:03}")
        self.watcher.look()  # a round that was due is done on the way
        who = Asker(number, silent, key, self.hours.now)
        self.askers.append(who)
        card = send(f"Reiger {number}", coaches=(key.coach,), notify=not silent)
        await world.visit(who.user, card, address=who.user.encode())

    async def _go_on(self, who: Asker, process: Process) -> None:
        """The coach reads once there was a notice, and answers; the person thanks; the coach closes."""
        world, now = process.there, self.hours.now
        since = who.moments.get(who.stage, who.sent)
        noticed = any(at > since and to == who.coach for at, to in self.diary.notices)
        if who.stage == "sent" and noticed:
            handle = (await world.look(who.user)).id
            await world.desks.look(who.key)
            assert await world.desks.claim(who.key, handle) == "done"
            assert await world.desks.answer(who.key, handle, "Dag") == "done"
            who.by.append(process)
            who.on("answered", now)
        elif who.stage == "answered" and now - since > DAY + 5 * HOUR:
            await world.visit(who.user, write("Dank"), address=who.user.encode())
            who.on("thanked", now)
        elif who.stage == "thanked" and noticed:
            handle = (await world.look(who.user)).id
            await world.desks.look(who.key)
            assert await world.desks.close_case(who.key, handle, "finished") == "done"
            who.by.append(process)
            who.on("closed", now)
