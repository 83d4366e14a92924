"""A durable turn without HTTP: people come to the reception itself, in this process.

What is left is identity, listening, the engine, sealing and the commit. The floor is bare aiohttp, which
does nothing of that but carries a request in and an answer out.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import time
from collections import deque
from typing import TYPE_CHECKING

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from bot import wiring
from bot.bench.contest import APART, Contestant, Pressure, once
from bot.bench.figures import Sheet, figures, show
from bot.bench.flow import STEPS, Person, deeds
from bot.bench.ground import ground
from bot.bench.slackside import TEAM, SlackSide
from conversations.organisation import Organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from adapters.reception import Reception
    from bot.bench.figures import Figures
    from bot.bench.options import Options
    from bot.wiring import House

FLOOR = "bare aiohttp, no reply"
KIB = 1_024


def turn(env: Mapping[str, str], options: Options, *, as_json: bool) -> int:
    """Print it; the exit status is 1 when anything was answered wrongly."""
    return show(asyncio.run(measure(env, options)), as_json=as_json)


async def measure(env: Mapping[str, str], options: Options) -> Sheet:
    """So many rounds of ours and of the floor, in turn."""
    ours: list[Figures] = []
    floor: list[Figures] = []
    bare = Contestant(
        FLOOR,
        lambda _: [(["tests.bench.bare_aiohttp", "{port}"], {})],
        options.people,
        wordless=True,
    )
    with ground(options.database, env) as here:
        for number in range(options.rounds):
            keys = here.new()
            built = house(here.database(), keys)
            try:
                first = number * APART
                ours.append(await talked(built.reception, options.people, options.at_once, first))
            finally:
                await built.close()
            floor.append(await once(here, SlackSide(), bare, Pressure(options.at_once)))
    told = {"database": options.database, "at_once": options.at_once}
    return Sheet("turn", FLOOR, {f"luwte, {options.database}": ours, FLOOR: floor}, told)


def house(database: str, keys: Path, clock: Callable[[], float] = time.time) -> House:
    """What stands behind every platform, for one invented workspace."""
    return wiring.house(
        database=database,
        keys=keys,
        organisations={("slack", TEAM): Organisation("invented", "bureau")},
        clock=clock,
        env={},
        development=True,
    )


async def talked(reception: Reception, people: int, at_once: int, first: int = 0) -> Figures:
    """All of the conversation, by so many people."""
    waited: list[float] = []
    await _walk(reception, Person(first), waited)
    waited.clear()
    waiting = deque(Person(first + 1 + number) for number in range(people))

    async def one_after_another() -> None:
        while waiting:
            person = waiting.popleft()
            await _act(reception, person, waited)
            if person.step < STEPS:
                waiting.append(person)

    gc.collect()
    cpu, began = time.process_time(), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(one_after_another())
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    return figures(waited, wall, cpu, peak)


async def _walk(reception: Reception, person: Person, waited: list[float]) -> None:
    for _ in range(STEPS):
        await _act(reception, person, waited)


async def _act(reception: Reception, person: Person, waited: list[float]) -> None:
    deed = deeds(person.number)[person.step]
    said = deed.kind == "say"
    incoming = Incoming(
        said=deed.what if said else None,
        pressed=None if said else deed.what,
        token=None if said else person.token,
        event=f"{person.number}.{person.step}",
        surface="chat",
    )
    began = time.perf_counter()
    taken = await reception.take(PlatformId("slack", TEAM, f"U{person.number:08d}"), incoming)
    waited.append(time.perf_counter() - began)
    person.token = taken.turn.prompt.token if taken.turn.prompt is not None else ""
    person.step += 1
