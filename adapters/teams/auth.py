"""Who may speak to the bot: tokens of the Bot Framework for Teams, from our own tenants, in time.

The SDK's own check answers some of what must be refused, fails with a traceback on much of the
rest, and fetches keys while the whole server waits; the README tells what was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import jwt
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from adapters.teams.activity import tenant, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from botbuilder.schema import Activity

    from adapters.teams.activity import Json
    from adapters.teams.keyset import KeySet

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"

LEEWAY = 60.0
"""Seconds that our clock and Microsoft's may differ."""

LONGEST_URL = 1_000


class RefusedError(PermissionError):
    """401. `code` is one constant word, never anything that the caller sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StrictAuth(BotFrameworkAuthentication):
    """In two steps: `verify` needs only the header, `bind` holds the claims against the activity.

    `clock` gives seconds since the Unix epoch.
    """

    def __init__(
        self,
        *,
        app_id: str,
        tenants: frozenset[str],
        keys: KeySet,
        connectors: ConnectorFactory,
        clock: Callable[[], float],
    ) -> None:
        if not app_id or not tenants:
            raise ValueError("without an app id and a tenant nobody could be refused")
        self._app_id, self._tenants = app_id, tenants
        self._keys, self._connectors, self._clock = keys, connectors, clock

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
        claims = self._decoded(token, key.public)
        if not _in_time(claims, self._clock()):
            raise RefusedError("not_in_time")
        return claims

    def bind(self, claims: Json, activity: Json) -> AuthenticateRequestResult:
        """What the SDK wants to know of an activity that these claims vouch for.

        Raises RefusedError.
        """
        if text(activity, "channelId") != CHANNEL:
            raise RefusedError("channel")
        service_url = text(activity, "serviceUrl", longest=LONGEST_URL)
        if service_url is None or claims["serviceurl"] != service_url:
            raise RefusedError("service_url")
        if tenant(activity) not in self._tenants:
            raise RefusedError("tenant")
        result = AuthenticateRequestResult()
        result.audience = ISSUER
        result.claims_identity = ClaimsIdentity(claims, is_authenticated=True)
        result.connector_factory = self._connectors
        return result

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

    async def authenticate_request(self, _activity: Activity, _header: str) -> NoReturn:
        """The SDK's way in, which sees the body first, is closed: `verify` and `bind` are ours."""
        raise RefusedError("sdk_entrance")

    async def authenticate_streaming_request(self, _header: str, _channel: str) -> NoReturn:
        raise RefusedError("streaming")

    def create_connector_factory(self, _claims: ClaimsIdentity) -> ConnectorFactory:
        return self._connectors

    async def create_user_token_client(self, _claims: ClaimsIdentity) -> Any:
        """None where the SDK wants a client: nobody signs in to anything here."""
        return None


def _in_time(claims: Json, now: float) -> bool:
    """`exp` (there by now), `nbf` and `iat` as RFC 7519 §4.1 wants them, with the leeway."""
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    if not all(isinstance(value, int | float) for value in (claims["exp"], *begins)):
        return False
    return claims["exp"] + LEEWAY > now and all(value - LEEWAY <= now for value in begins)
