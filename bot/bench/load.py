"""People who talk to a serving process: as fast as it answers, or at a rate whether it answers or not."""

from __future__ import annotations

import asyncio
import gc
import time
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.bench.flow import STEPS, Person, deeds
from bot.bench.wire import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.bench.flow import Side

PATIENCE = 20.0
"""Seconds after which a reply is given up, and counted as wrong."""


@dataclass(slots=True)
class Load:
    """`people` are who still has something to do; `due` is what each step leads to, from the first person.

    `wordless`: the server sends no reply, so that its answer is all there is to wait for.
    """

    side: Side
    ports: Sequence[int]
    people: deque[Person]
    wordless: bool = False
    due: tuple[str, ...] | None = None
    waited: list[float] = field(default_factory=list)
    failed: int = 0
    wrong: int = 0
    _lines: dict[int, list[Line]] = field(default_factory=dict)
    _turn: int = 0

    @classmethod
    async def begin(
        cls, side: Side, ports: Sequence[int], first: int, people: int, *, wordless: bool = False
    ) -> Load:
        """Somebody goes through all of it alone, twice: the servers are warm, and it is known what is due."""
        load = cls(side, ports, deque(), wordless)
        for number in (first, first + 1):
            person = Person(number)
            seen = []
            for _ in range(STEPS):
                await load._act(person, time.perf_counter())
                seen.append(_place(person.token))
            load.due = tuple(seen)
        if load.failed or len(set(seen)) not in (1, STEPS):
            raise RuntimeError(f"the first person was not led from question to question: {seen}")
        load.waited.clear()
        load.wrong = 0
        load.people.extend(Person(first + 2 + number) for number in range(people))
        return load

    async def closed(self, at_once: int) -> float:
        """So many at the same time, each with one message in hand, until all is said; seconds."""

        async def one_after_another() -> None:
            while self.people:
                await self._next(time.perf_counter())

        return await self._timed(one_after_another, at_once)

    async def opened(self, rate: float, seconds: float) -> float:
        """Messages at planned moments, whoever is still waiting; seconds.

        What a message waits counts from its planned moment.
        """
        number = int(rate * seconds)
        began = time.perf_counter() + 0.05
        under_way: set[asyncio.Task[None]] = set()

        for index in range(number):
            planned = began + index / rate
            pause = planned - time.perf_counter()
            if pause > 0:
                await asyncio.sleep(pause)
            if not self.people:
                self.failed += 1
                continue
            task = asyncio.create_task(self._next(planned))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        if under_way:
            await asyncio.wait(under_way)
        return time.perf_counter() - began

    def close(self) -> None:
        for lines in self._lines.values():
            for line in lines:
                line.close()

    async def _timed(self, work: Callable[[], object], at_once: int) -> float:
        gc.collect()
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(work())  # type: ignore[arg-type]
        return time.perf_counter() - began

    async def _next(self, began: float) -> None:
        """Whoever has waited longest does what comes next; who was let down has gone."""
        person = self.people.popleft()
        if await self._act(person, began) and person.step < STEPS:
            self.people.append(person)

    async def _act(self, person: Person, began: float) -> bool:
        """The next deed of this person, until its answer and its reply are there; False without them."""
        deed = deeds(person.number)[person.step]
        port = self.ports[self._turn % len(self.ports)]
        self._turn += 1
        line = await self._line(port)
        direct = self.wordless or self.side.direct(deed, person)
        raw = self.side.request(person, deed)
        address = self.side.address(person)
        person.reply = asyncio.get_running_loop().create_future()
        self.side.people[address] = person
        try:
            async with asyncio.timeout(PATIENCE):
                status, body = await line.send(raw)
                if status >= HTTPStatus.MULTIPLE_CHOICES:
                    self.failed += 1
                    return False
                shown = body if direct else await person.reply
        except (TimeoutError, ConnectionError):
            self.failed += 1
            line.close()
            return False
        finally:
            self.side.people.pop(address, None)
            self._give_back(port, line)
        self.waited.append(time.perf_counter() - began)
        self.side.read(person, shown)
        if self.due is not None and _place(person.token) != self.due[person.step]:
            self.wrong += 1
        person.step += 1
        return True

    async def _line(self, port: int) -> Line:
        free = self._lines.setdefault(port, [])
        while free:
            line = free.pop()
            if line.transport is not None and not line.transport.is_closing():
                return line
        return await Line.open(port)

    def _give_back(self, port: int, line: Line) -> None:
        self._lines[port].append(line)


def _place(token: str) -> str:
    """What is the same in everybody's token of one question: the part behind the session's own id."""
    return token if token.startswith("new.") else token.rpartition(".")[2]
