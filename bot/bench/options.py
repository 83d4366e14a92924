"""What can be chosen for a bench over HTTP, and the part of it at a fixed rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bench.contest import Pressure, contest
from bot.bench.figures import median

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.bench.contest import Contestant
    from bot.bench.flow import Side
    from bot.bench.ground import Ground, Kind


@dataclass(frozen=True, slots=True)
class Options:
    """`rate`: open loop at so many messages a second as well, for `seconds`.

    `reply` in seconds: how long the platform takes for each reply. `processes` share a PostgreSQL;
    `slow_commit` in milliseconds is added to every commit of ours.
    """

    database: Kind = "sqlite"
    people: int = 1_000
    at_once: int = 32
    rounds: int = 5
    rate: float | None = None
    seconds: float = 20.0
    reply: float = 0.0
    processes: int = 1
    slow_commit: float | None = None


async def opened(
    here: Ground, side: Callable[[], Side], ours: Contestant, options: Options
) -> dict[str, float]:
    """As many messages as are planned, whether or not earlier ones were answered."""
    rate = options.rate or 0.0
    pressure = Pressure(options.at_once, rate, options.seconds, options.reply)
    runs = (await contest(here, side, [ours], pressure, options.rounds))[ours.name]
    one = median(runs)
    return {
        "rate": rate,
        "messages_per_second": one.messages_per_second,
        "p50": one.p50,
        "p99": one.p99,
        "cpu": one.cpu,
        "failed": one.failed,
        "wrong": one.wrong,
    }
