"""The web server: one route for each configured platform, and a sign of life."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 256 * 1024
"""Bytes. Slack's largest payload is a view of 250 KB; a Teams activity is at most 28 KB of card."""

GRACE = 10.0
"""Seconds that turns in flight get after SIGTERM."""

log = logging.getLogger("luwte.web")


def application(routes: Mapping[str, Handler]) -> web.Application:
    """`routes` maps a path to the handler of its POST requests; nothing else exists."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_quiet])
    app.router.add_get("/healthz", _alive)
    for path, handler in routes.items():
        app.router.add_post(path, handler)
    return app


async def listen(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Start to serve; the runner to clean up, and the port (the one that was free, for port 0)."""
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=GRACE,
        auto_decompress=False,  # no platform compresses; a wrong body would be an error in the log
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    bound: int = runner.addresses[0][1]
    return runner, bound


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


@web.middleware
async def _quiet(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error page is a bare status: no text of ours or of a library's, no traceback in a log."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(status=error.status)
    except Exception as error:  # noqa: BLE001  whatever it is, its text must not reach a log
        log.error("request_failed", extra={"code": _code(error)})  # noqa: TRY400
        return web.Response(status=500)


def _code(error: Exception) -> str:
    name = type(error).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name if c.isalpha()).strip("_")
