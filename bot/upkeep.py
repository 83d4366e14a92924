"""`luwte purge`: what housekeeping does every day, by hand."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot import housekeeping, settings
from conversations.errors import StoreError
from storage.database import COMMAND_WAITS
from storage.destruction import destroy_due
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Mapping


def purge(env: Mapping[str, str]) -> int:
    """Erase what has expired, destroy the keys whose date has come, and say how much that was."""
    data = settings.data_folder(env)
    erased = asyncio.run(_purge(settings.database_url(env, data)))
    print(f"{erased} expired conversation(s) erased.")
    gone = destroy_due(settings.keys_folder(env, data), time.time())
    if gone.epochs:
        print(f"{gone.epochs} epoch secret(s) destroyed on their date.")
    if gone.root:
        print("The previous root key is destroyed: no epoch needs it any more.")
    return 0


async def _purge(database: str) -> int:
    sessions = SqlSessions(database, waits=COMMAND_WAITS)
    try:
        erased = await housekeeping.purge(sessions, time.time)
    finally:
        await sessions.close()
    if erased is None:
        raise StoreError("the purge failed; it is safe to try again")
    return erased
