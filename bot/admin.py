"""The operator's own listener, apart from the one that the platforms reach: ready? and figures."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import SettingsError
from bot.settings import ADMIN_PORT
from bot.web import listen, quiet
from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.gate import Gate
    from bot.metrics import Metrics
    from bot.settings import Admin

PATIENCE = 2.0
"""Seconds that the database may take to say that it is there."""

_log = logging.getLogger("luwte.admin")


@dataclass(frozen=True, slots=True)
class Readiness:
    """`database` is done when the store answers, `keys` reads what must be readable; both raise StoreError."""

    gate: Gate
    database: Callable[[], Awaitable[object]]
    keys: Callable[[], object]

    async def missing(self) -> tuple[str, ...]:
        """What keeps this process from answering people, in constant words; nothing when it is ready."""
        missing = ["stopping"] if self.gate.closing else []
        try:
            async with asyncio.timeout(PATIENCE):
                await self.database()
        except (StoreError, TimeoutError):
            missing.append("database")
        try:
            await asyncio.to_thread(self.keys)
        except (StoreError, SettingsError, OSError):
            missing.append("keys")
        return tuple(missing)


def application(readiness: Readiness, metrics: Metrics) -> web.Application:
    """`/readyz` and `/metrics`, and nothing else."""

    async def ready(_: web.Request) -> web.Response:
        missing = await readiness.missing()
        if missing:
            return web.Response(status=503, text=f"not ready: {', '.join(missing)}\n")
        return web.Response(text="ready\n")

    async def figures(_: web.Request) -> web.Response:
        return web.Response(body=metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(middlewares=[quiet])
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", figures)
    return app


async def open_for_operator(app: web.Application, where: Admin) -> web.AppRunner | None:
    """Listen there. Raises SettingsError where a port was set that is not free.

    Where none was set and the usual one is taken, by another process of this machine, the figures
    are missing and the platforms are answered all the same: None, and a line in the log.
    """
    try:
        port = ADMIN_PORT if where.port is None else where.port
        runner, bound = await listen(app, where.host, port)
    except SettingsError:
        if where.port is not None:
            raise
        _log.warning("admin_port_taken")
        return None
    _log.info("admin_started", extra={"count": bound})
    return runner
