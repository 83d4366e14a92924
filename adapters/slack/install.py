"""Slack's own way to install the app in several workspaces: two pages, and a token that is kept sealed.

Only the bot's token is read; who installed it is not. An organisation that the settings do not name is
turned away. https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import SLACK
from adapters.slack.inbound import PLATFORM
from adapters.slack.manifest import INSTALLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import aiohttp

    from adapters.slack.installations import Installations
    from adapters.slack.receives import Receives
    from adapters.slack.tokens import VaultTokens

AUTHORIZE = "https://slack.com/oauth/v2/authorize"
BEGIN = "/slack/install"
COOKIE = "luwte_install"
METHOD = "oauth.v2.access"

WITHIN = 600
"""Seconds that somebody may take between the two pages."""

ANSWERED_WITHIN = 10.0

DONE = "Luwte is installed here.\nLuwte is hier geïnstalleerd.\n"
REFUSED = (
    "Luwte was not installed. Begin again at /slack/install, or ask whoever runs the server.\n"
)
STRANGE = "This workspace is not one that this server knows. Ask whoever runs it to add it first.\n"

_HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}

_log = logging.getLogger("luwte.slack")


class InstallPages:
    """`url` is where others reach this server; `clock` gives seconds since the Unix epoch."""

    def __init__(  # noqa: PLR0913 - what the wiring knows, each by its name
        self,
        *,
        client_id: str,
        client_secret: str,
        url: str,
        scopes: Iterable[str],
        reception: Receives,
        tokens: VaultTokens,
        installations: Installations,
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        api_url: str | None = None,
    ) -> None:
        logger = logging.getLogger("slack_sdk.luwte.install")
        logger.setLevel(logging.WARNING)
        self._client = AsyncWebClient(
            base_url=api_url or SLACK, session=session, logger=logger, retry_handlers=[]
        )
        self._id, self._secret, self._back = client_id, client_secret, f"{url}{INSTALLED}"
        self._scopes, self._clock = ",".join(scopes), clock
        self._reception, self._tokens, self._installations = reception, tokens, installations

    async def begin(self, _request: web.Request) -> web.StreamResponse:
        """To Slack, with a mark by which the way back is recognised."""
        nonce = secrets.token_urlsafe(16)
        asked = {
            "client_id": self._id,
            "scope": self._scopes,
            "redirect_uri": self._back,
            "state": self._state(nonce, int(self._clock()) + WITHIN),
        }
        response = web.Response(status=302, headers=_HEADERS)
        response.headers["Location"] = f"{AUTHORIZE}?{urlencode(asked)}"
        response.set_cookie(
            COOKIE, nonce, max_age=WITHIN, path="/slack", secure=True, httponly=True, samesite="Lax"
        )
        return response

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """Back from Slack: the code is exchanged, and the bot's token kept."""
        code, state = request.query.get("code"), request.query.get("state", "")
        if not code or not self._ours(state, request.cookies.get(COOKIE, "")):
            return _page(REFUSED, 400, "not_ours")
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                answer = await self._client.api_call(METHOD, data=self._exchange(code))
            given = answer.data if isinstance(answer.data, dict) else {}
        except Exception:  # noqa: BLE001 - the SDK's errors hold the code and the answer
            return _page(REFUSED, 502, "not_exchanged")
        return await self._keep(given)

    async def _keep(self, given: dict[str, Any]) -> web.StreamResponse:
        team, enterprise = _id(given, "team"), _id(given, "enterprise")
        tenant = enterprise or team
        home = enterprise if given.get("is_enterprise_install") else team
        token = given.get("access_token")
        if tenant is None or home is None or not isinstance(token, str) or not token:
            return _page(REFUSED, 502, "not_exchanged")
        if not self._reception.knows(PLATFORM, tenant):
            return _page(STRANGE, 403, "stranger")
        await self._tokens.keep(home, token)
        await self._installations.installed(tenant)
        _log.info("slack_installed")
        return web.Response(text=DONE, headers=_HEADERS)

    def _exchange(self, code: str) -> dict[str, str]:
        """As a form; the SDK's own call uses a way of aiohttp that goes away."""
        return {
            "client_id": self._id,
            "client_secret": self._secret,
            "code": code,
            "redirect_uri": self._back,
        }

    def _state(self, nonce: str, until: int) -> str:
        message = f"{until}.{nonce}"
        mac = hmac.new(self._secret.encode(), message.encode(), hashlib.sha256).hexdigest()
        return f"{until}.{mac}"

    def _ours(self, state: str, nonce: str) -> bool:
        """Whether this browser began here, and within the last ten minutes."""
        until = state.partition(".")[0]
        if not nonce or not (until.isascii() and until.isdecimal()) or len(until) > len(str(2**63)):
            return False
        right = self._state(nonce, int(until))
        fresh = self._clock() <= int(until)
        return fresh and hmac.compare_digest(right.encode(), state.encode("utf-8", "replace"))


def _page(text: str, status: int, code: str) -> web.Response:
    _log.warning("install_refused", extra={"code": code, "status": status})
    return web.Response(text=text, status=status, headers=_HEADERS)


def _id(given: dict[str, Any], name: str) -> str | None:
    part = given.get(name)
    found = part.get("id") if isinstance(part, dict) else None
    return found if isinstance(found, str) and found else None
