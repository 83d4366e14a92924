"""Microsoft's side of Teams on loopback: keys, tokens, and a Connector that records."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import unquote

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.audit.sent import Json, Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.canaries import Town

APP_ID = "00000000-1111-4222-8333-invented-app"
PASSWORD = "invented-password"
BOT = "28:invented-bot"
ISSUER = "https://api.botframework.com"


@cache
def _signing_key() -> rsa.RSAPrivateKey:
    """The invented Microsoft's, made once a process since it takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Teams:
    """The cloud. `clock` dates its tokens; `statuses` are those of the next posts."""

    town: Town
    clock: Callable[[], float]
    base: str = ""
    sent: list[Sent] = field(default_factory=list)
    statuses: deque[int] = field(default_factory=deque)
    metadata_status: int = 200
    token_status: int = 200
    screens: dict[int, Json] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def metadata_url(self) -> str:
        return f"{self.base}/metadata"

    @property
    def token_url(self) -> str:
        return f"{self.base}/token"

    def routes(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/metadata", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._grant)
        app.router.add_post("/v3/{path:.*}", self._connector)
        return app

    def number(self) -> int:
        return next(self._numbers)

    def token(self, kid: str = "k1") -> str:
        now = int(self.clock())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 10,
            "exp": now + 600,
            "serviceurl": self.base,
        }
        return jwt.encode(claims, _signing_key(), "RS256", {"kid": kid})

    async def _metadata(self, _: web.Request) -> web.Response:
        body = {"issuer": ISSUER, "jwks_uri": f"{self.base}/keys"}
        return web.json_response(body, status=self.metadata_status)

    async def _keys(self, _: web.Request) -> web.Response:
        public: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_signing_key().public_key()))
        published = public | {"kid": "k1", "use": "sig", "endorsements": ["msteams"]}
        return web.json_response({"keys": [published]})

    async def _grant(self, _: web.Request) -> web.Response:
        body = {"token_type": "Bearer", "access_token": "invented-access", "expires_in": 3600}
        return web.json_response(body, status=self.token_status)

    async def _connector(self, request: web.Request) -> web.Response:
        activity: Json = await request.json()
        conversation = unquote(request.rel_url.raw_path.split("/")[3])
        number = conversation.removesuffix("-c")[-2:]
        to = int(number) if number.isdecimal() else None
        self.sent.append(Sent(to, "Teams message", activity))
        status = self.statuses.popleft() if self.statuses else 201
        if status < 300 and to is not None:  # noqa: PLR2004  HTTP's own number
            self.screens[to] = activity
        return web.json_response({"id": "invented"}, status=status)
