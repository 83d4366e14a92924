"""What the process does by itself: erase what has expired, destroy keys on their date, let go of them.

Each chore is due by the clock on the wall, so that a machine that slept does at once what it missed.
Of several processes on one database and key folder each does it, and what one has done the others
find done: a purge holds a lock of the database, and a secret goes by a rename.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.incoming import week
from bot.log import snake
from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.steady import Steady
    from conversations.ports import Sessions
    from storage.destruction import Destroyed

    Noted = Callable[[str], Awaitable[None]]
    """Told the name of each chore that succeeded."""

PURGE_EVERY = 86_400.0
"""Seconds. A purge also rewrites a small database, so it is not done more often than it is of use."""

RECHECK_EVERY = 30.0
"""Seconds after which an idle process looks whether an epoch's secret was destroyed."""

DESTROY_EVERY = 3_600.0
"""Seconds after which it looks whether the date of an epoch's secret, or of a root key, has come."""

AGAIN = 300.0
"""Seconds after which a chore that failed is tried again, or sooner where it is done more often."""

LOOK_EVERY = 10.0
"""Seconds between two looks at the clock."""

A_DAY = 86_400.0

log = logging.getLogger("luwte.housekeeping")


async def keep_house(  # noqa: PLR0913  each chore has its name where it is called
    sessions: Sessions,
    recheck: Callable[[], None],
    destroy: Callable[[], Destroyed],
    clock: Callable[[], float],
    *,
    steady: Steady | None = None,
    noted: Noted | None = None,
    departed: Callable[[], Awaitable[bool]] | None = None,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Runs until it is cancelled; what fails is logged by its class and tried again soon.

    `departed` looks whether an organisation left for good. Nothing is erased or destroyed while
    `steady` does not believe the clock. `sleep` waits for so many seconds of it.
    """

    async def purged() -> bool:
        return _believed(steady) and await purge(sessions, clock) is not None

    async def destroyed() -> bool:
        return _believed(steady) and await _destroy(destroy)

    async def looked() -> bool:
        return _believed(steady) and (departed is None or await departed())

    async def rechecked() -> bool:
        return _recheck(recheck)

    async with asyncio.TaskGroup() as chores:
        for name, seconds, chore in (
            ("purge", PURGE_EVERY, purged),
            ("destroy", DESTROY_EVERY, destroyed),
            ("departed", DESTROY_EVERY, looked),
            ("recheck", RECHECK_EVERY, rechecked),
        ):
            chores.create_task(_every(name, seconds, chore, clock, noted, sleep))


async def purge(sessions: Sessions, clock: Callable[[], float]) -> int | None:
    """Erase every row whose last week ends today or has passed; how many, or None when it failed.

    A day ahead, so that with one purge a day "in the second week" and "at most 90 days" hold: on
    the last day of its last week a row goes, and not on the day after.
    """
    try:
        erased = await sessions.purge(week(clock() + A_DAY))
    except StoreError:
        log.warning("purge_failed")
        return None
    if erased:
        log.info("purged", extra={"count": erased})
    return erased


def _believed(steady: Steady | None) -> bool:
    return steady is None or steady.believed()


async def _destroy(destroy: Callable[[], Destroyed]) -> bool:
    """In a thread of its own, since it waits for the disk."""
    try:
        gone = await asyncio.to_thread(destroy)
    except StoreError:
        log.warning("keys_not_destroyed")
        return False
    if gone.epochs:
        log.info("epochs_destroyed", extra={"count": gone.epochs})
    if gone.root:
        log.info("root_key_retired")
    return True


def _recheck(recheck: Callable[[], None]) -> bool:
    try:
        recheck()
    except StoreError:
        log.warning("keys_unreadable")
        return False
    return True


async def _every(
    name: str,
    seconds: float,
    chore: Callable[[], Awaitable[bool]],
    clock: Callable[[], float],
    noted: Noted | None,
    sleep: Callable[[float], Awaitable[object]],
) -> None:
    """Whenever it is due by this clock, also when that was set back."""
    due = float("-inf")
    while True:
        now = clock()
        if now >= due or due - now > seconds:
            done = await _done(name, chore, noted)
            due = clock() + (seconds if done else min(AGAIN, seconds))
        await sleep(min(LOOK_EVERY, seconds))


async def _done(name: str, chore: Callable[[], Awaitable[bool]], noted: Noted | None) -> bool:
    """Whether it succeeded. One chore that fails in an unknown way must not end the others."""
    try:
        if not await chore():
            return False
        if noted is not None:
            await noted(name)
    except Exception as error:  # noqa: BLE001  whatever it is, its text must not reach a log
        log.error("chore_failed", extra={"code": snake(type(error).__name__)})  # noqa: TRY400  as above
        return False
    return True
