"""What the process does by itself: erase what has expired, once an hour."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.reception import week
from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.ports import Sessions

EVERY = 3600.0
"""Seconds. Weeks end on Sunday at midnight UTC; an hour later at most, their rows are gone."""

log = logging.getLogger("luwte.housekeeping")


async def keep_house(sessions: Sessions, clock: Callable[[], float]) -> None:
    """Runs until it is cancelled; a failure is logged by its class and tried again the next hour."""
    while True:
        await purge(sessions, clock)
        await asyncio.sleep(EVERY)


async def purge(sessions: Sessions, clock: Callable[[], float]) -> int | None:
    """Erase every row whose last week has passed; how many there were, or None when it failed."""
    try:
        erased = await sessions.purge(week(clock()))
    except StoreError:
        log.warning("purge_failed")
        return None
    if erased:
        log.info("purged", extra={"count": erased})
    return erased
