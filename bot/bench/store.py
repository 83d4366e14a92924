"""A durable turn with more and more stored sessions: what it costs must not grow with them.

The floor is the database alone: rows of the same size read and written in batches, without cipher or
conversation (`tests/bench/rows.py`).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bot.bench.child import HERE
from bot.bench.contest import APART
from bot.bench.figures import Figures, Sheet, median, show
from bot.bench.ground import ground
from bot.bench.turn import house, talked
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.bench.ground import Ground, Kind

AT_ONCE = 32
PEOPLE = 500
"""Who talk in each round; the rows of all others lie there."""

TURNS = 5_000
FLOOR = "the rows alone"


def store(
    env: Mapping[str, str], database: Kind, sizes: Sequence[int], rounds: int, *, as_json: bool
) -> int:
    """Print it for each of these sizes; the exit status."""
    return show(asyncio.run(measure(env, database, sizes, rounds)), as_json=as_json)


async def measure(
    env: Mapping[str, str], database: Kind, sizes: Sequence[int], rounds: int
) -> Sheet:
    """Every size in the same run, the smallest first; ours is the largest."""
    runs: dict[str, list[Figures]] = {}
    floor: list[Figures] = []
    with ground(database, env) as here:
        for size in sorted(sizes):
            name = f"luwte, {database}, {size} sessions"
            runs[name], floor = await _with_sessions(here, size, rounds)
    by_size = [median(each) for each in runs.values()]
    ours = dict(reversed(runs.items()))
    told: dict[str, Any] = {
        "database": database,
        "at_once": AT_ONCE,
        "cpu_to_fewest": round(by_size[-1].cpu / by_size[0].cpu, 3),
        "rate_to_fewest": round(
            by_size[-1].messages_per_second / by_size[0].messages_per_second, 3
        ),
    }
    return Sheet("store", FLOOR, {**ours, FLOOR: floor}, told)


async def _with_sessions(
    here: Ground, size: int, rounds: int
) -> tuple[list[Figures], list[Figures]]:
    """Ours and the floor on a database with so many rows of nobody in it."""
    url = here.database()
    keys = here.new()
    ours: list[Figures] = []
    floor: list[Figures] = []
    empty = house(url, keys)
    try:
        await talked(empty.reception, AT_ONCE, AT_ONCE, rounds * APART)
    finally:
        await empty.close()
    await asyncio.to_thread(_rows, "fill", url, str(size))
    for number in range(rounds):
        built = house(url, keys)
        try:
            ours.append(await talked(built.reception, PEOPLE, AT_ONCE, number * APART))
        finally:
            await built.close()
        told = await asyncio.to_thread(_rows, "floor", url, str(TURNS), str(AT_ONCE))
        floor.append(Figures(**json.loads(told)))
    return ours, floor


def _rows(*arguments: str) -> str:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.rows", *arguments],
            cwd=HERE,
            check=True,
            capture_output=True,
            text=True,
        )
    except subprocess.CalledProcessError as error:
        raise SettingsError(f"the rows alone could not be measured:\n{error.stderr}") from None
    return done.stdout
