"""The bot's own ticket to the Connector: one token for the whole process, renewed in time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import aiohttp

from adapters.delivery import UndeliveredError
from adapters.teams.flight import Flight

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from adapters.teams.activity import Json
    from adapters.teams.credentials import Ask

EARLY = 300.0
"""Seconds before its end at which a token is renewed, behind the answers that still use it."""

AFTER_FAILURE = 5.0
"""Seconds until the next try when no token was given."""

PATIENCE = aiohttp.ClientTimeout(total=10)

log = logging.getLogger("luwte.teams")


class OutgoingToken:
    """`clock` gives seconds since the Unix epoch; `ask` the request for a token at such a moment."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        ask: Callable[[float], Ask],
    ) -> None:
        self._session, self._clock, self._ask = session, clock, ask
        self._token = ""
        self._until = self._failed = float("-inf")
        self._renewal = Flight(self._renew)

    async def value(self) -> str:
        """The token, valid for some time yet. Raises UndeliveredError when there is none."""
        left = self._until - self._clock()
        if left > EARLY:
            return self._token
        held_back = self._failed + AFTER_FAILURE - self._clock()
        if left > 0:
            if held_back <= 0:
                self._renewal.start()
            return self._token
        if held_back > 0:
            raise UndeliveredError(retry_after=held_back)
        await self._renewal.join()
        if self._until <= self._clock():
            raise UndeliveredError(retry_after=AFTER_FAILURE)
        return self._token

    def forget(self) -> None:
        """The Connector does not take this token: the next answer asks for another."""
        self._until = float("-inf")

    async def close(self) -> None:
        await self._renewal.close()

    async def _renew(self) -> None:
        now = self._clock()
        try:
            async with asked(self._session, self._ask(now), PATIENCE) as response:
                if response.status != 200:  # noqa: PLR2004  HTTP's own number
                    log.error("token_refused", extra={"status": response.status})
                    self._failed = now
                    return
                granted = await response.json(content_type=None)
                token, lasts = str(granted["access_token"]), _lasts(granted, now)
        except (aiohttp.ClientError, TimeoutError, LookupError, TypeError, ValueError):
            log.warning("token_not_loaded")
            self._failed = now
            return
        self._token, self._until = token, now + lasts


def asked(
    session: aiohttp.ClientSession, ask: Ask, patience: aiohttp.ClientTimeout
) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
    """This request for a token, made."""
    if ask.method == "GET":
        return session.get(
            ask.url,
            params=ask.fields,
            headers=ask.headers,
            timeout=patience,
            allow_redirects=False,
        )
    return session.post(
        ask.url, data=ask.fields, headers=ask.headers, timeout=patience, allow_redirects=False
    )


def _lasts(granted: Json, now: float) -> float:
    """Seconds from now; App Service says only when it ends, in seconds since the Unix epoch."""
    if "expires_in" in granted:
        return float(granted["expires_in"])
    return float(granted["expires_on"]) - now
