"""Microsoft's side of Teams on loopback, and an invented colleague whose activities it carries.

`FakeCloud` publishes signing keys, grants tokens and is the Connector. It may live in the loop of
the server under test, because that never blocks.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

    from adapters.teams.sdk import Choice

Json = dict[str, Any]

ISSUER = "https://api.botframework.com"
APP_ID = "00000000-1111-4222-8333-invented-app"
PASSWORD = "invented-password"
TENANT = "00000000-1111-4222-8333-invented-tnt"
FOREIGN_TENANT = "00000000-1111-4222-8333-foreign-tnt"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """A key pair of this name, made once for all tests."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Post:
    """What the Connector was asked to put in a chat, or in the place of message `reply_to`."""

    conversation: str
    reply_to: str | None
    authorization: str
    activity: Json


@dataclass(frozen=True)
class Answer:
    """What the Connector says to an attempt, after so many seconds; `hangs` says nothing until the
    cloud closes.
    """

    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    after: float = 0.0


class FakeCloud:
    """Use it as `async with FakeCloud() as cloud`. `clock` dates its tokens.

    `sdk` says which of Microsoft's SDKs stands on the other side.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.base = ""
        self.keys: dict[str, tuple[rsa.RSAPrivateKey, list[str]]] = {}
        self.publish("k1")
        self.metadata_answers = asyncio.Event()
        self.metadata_answers.set()
        self.metadata_status = self.token_status = 200
        self.key_fetches = self.token_grants = self.attempts = 0
        self.token_lasts = 3600
        self.token_forms: list[dict[str, str]] = []
        self.answers: deque[Answer] = deque()
        self.sdk: Choice = "botbuilder"
        self.posts: list[Post] = []
        self.updates: list[Post] = []
        self._changed = asyncio.Condition()
        self._closing = asyncio.Event()

    @property
    def metadata_url(self) -> str:
        return f"{self.base}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"{self.base}/{TENANT}/oauth2/v2.0/token"

    def publish(self, kid: str, endorsements: Iterable[str] = ("msteams", "webchat")) -> None:
        """From now on this key is among those that are published."""
        self.keys[kid] = (rsa_key(kid), list(endorsements))

    def token(
        self,
        *,
        kid: str | None = "k1",
        key: Any = None,
        algorithm: str = "RS256",
        without: Iterable[str] = (),
        **claims: object,
    ) -> str:
        """A token as Microsoft signs it, with `claims` in place of the usual ones."""
        now = int(self.clock())
        usual: Json = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 10,
            "exp": now + 600,
            "serviceurl": self.base,
        }
        payload = {name: value for name, value in (usual | claims).items() if name not in without}
        headers = {} if kid is None else {"kid": kid}
        return jwt.encode(payload, key or rsa_key(kid or "k1"), algorithm, headers)

    def signed_headers(self, **claims: Any) -> dict[str, str]:
        """The headers of a genuine request; takes what `token` takes."""
        return {"Authorization": f"Bearer {self.token(**claims)}"}

    async def arrived(self, number: int) -> list[Post]:
        """All posts, as soon as there are so many."""
        await self.until(lambda: len(self.posts) >= number)
        return self.posts

    async def until(self, fact: Callable[[], bool]) -> None:
        """Wait until a request made this true; ten seconds at most."""
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(fact)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post(f"/{TENANT}/oauth2/v2.0/token", self._grant)
        app.router.add_post("/v3/{path:.*}", self._connector)
        app.router.add_put("/v3/{path:.*}", self._connector)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self.metadata_answers.set()
        await self._runner.cleanup()

    async def _metadata(self, _: web.Request) -> web.Response:
        async with self._changed:
            self.key_fetches += 1
            self._changed.notify_all()
        await self.metadata_answers.wait()
        body = {"issuer": ISSUER, "jwks_uri": f"{self.base}/keys"}
        return web.json_response(body, status=self.metadata_status)

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [_jwk(kid, *key) for kid, key in self.keys.items()]})

    async def _grant(self, request: web.Request) -> web.Response:
        self.token_grants += 1
        self.token_forms.append({k: str(v) for k, v in (await request.post()).items()})
        body = {
            "token_type": "Bearer",
            "access_token": f"invented-access-token-{self.token_grants}",
            "expires_in": self.token_lasts,
        }
        return web.json_response(body, status=self.token_status)

    async def _connector(self, request: web.Request) -> web.Response:
        answer = self.answers.popleft() if self.answers else Answer()
        activity = await request.json()
        async with self._changed:
            self.attempts += 1
            self._changed.notify_all()
        if answer.hangs:
            await self._closing.wait()
        await asyncio.sleep(answer.after)
        if answer.status < 300:
            await self._record(request, activity)
        return web.json_response({"id": "invented"}, status=answer.status, headers=answer.headers)

    async def _record(self, request: web.Request, activity: Json) -> None:
        # .../v3/conversations/{conversation}/activities[/{activity}]
        parts = [unquote(part) for part in request.rel_url.raw_path.split("/")]
        reply_to = parts[5] if len(parts) > 5 else None
        post = Post(parts[3], reply_to, request.headers["Authorization"], activity)
        async with self._changed:
            (self.updates if request.method == "PUT" else self.posts).append(post)
            self._changed.notify_all()


def _jwk(kid: str, key: rsa.RSAPrivateKey, endorsements: list[str]) -> Json:
    published: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return published | {"kid": kid, "use": "sig", "endorsements": endorsements}
