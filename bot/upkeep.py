"""`luwte keys init` and `luwte purge`: what an operator does by hand."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot import housekeeping, settings, wiring
from conversations.errors import StoreError
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Mapping


def init_keys(env: Mapping[str, str]) -> int:
    """Make the root key. Raises KeysError when there is one: it is never overwritten."""
    path = wiring.make_root(settings.keys_folder(env, settings.data_folder(env)))
    print(f"The root key is made: {path}")
    print("Without it no conversation can be opened, by anybody. Keep it apart from the database.")
    return 0


def purge(env: Mapping[str, str]) -> int:
    """Erase what has expired, and say how much that was."""
    erased = asyncio.run(_purge(settings.database_url(env, settings.data_folder(env))))
    print(f"{erased} expired conversation(s) erased.")
    return 0


async def _purge(database: str) -> int:
    sessions = SqlSessions(database)
    try:
        erased = await housekeeping.purge(sessions, time.time)
    finally:
        await sessions.close()
    if erased is None:
        raise StoreError("the purge failed; it is safe to try again")
    return erased
