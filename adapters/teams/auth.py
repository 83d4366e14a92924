"""Who may speak to the bot: tokens of the Bot Framework for Teams, from our own tenants, in time.

Neither of Microsoft's SDKs has a part in it: what each lets through stands in the README.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import jwt

from adapters.recent import Recent
from adapters.teams.activity import tenant, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.activity import Json
    from adapters.teams.keyset import KeySet

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"

LEEWAY = 60.0
"""Seconds that our clock and Microsoft's may differ."""

FURTHEST = 1e11
"""Seconds since the Unix epoch, in the year 5138: what is to end later ends never."""

LONGEST_URL = 1_000

REMEMBERED, MOST = 3_600.0, 100
"""Seconds for which a signature that was right is not worked out again, and of how many tokens."""


class RefusedError(PermissionError):
    """401. `code` is one constant word, never anything that the caller sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StrictAuth:
    """In two steps: `verify` needs only the header, `bind` holds the claims against the activity.

    `clock` gives seconds since the Unix epoch.
    """

    def __init__(
        self,
        *,
        app_id: str,
        tenants: frozenset[str],
        keys: KeySet,
        clock: Callable[[], float],
    ) -> None:
        if not app_id or not tenants:
            raise ValueError("without an app id and a tenant nobody could be refused")
        self._app_id, self._tenants = app_id, tenants
        self._keys, self._clock = keys, clock
        self._signed: Recent[bytes, tuple[jwt.PyJWK, Json]] = Recent(clock, REMEMBERED, MOST)

    async def verify(self, header: str) -> Json:
        """The claims of a token that is genuine, for this bot and in time. Raises RefusedError."""
        scheme, _, token = header.partition(" ")
        if scheme != "Bearer" or not token:
            raise RefusedError("no_token")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise RefusedError("malformed") from None
        key = await self._keys.get(kid) if isinstance(kid, str) else None
        if key is None:
            raise RefusedError("unknown_key")
        if CHANNEL not in key.endorsements:
            raise RefusedError("not_endorsed")
        claims = self._proven(token, key.public)
        if not _in_time(claims, self._clock()):
            raise RefusedError("not_in_time")
        return claims

    def bind(self, claims: Json, activity: Json) -> None:
        """Nothing, when these claims vouch for this activity. Raises RefusedError."""
        if text(activity, "channelId") != CHANNEL:
            raise RefusedError("channel")
        service_url = text(activity, "serviceUrl", longest=LONGEST_URL)
        if service_url is None or claims["serviceurl"] != service_url:
            raise RefusedError("service_url")
        if tenant(activity) not in self._tenants:
            raise RefusedError("tenant")

    def _proven(self, token: str, public: jwt.PyJWK) -> Json:
        """The claims of a token that this key signed; the same token by the same key is not read twice.

        Microsoft sends one for an hour. Its time is looked at by the caller, each time.
        """
        mark = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._signed.get(mark)
        if known is not None and known[0] is public:
            return dict(known[1])
        claims = self._decoded(token, public)
        self._signed.put(mark, (public, claims))
        return dict(claims)

    def _decoded(self, token: str, public: jwt.PyJWK) -> Json:
        """Times are compared in `_in_time`: PyJWT would ask a clock of its own."""
        try:
            return jwt.decode(
                token,
                public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                options={
                    "require": ["exp", "iss", "aud", "serviceurl"],
                    "strict_aud": True,
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise RefusedError("token") from None


def _in_time(claims: Json, now: float) -> bool:
    """`exp` (there by now), `nbf` and `iat` as RFC 7519 §4.1 wants them, with the leeway."""
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    if not all(_is_a_moment(value) for value in (claims["exp"], *begins)):
        return False
    return claims["exp"] + LEEWAY > now and all(value - LEEWAY <= now for value in begins)


def _is_a_moment(value: object) -> bool:
    """PyJWT reads Infinity, NaN and whole numbers of any length, with which nobody can reckon."""
    return isinstance(value, int | float) and abs(value) < FURTHEST
