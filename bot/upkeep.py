"""`luwte keys init` and `luwte purge`: what an operator does by hand."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from adapters.reception import week
from bot import settings, wiring
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
        return await sessions.purge(week(time.time()))
    finally:
        await sessions.close()
