"""Contestants one after the other, round by round, each started anew: A B C, A B C."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bench.figures import figures
from bot.bench.load import Load
from bot.bench.wire import Stub, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.bench.child import Child
    from bot.bench.figures import Figures
    from bot.bench.flow import Side
    from bot.bench.ground import Ground

    Commands = list[tuple[list[str], Mapping[str, str]]]
APART = 10_000_000
"""Between the numbers of people of two rounds: everybody is somebody new."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """`start` gives command and environment of each of its processes, for the platform's address.

    `wordless`: it sends no reply.
    """

    name: str
    start: Callable[[str], Commands]
    people: int
    wordless: bool = False


@dataclass(frozen=True, slots=True)
class Pressure:
    """`rate` in messages a second, for so many `seconds`; without it `at_once` people at the same time.

    `delay` in seconds: how long the platform takes for each reply.
    """

    at_once: int
    rate: float | None = None
    seconds: float = 0.0
    delay: float = 0.0


async def contest(
    ground: Ground,
    side: Callable[[], Side],
    contestants: Sequence[Contestant],
    pressure: Pressure,
    rounds: int,
) -> dict[str, list[Figures]]:
    """What each of them showed in each round."""
    runs: dict[str, list[Figures]] = {each.name: [] for each in contestants}
    for number in range(rounds):
        for each in contestants:
            first = number * APART % 90_000_000
            runs[each.name].append(await once(ground, side(), each, pressure, first))
    return runs


async def once(
    ground: Ground, side: Side, contestant: Contestant, pressure: Pressure, first: int = 0
) -> Figures:
    """One contestant, one round."""
    async with AsyncExitStack() as leaving:
        server, port = await listen(lambda: Stub(side.answered, pressure.delay))
        leaving.callback(server.close)
        side.base = f"http://127.0.0.1:{port}"
        serving = [
            await leaving.enter_async_context(ground.child(command, env))
            for command, env in contestant.start(side.base)
        ]
        ports = [each.port for each in serving]
        load = await Load.begin(side, ports, first, contestant.people, wordless=contestant.wordless)
        leaving.callback(load.close)
        before, database = _cpu(serving), ground.database_cpu()
        if pressure.rate is None:
            wall = await load.closed(pressure.at_once)
        else:
            wall = await load.opened(pressure.rate, pressure.seconds)
        number = max(len(load.waited), 1)
        return figures(
            load.waited,
            wall,
            _cpu(serving) - before,
            sum(each.peak for each in serving),
            database_cpu=round((ground.database_cpu() - database) / number * 1e6, 1),
            failed=load.failed,
            wrong=load.wrong,
        )


def _cpu(serving: Sequence[Child]) -> float:
    return sum(each.cpu for each in serving)
