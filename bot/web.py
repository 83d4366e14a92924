"""The web server: one route for each configured platform, and a sign of life."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from bot.errors import SettingsError
from bot.gate import Gate
from bot.log import snake

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 256 * 1024
"""Bytes. Slack's largest payload is a view of 250 KB; a Teams activity is at most 28 KB of card."""

GRACE = 10.0
"""Seconds that turns in flight get after SIGTERM."""

IDLE = 75.0
"""Seconds after which a connection without a request is closed, also one that sends half a header."""

MOST_CONNECTIONS = 800
"""Below the 1 024 open files that a process has by default, so that the database still gets its own."""

FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Retry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)

log = logging.getLogger("luwte.web")


def application(
    routes: Mapping[str, Handler],
    gate: Gate | None = None,
    pages: Mapping[str, Handler] | None = None,
) -> web.Application:
    """`routes` maps a path to the handler of its POST requests, `pages` to that of a GET; nothing else exists."""
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[quiet])
    app.router.add_get("/healthz", _alive)
    guard = gate or Gate()
    for path, handler in routes.items():
        app.router.add_post(path, guard.guarded(path, handler))
    for path, handler in (pages or {}).items():
        app.router.add_get(path, guard.guarded(path, handler), allow_head=False)
    return app


async def listen(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Start to serve; the runner to clean up, and the port (the one that was free, for port 0).

    Raises SettingsError when nothing can listen there.
    """
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=GRACE,
        keepalive_timeout=IDLE,
        auto_decompress=False,  # no platform compresses; a wrong body would be an error in the log
    )
    await runner.setup()
    try:
        await _Site(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"cannot listen on {host} port {port} ({type(error).__name__}): another process has "
            "it, or the address is none of this machine"
        ) from None
    bound: int = runner.addresses[0][1]
    return runner, bound


class _Site(web.TCPSite):
    """A listener that holds a bounded number of connections and turns the rest away at once."""

    async def start(self) -> None:
        await web.BaseSite.start(self)
        server = self._runner.server
        if server is None:
            raise RuntimeError("not set up")

        def connected() -> asyncio.Protocol:
            return server() if len(server.connections) < MOST_CONNECTIONS else _Full()

        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(connected, self._host, self._port)


class _Full(asyncio.Protocol):
    """Reads nothing and asks to come back."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(FULL)
        transport.close()


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


@web.middleware
async def quiet(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error page is a bare status: no text of ours or of a library's, no traceback in a log."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(status=error.status)
    except web.RequestPayloadError:
        return web.Response(status=400)
    except Exception as error:  # noqa: BLE001  whatever it is, its text must not reach a log
        log.error("request_failed", extra={"code": snake(type(error).__name__)})  # noqa: TRY400
        return web.Response(status=500)
