"""Takes the token away from a request, for SDKs that would ask Microsoft whether it is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def unproved(request: web.Request, handler: Handler) -> web.StreamResponse:
    headers = request.headers.copy()
    headers.popall("Authorization", None)
    return await handler(request.clone(headers=headers))
