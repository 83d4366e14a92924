"""The Bot Framework SDK's view of our check of tokens, which was made before the SDK hears of it.

The SDK's own check answers some of what must be refused, fails with a traceback on much of the
rest, and fetches keys while the whole server waits; the README tells what was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from adapters.teams.auth import ISSUER, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from botbuilder.schema import Activity

    from adapters.teams.activity import Json


class ProvedAuthentication(BotFrameworkAuthentication):
    """`client` makes the SDK's connector client for a service URL; a likeness is enough for it."""

    def __init__(self, client: Callable[[str], Any]) -> None:
        self._connectors = _Connectors(client)

    def proved(self, claims: Json) -> AuthenticateRequestResult:
        """What the SDK wants to know of a request that these claims vouch for."""
        result = AuthenticateRequestResult()
        result.audience = ISSUER
        result.claims_identity = ClaimsIdentity(claims, is_authenticated=True)
        result.connector_factory = self._connectors
        return result

    async def authenticate_request(self, _activity: Activity, _header: str) -> NoReturn:
        """The SDK's way in, which sees the body first, is closed."""
        raise RefusedError("sdk_entrance")

    async def authenticate_streaming_request(self, _header: str, _channel: str) -> NoReturn:
        raise RefusedError("streaming")

    def create_connector_factory(self, _claims: ClaimsIdentity) -> ConnectorFactory:
        return self._connectors

    async def create_user_token_client(self, _claims: ClaimsIdentity) -> Any:
        """None where the SDK wants a client: nobody signs in to anything here."""
        return None


class _Connectors(ConnectorFactory):
    def __init__(self, client: Callable[[str], Any]) -> None:
        self._client = client

    async def create(self, service_url: str, _audience: str) -> Any:
        return self._client(service_url)
