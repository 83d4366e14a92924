"""How much may be inside at once: beyond it a request is told to come back, and nothing queues."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Measured = Callable[[str, int, float], None]

MOST_INSIDE = 512
"""Requests in hand: with the largest body each they take 128 MiB."""

BODY_WITHIN = 10.0
"""Seconds in which the whole body of a request must have come."""

DRIPS = 1.0
"""Seconds after which a body that is still coming makes room where room is needed: a platform sends it at once."""

RETRY_AFTER = "1"
"""Seconds after which a platform, or the load balancer before us, may come again."""


class Gate:
    """Every request of a platform passes here. `measured` is told path, status and seconds.

    `closing` is set when the process is to stop: connections are then let go after their answer.
    """

    def __init__(self, measured: Measured | None = None, most: int = MOST_INSIDE) -> None:
        self.measured, self._most = measured, most
        self.inside, self.closing = 0, False
        self._coming: dict[int, tuple[float, web.Request]] = {}

    def guarded(self, path: str, handler: Handler) -> Handler:
        """The same handler, behind the gate."""

        async def pass_through(request: web.Request) -> web.StreamResponse:
            began, status = perf_counter(), int(HTTPStatus.INTERNAL_SERVER_ERROR)
            try:
                response = await self._pass(request, handler)
                status = response.status
            except web.HTTPException as error:
                status = error.status
                raise
            finally:
                if self.measured is not None:
                    self.measured(path, status, perf_counter() - began)
            return response

        return pass_through

    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.inside >= self._most and not self._makes_room():
            return self._signed_off(web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE))
        if (request.content_length or 0) > request.client_max_size:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.inside += 1
        try:
            if request.content.is_eof():
                return self._signed_off(await handler(request))
            return self._signed_off(await self._in_time(request, handler))
        finally:
            self.inside -= 1

    async def _in_time(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """For a body of which something is still to come."""
        self._coming[id(request)] = perf_counter(), request
        late = asyncio.get_running_loop().call_later(BODY_WITHIN, _cut, request)
        try:
            return await handler(request)
        finally:
            late.cancel()
            self._coming.pop(id(request), None)

    def _makes_room(self) -> bool:
        """Give up the one who drips for longest, so that nobody who only drips shuts others out."""
        now = perf_counter()
        for began, request in list(self._coming.values()):
            if now - began < DRIPS:
                return False
            del self._coming[id(request)]
            if not request.content.is_eof():
                _cut(request)
                return True
        return False

    def _signed_off(self, response: web.StreamResponse) -> web.StreamResponse:
        if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers.setdefault("Retry-After", RETRY_AFTER)
        if self.closing:
            response.force_close()
        return response


def _cut(request: web.Request) -> None:
    """A body that is still coming is given up, as one that broke off; whoever reads it is told."""
    if not request.content.is_eof():
        request.content.set_exception(web.RequestPayloadError("late"))
