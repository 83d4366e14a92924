"""The body of a request on its way to a plain dict: small, JSON, an object, and nothing else."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, NoReturn

import aiohttp
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

if TYPE_CHECKING:
    from adapters.teams.activity import Json

MOST_BYTES = 256 * 1024
"""Of one request; Teams' own activities stay below 100 KiB."""

PATIENCE = 10.0
"""Seconds in which the whole body must have come."""


class UnreadableError(Exception):
    """A body that is refused with this status, and without a word."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def check_headers(request: web.Request) -> None:
    """Refuse what need not be read: 415 for anything but plain JSON, 413 for a large body."""
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise UnreadableError(415)
    if (request.content_length or 0) > MOST_BYTES:
        raise UnreadableError(413)


async def read_activity(request: web.Request) -> Json:
    """The object in the body. Raises UnreadableError: 413 too large, 408 too slow, else 400."""
    return _parsed(await _body(request))


async def _body(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise UnreadableError(413)
    except TimeoutError:
        raise UnreadableError(408) from None
    except (aiohttp.ClientError, web.RequestPayloadError, HttpProcessingError, ConnectionError):
        raise UnreadableError(400) from None
    return bytes(body)


def _parsed(body: bytes) -> Json:
    try:
        activity = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableError(400) from None
    if not isinstance(activity, dict):
        raise UnreadableError(400)
    return activity


def _no_number(_constant: str) -> NoReturn:
    """NaN and Infinity are no JSON (RFC 8259 §6)."""
    raise ValueError
