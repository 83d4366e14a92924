"""What the process does by itself: erase what has expired, destroy keys on their date, let go of them."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.reception import week
from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conversations.ports import Sessions
    from storage.destruction import Destroyed

PURGE_EVERY = 86_400.0
"""Seconds. A purge also rewrites a small database, so it is not done more often than it is of use."""

RECHECK_EVERY = 30.0
"""Seconds after which an idle process looks whether an epoch's secret was destroyed."""

DESTROY_EVERY = 3_600.0
"""Seconds after which it looks whether the date of an epoch's secret, or of a root key, has come."""

A_DAY = 86_400.0

log = logging.getLogger("luwte.housekeeping")


async def keep_house(
    sessions: Sessions,
    recheck: Callable[[], None],
    destroy: Callable[[], Destroyed],
    clock: Callable[[], float],
) -> None:
    """Runs until it is cancelled; what fails is logged by its class and tried again at its time."""
    async with asyncio.TaskGroup() as chores:
        chores.create_task(_every(PURGE_EVERY, lambda: purge(sessions, clock)))
        chores.create_task(_every(DESTROY_EVERY, lambda: _destroy(destroy)))
        chores.create_task(_every(RECHECK_EVERY, lambda: _recheck(recheck)))


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


async def _destroy(destroy: Callable[[], Destroyed]) -> None:
    """In a thread of its own, since it waits for the disk."""
    try:
        gone = await asyncio.to_thread(destroy)
    except StoreError:
        log.warning("keys_not_destroyed")
        return
    if gone.epochs:
        log.info("epochs_destroyed", extra={"count": gone.epochs})
    if gone.root:
        log.info("root_key_retired")


async def _recheck(recheck: Callable[[], None]) -> None:
    try:
        recheck()
    except StoreError:
        log.warning("keys_unreadable")


async def _every(seconds: float, chore: Callable[[], Awaitable[object]]) -> None:
    while True:
        await chore()
        await asyncio.sleep(seconds)
