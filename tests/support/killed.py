"""A life of a case that is killed (SIGKILL) at one step after another, and what was left of it.

    python -m tests.support.killed FOLDER STRIDE

For each step on the disk or in the database the whole life is begun in a process of its own, from
the same beginning, and killed just before that step. Then everybody goes on as people do: who was
told nothing tries again. One line of JSON for each step, or for each second or third of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Transaction

from conversations.errors import StoreError
from storage import database, lock
from tests.support.cases import HOUR, Withdraw, World, send, write

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: tuple[tuple[object, str], ...] = (
    (os, "fsync"),
    (os, "link"),
    (os, "utime"),
    (os, "fdopen"),
    (Path, "rename"),
    (Path, "unlink"),
    (Connection, "begin"),
    (Transaction, "commit"),
)


class Deadline:
    """Kills this process before the step of this number; counts them all with 0."""

    def __init__(self, number: int) -> None:
        self._number, self.seen = number, 0

    def arm(self) -> None:
        for owner, name in STEPS:
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.seen += 1
            if self.seen == self._number:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*given, **named)

        return counted


async def beginning(folder: Path) -> str:
    """A coach is there; the passphrase."""
    world = World(folder / "keys", f"sqlite:///{folder}/luwte.db")
    await world.coach("carla")
    await world.visit("anna")
    await world.close()
    return world.passphrases["carla"]


async def life(folder: Path, passphrase: str, told: Callable[[str], None]) -> None:
    """From sending to an answer, with a word after everything that somebody was told."""
    world = World(folder / "keys", f"sqlite:///{folder}/luwte.db")
    await world.visit("anna", send())
    told("sent")
    world.clock.seconds += 7 * HOUR
    await world.rounds.run(world.clock())
    key = await world.desks.enter("slack", "TBUREAU", "carla", passphrase)
    assert key is not None
    handle = (await world.desks.look(key)).open[0].id
    await world.desks.claim(key, handle)
    told("claimed")
    await world.visit("anna", write("Een brief"))
    told("written")
    world.clock.seconds += 17 * HOUR
    await world.rounds.run(world.clock())
    await world.desks.read(key, handle)
    await world.desks.answer(key, handle, "Een antwoord")
    told("answered")
    world.clock.seconds += 4 * HOUR
    await world.rounds.run(world.clock())
    assert (await world.look("anna")).unread
    await world.close()


async def afterwards(folder: Path, passphrase: str, told: list[str]) -> dict[str, int]:
    """Everybody goes on; how often each thing is there in the end."""
    world = World(folder / "keys", f"sqlite:///{folder}/luwte.db")
    world.clock.seconds += 2 * 24 * HOUR
    session = await world.visit("anna")
    if session is None or session.case is None:
        await world.visit("anna", send())
    await world.pass_days(2)
    key = await world.desks.enter("slack", "TBUREAU", "carla", passphrase)
    assert key is not None
    desk = await world.desks.look(key)
    listed = (*desk.open, *desk.mine)
    for each in desk.open:
        await world.desks.claim(key, each.id)
    if "written" not in told:
        case = await world.look("anna")
        letters = () if case.news is None else case.news.letters
        if not any(each.by == "person" for each in letters):
            await world.visit("anna", write("Een brief"))
    await world.pass_days(2)
    if "answered" not in told:
        for each in listed:
            await world.desks.answer(key, each.id, "Een antwoord")
    await world.pass_days(2)
    read = [await world.desks.read(key, each.id) for each in listed]
    case = await world.look("anna")
    left = list((folder / "keys" / "spool").rglob("[cmw]-*"))
    found = {
        "cases": len(listed),
        "letters": sum(each.by == "person" for one in read if one for each in one.letters),
        "answers": len(case.unread),
        "left": len(left),
    }
    await world.visit("anna", Withdraw())
    await world.pass_days(2)
    desk = await world.desks.look(key)
    found["after"] = len(desk.open) + len(desk.mine)
    await world.close()
    return found


def run(folder: Path, stride: int) -> None:
    """One killed life after another, until one lives to its end."""
    lock.MEMORY_KIB, lock.PASSES = 8, 1
    # What a process has written outlives it without this; only a power cut would need it.
    os.fsync = _nothing  # type: ignore[assignment]
    database.SQLITE["synchronous"] = 0
    passphrase = _forked(lambda tell: tell(asyncio.run(beginning(folder / "first"))))[0]
    number = 1 - stride
    while True:
        number += stride
        here = folder / str(number)
        shutil.copytree(folder / "first", here)
        told = _forked(lambda tell, at=number, where=here: _live(where, passphrase, tell, at))  # type: ignore[misc]
        lived = "lived" in told
        rest = _forked(
            lambda tell, where=here, heard=told: tell(  # type: ignore[misc]
                json.dumps(asyncio.run(afterwards(where, passphrase, heard)))
            )
        )
        outcome = {"step": number, "told": told, "lived": lived, **json.loads(rest[0])}
        print(json.dumps(outcome), flush=True)
        shutil.rmtree(here)
        if lived:
            return


def _live(folder: Path, passphrase: str, tell: Callable[[str], None], number: int) -> None:
    Deadline(number).arm()
    try:
        asyncio.run(life(folder, passphrase, tell))
    except StoreError as error:
        tell(f"error {error}")
    tell("lived")


def _forked(work: Callable[[Callable[[str], None]], None]) -> list[str]:
    """What a process of its own told, line by line, until it ended in whatever way."""
    read, write_to = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            work(lambda line: _say(write_to, line))
        finally:
            os._exit(0)
    os.close(write_to)
    with os.fdopen(read) as pipe:
        told = pipe.read().splitlines()
    os.waitpid(child, 0)
    return told


def _say(descriptor: int, line: str) -> None:
    os.write(descriptor, f"{line}\n".encode())


def _nothing(_: int) -> None:
    """In place of waiting for the disk."""


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
