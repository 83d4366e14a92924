"""How long a refusal takes at a coach's desk, for every role and every action: medians, side by side.

    python -m tests.bench.refusals [TRIES]

Everybody tries every action on a case that is not theirs, through reception and store, with their own
ticket where they have a desk. Below it stands the same on a handle that no case has. Printed, and
asserted nowhere: that the words are the same is what `tests/journeys/test_desk_roles.py` asserts.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from storage import lock
from tests.journeys.test_desk_roles import ACTIONS, everybody, tried
from tests.support.cases import World

if TYPE_CHECKING:
    from tests.support.windows import Window

TRIES = 200
NO_CASE = "ab" * 16
COACHES = ("the other coach", "another organisation's coach")
"""Whose desk is open; everybody else has no ticket."""


async def median(who: Window, action: str, handle: str, tries: int, *, ticket: str | None) -> float:
    """Milliseconds."""
    took = []
    for _ in range(tries):
        began = time.perf_counter()
        await tried(who, action, handle, ticket)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e3


async def measured(folder: Path, tries: int) -> None:
    world = World(folder / "keys", f"sqlite:///{folder}/luwte.db", organisations=("mill", "yard"))
    coach, _, handle, others = await everybody(world)
    others = {"the coach who has it": coach, **others}
    print(f"{'median ms of ' + str(tries):44}" + "".join(f"{action:>17}" for action in ACTIONS))
    for name, who in others.items():
        ticket = (
            who.last.ticket if name in (*COACHES, "the coach who has it") and who.last else None
        )
        for case, of in ((handle, ""), (NO_CASE, ", no case")):
            if not of and name == "the coach who has it":
                continue  # Would be done, and not refused.
            figures = [await median(who, action, case, tries, ticket=ticket) for action in ACTIONS]
            print(f"{name + of:44}" + "".join(f"{each:17.2f}" for each in figures))
    await world.close()


def main() -> None:
    lock.MEMORY_KIB, lock.PASSES = 8, 1
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else TRIES
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(Path(folder), tries))


if __name__ == "__main__":
    main()
