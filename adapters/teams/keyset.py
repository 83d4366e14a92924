"""The keys with which the Bot Framework signs, from its published metadata, never blocking a turn.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import jwt

from adapters.teams.flight import Flight

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.activity import Json

METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"

FRESH = 6 * 3600.0
"""Seconds for which keys are used without looking whether they are still published."""

TRUSTED = 24 * 3600.0
"""Seconds after which keys that could not be fetched again open nothing any more."""

BETWEEN_LOADS = 60.0
"""Seconds between two fetches, so that tokens with made-up keys cannot cause a flood of them."""

AFTER_FAILURE = 5.0
"""Seconds until the next try when a fetch failed."""

PATIENCE = aiohttp.ClientTimeout(total=5)

log = logging.getLogger("luwte.teams")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA public key, and the channels (`msteams`) that it may speak for."""

    public: jwt.PyJWK
    endorsements: frozenset[str]


class KeySet:
    """`clock` gives seconds since the Unix epoch."""

    def __init__(
        self, session: aiohttp.ClientSession, clock: Callable[[], float], metadata: str = METADATA
    ) -> None:
        self._session, self._clock, self._metadata = session, clock, metadata
        self._keys: dict[str, SigningKey] = {}
        self._loaded = self._tried = float("-inf")
        self._pause = 0.0
        self._load = Flight(self._fetch)

    async def get(self, kid: str) -> SigningKey | None:
        """The key of this id, or None.

        A known key answers at once, and is looked up again behind the answer when it is stale.
        An unknown one waits for a fetch: Teams sends two activities at the very first moment, and
        both must find the keys.
        """
        if self._within(TRUSTED, self._loaded) and kid in self._keys:
            if not self._within(FRESH, self._loaded) and self._may_load():
                self._load.start()
            return self._keys[kid]
        if self._load.under_way or self._may_load():
            await self._load.join()
        return self._keys.get(kid) if self._within(TRUSTED, self._loaded) else None

    async def close(self) -> None:
        await self._load.close()

    def _may_load(self) -> bool:
        return not self._within(self._pause, self._tried)

    def _within(self, seconds: float, since: float) -> bool:
        """False as well when the clock was set back: then nothing is known about the age."""
        return 0 <= self._clock() - since < seconds

    async def _fetch(self) -> None:
        self._tried, self._pause = self._clock(), AFTER_FAILURE
        try:
            metadata = await self._json(self._metadata)
            published = (await self._json(metadata["jwks_uri"]))["keys"]
            keys = dict(map(_key, filter(_is_rsa, published)))
        except (aiohttp.ClientError, TimeoutError, LookupError, TypeError, ValueError):
            log.warning("signing_keys_not_loaded")
            return
        except jwt.PyJWTError:
            log.warning("signing_keys_not_loaded", extra={"code": "malformed"})
            return
        self._keys, self._loaded, self._pause = keys, self._clock(), BETWEEN_LOADS

    async def _json(self, url: str) -> Json:
        async with self._session.get(url, timeout=PATIENCE, allow_redirects=False) as response:
            response.raise_for_status()
            found = await response.json(content_type=None)
            if not isinstance(found, dict):
                raise TypeError
            return found


def _is_rsa(published: Json) -> bool:
    return published.get("kty") == "RSA" and isinstance(published.get("kid"), str)


def _key(published: Json) -> tuple[str, SigningKey]:
    endorsed = frozenset(published.get("endorsements") or ())
    return published["kid"], SigningKey(jwt.PyJWK(published, algorithm="RS256"), endorsed)
