"""A process of its own that serves people on a shared key folder and database, with a clock to set.

    python -m tests.support.process KEYS DATABASE

It answers each line on standard input with one line: `at SECONDS` sets its clock, `visit USER`
takes a turn and tells its number, `visits USER COUNT` takes many and tells the numbers that came
up, `look USER` tells the number without a turn, `recheck` and `destroy` do what housekeeping does.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from conversations.errors import StoreError
from storage import roots
from storage.destruction import destroy_due
from storage.identities import Identities
from storage.sessions import SqlSessions
from tests.support.storage import Clock, look, step

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parents[2]


class Process:
    """Such a process, as a test sees it."""

    def __init__(self, keys: Path, database: str, seconds: float) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.support.process", str(keys), database],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.at(seconds) == "ok"

    def at(self, seconds: float) -> str:
        return self._ask(f"at {seconds}")

    def visit(self, user: str = "U1") -> int:
        return int(self._ask(f"visit {user}"))

    def look(self, user: str = "U1") -> int:
        return int(self._ask(f"look {user}"))

    def recheck(self) -> str:
        return self._ask("recheck")

    def destroy(self) -> int:
        return int(self._ask("destroy"))

    def begin_visits(self, count: int, user: str = "U1") -> None:
        """Many turns one after another, while the test does something else."""
        self._write(f"visits {user} {count}")

    def ended(self) -> list[int]:
        """The numbers of those turns, -1 for one that failed."""
        return [int(number) for number in self._read().split()]

    def close(self) -> None:
        self._child.communicate(timeout=30)
        assert self._child.returncode == 0

    def _ask(self, line: str) -> str:
        self._write(line)
        return self._read()

    def _write(self, line: str) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()

    def _read(self) -> str:
        assert self._child.stdout is not None
        return self._child.stdout.readline().strip()


@contextlib.contextmanager
def processes(keys: Path, database: str, *clocks: float) -> Iterator[list[Process]]:
    """One for each of these clocks."""
    started = [Process(keys, database, seconds) for seconds in clocks]
    try:
        yield started
    finally:
        for process in started:
            process.close()


class Child:
    """The process from within."""

    def __init__(self, keys: Path, database: str) -> None:
        self._keys, self._clock = keys, Clock()
        self._sessions = SqlSessions(database)
        read = partial(roots.from_folder, keys)
        self._identities = Identities(read, keys / "epochs", self._clock)

    async def answer(self, command: str, *given: str) -> str:
        match command:
            case "at":
                self._clock.seconds = float(given[0])
            case "visit" | "look":
                return str(await self._turn(given[0], writes=command == "visit"))
            case "visits":
                numbers = [str(await self._turn(given[0])) for _ in range(int(given[1]))]
                return " ".join(numbers)
            case "recheck":
                self._identities.recheck()
            case "destroy":
                return str(destroy_due(self._keys, self._clock()).epochs)
        return "ok"

    async def close(self) -> None:
        await self._sessions.close()

    async def _turn(self, user: str, *, writes: bool = True) -> int:
        try:
            person = self._identities.identify("slack", "T1", user)
            turn = await self._sessions.visit(person, step if writes else look)
        except StoreError:
            return -1
        return turn.session.turn if turn.session else 0


async def _main() -> None:
    child = Child(Path(sys.argv[1]), sys.argv[2])
    for line in sys.stdin:
        print(await child.answer(*line.split()), flush=True)
    await child.close()


if __name__ == "__main__":
    asyncio.run(_main())
