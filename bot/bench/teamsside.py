"""Microsoft on loopback, as fast as can be: keys, a token for the whole run, and a Connector that says yes."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.bench.wire import request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.bench.flow import Deed, Person

APP_ID = "00000000-1111-4222-8333-invented-app"
PASSWORD = "invented-password"
TENANT = "00000000-1111-4222-8333-invented-tnt"
BOT = "28:invented-bot"
PATH = "/api/messages"
ISSUER = "https://api.botframework.com"
LASTS = 3_600

_TOKEN = re.compile(rb'"token": ?"([^"]+)"')


@dataclass
class TeamsSide:
    """Implements `bot.bench.flow.Side`; `answered` is the Connector and what signs tokens."""

    base: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def address(self, person: Person) -> str:
        return f"a-{person.number:08d}"

    def request(self, person: Person, deed: Deed) -> bytes:
        activity = self._activity(person)
        if deed.kind == "say":
            activity |= {"type": "message", "text": deed.what, "textFormat": "plain"}
        elif person.direct:
            action = {
                "type": "Action.Execute",
                "verb": "press",
                "data": {"press": deed.what, "token": person.token},
            }
            activity |= {
                "type": "invoke",
                "name": "adaptiveCard/action",
                "replyToId": "1700000000000",
                "value": {"action": action, "trigger": "manual"},
            }
        else:
            pressed = {"press": deed.what, "token": person.token}
            activity |= {"type": "message", "value": pressed}
        headers = f"Content-Type: application/json\r\nAuthorization: Bearer {self._ticket}\r\n"
        return request(PATH, json.dumps(activity).encode(), headers)

    def read(self, person: Person, reply: bytes) -> None:
        found = _TOKEN.search(reply)
        person.token = found[1].decode() if found else ""
        person.direct = b'"Action.Execute"' in reply

    def direct(self, deed: Deed, person: Person) -> bool:
        return deed.kind == "press" and person.direct

    def answered(self, what: str, body: bytes) -> bytes:
        """A call of the bot; a message reaches whoever waits for it."""
        method, _, path = what.partition(" ")
        if path == "/metadata":
            return json.dumps({"issuer": ISSUER, "jwks_uri": f"{self.base}/keys"}).encode()
        if path == "/keys":
            return json.dumps({"keys": [self._published]}).encode()
        if path == "/token":
            return b'{"token_type":"Bearer","access_token":"invented","expires_in":3600}'
        if method == "POST" and path.startswith("/v3/conversations/"):
            person = self.people.get(path.split("/")[3])
            if person is not None and person.reply is not None and not person.reply.done():
                person.reply.set_result(body)
        return b'{"id":"1700000000000"}'

    @cached_property
    def _ticket(self) -> str:
        """Microsoft's for this bot; the same for an hour, as it is with them."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 10,
            "exp": now + LASTS,
            "serviceurl": self.base,
        }
        return jwt.encode(claims, self._key, "RS256", {"kid": "k1"})

    @property
    def _published(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {**public, "kid": "k1", "use": "sig", "endorsements": ["msteams"]}

    def _activity(self, person: Person) -> dict[str, Any]:
        return {
            "id": f"17000{next(self._numbers):08d}",
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "localTimestamp": "2026-11-24T11:00:00.000+01:00",
            "channelId": "msteams",
            "serviceUrl": self.base,
            "from": {
                "id": f"29:{person.number:08d}",
                "name": "Invented",
                "aadObjectId": "aaaaaaaa-0000-0000-0000-000000000001",
            },
            "recipient": {"id": BOT, "name": "Luwte"},
            "conversation": {
                "id": self.address(person),
                "conversationType": "personal",
                "tenantId": TENANT,
            },
            "entities": [{"type": "clientInfo", "country": "NL", "platform": "Web"}],
            "channelData": {"tenant": {"id": TENANT}},
        }
