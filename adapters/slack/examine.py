"""Whether Slack would let us in: the token, its workspace and rights, and our own signed door.

For `luwte doctor`: each is asked once and nothing is changed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from adapters.slack.api import NAMED, SLACK
from adapters.slack.envelope import ADDRESS_CHECK

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = aiohttp.ClientTimeout(total=10)

MOST = 64 * 1024
"""Bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Token:
    """What Slack says of a token: whose it is, and what it may do (None: it did not say).

    `error` is one of Slack's own words, `unreachable`, or None when all is well.
    """

    error: str | None
    homes: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None
    date: str | None = None


async def token(session: aiohttp.ClientSession, value: str, url: str | None = None) -> Token:
    """Ask `auth.test` (https://docs.slack.dev/reference/methods/auth.test)."""
    headers = {"Authorization": f"Bearer {value}"}
    try:
        async with session.post(
            f"{url or SLACK}auth.test", json={}, headers=headers, timeout=PATIENCE
        ) as response:
            said, date = json.loads(await response.content.read(MOST)), response.headers.get("Date")
            scopes = response.headers.get("X-OAuth-Scopes")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Token("unreachable")
    if not isinstance(said, dict) or said.get("ok") is not True:
        word = said.get("error") if isinstance(said, dict) else None
        return Token(word if word in NAMED else "other", date=date)
    homes = {said.get(name) for name in ("team_id", "enterprise_id")}
    granted = None if scopes is None else frozenset(each.strip() for each in scopes.split(","))
    return Token(None, frozenset(each for each in homes if isinstance(each, str)), granted, date)


@dataclass(frozen=True, slots=True)
class Door:
    """How our door answered: a request that Slack could have signed, and one that nobody did.

    `signed` is 200 only with the right answer in it; None where nobody answered.
    """

    signed: int | None
    unsigned: int | None


async def door(session: aiohttp.ClientSession, url: str, secret: str, now: float) -> Door:
    """Send Slack's own check of an address, signed at `now` (Unix seconds), and once unsigned."""
    challenge = secrets.token_hex(16)
    body = json.dumps({"type": ADDRESS_CHECK, "challenge": challenge}).encode()
    stamp = str(int(now))
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    kind = {"Content-Type": "application/json"}
    signature = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac.hexdigest()}",
    }
    status, answer = await _post(session, url, body, kind | signature)
    if status == 200 and challenge not in answer:  # noqa: PLR2004  HTTP's own number
        status = 0
    return Door(status, (await _post(session, url, body, kind))[0])


async def _post(
    session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int | None, str]:
    try:
        async with session.post(
            url, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False
        ) as response:
            return response.status, (await response.content.read(MOST)).decode("utf-8", "replace")
    except (aiohttp.ClientError, TimeoutError):
        return None, ""
