"""Whether Microsoft would let us in: credentials, tenant, signing keys, and our own closed door.

For `luwte doctor`: each is asked once and nothing is changed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import jwt

from adapters.teams.token import asked

if TYPE_CHECKING:
    from adapters.teams.credentials import Ask

PATIENCE = aiohttp.ClientTimeout(total=10)

MOST = 256 * 1024
"""Bytes of an answer that are read."""

_CODE = re.compile(r"AADSTS(\d{4,7})")
_TENANT = re.compile(r"[0-9A-Za-z.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint says. `error` is None, `unreachable`, `other` or a number of Microsoft's
    (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
    """

    error: str | None
    tenant: str | None = None
    date: str | None = None


async def grant(session: aiohttp.ClientSession, ask: Ask) -> Grant:
    """Ask for a token as an answer would, and look in it for the tenant; the token is dropped."""
    try:
        async with asked(session, ask, PATIENCE) as response:
            said, date = json.loads(await response.content.read(MOST)), response.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Grant("unreachable")
    given = said if isinstance(said, dict) else {}
    if "access_token" not in given:
        code = _CODE.search(str(given.get("error_description", "")))
        return Grant(code[1] if code else "other", date=date)
    return Grant(None, _tenant(str(given["access_token"])), date)


async def signing_keys(session: aiohttp.ClientSession, metadata: str) -> int | None:
    """How many keys are published to check requests with; None where they cannot be fetched."""
    try:
        async with session.get(metadata, timeout=PATIENCE) as response:
            where = json.loads(await response.content.read(MOST))["jwks_uri"]
        async with session.get(where, timeout=PATIENCE) as response:
            return len(json.loads(await response.content.read(MOST))["keys"])
    except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError):
        return None


async def door(session: aiohttp.ClientSession, url: str) -> int | None:
    """How our door answers somebody without a token; None where nobody answered."""
    try:
        async with session.post(
            url, json={"type": "message"}, timeout=PATIENCE, allow_redirects=False
        ) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return None


def _tenant(token: str) -> str | None:
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError):
        return None
    tenant = claims.get("tid")
    return tenant if isinstance(tenant, str) and _TENANT.fullmatch(tenant) else None
