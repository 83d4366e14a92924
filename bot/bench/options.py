"""What can be chosen for a bench over HTTP, and the part of it at fixed rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bench.contest import Pressure, contest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bench.contest import Contestant
    from bot.bench.figures import Figures
    from bot.bench.flow import Side
    from bot.bench.ground import Ground, Kind


@dataclass(frozen=True, slots=True)
class Options:
    """`rates`: open loop at so many messages a second as well, each for `seconds`.

    `reply` in seconds: how long the platform takes for each reply. `processes` share a PostgreSQL;
    `slow_commit` in milliseconds is added to every commit of ours.
    """

    database: Kind = "sqlite"
    people: int = 1_000
    at_once: int = 32
    rounds: int = 5
    rates: tuple[float, ...] = ()
    seconds: float = 20.0
    reply: float = 0.0
    processes: int = 1
    slow_commit: float | None = None


async def opened(
    here: Ground, side: Callable[[], Side], ours: Contestant, options: Options
) -> dict[float, list[Figures]]:
    """By rate: as many messages as are planned, whether or not earlier ones were answered."""
    found = {}
    for rate in options.rates:
        pressure = Pressure(options.at_once, rate, options.seconds, options.reply)
        found[rate] = (await contest(here, side, [ours], pressure, options.rounds))[ours.name]
    return found
