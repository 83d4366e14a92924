"""One call of Slack's Web API over the shared session: JSON, a bearer token, and yes or no.

https://docs.slack.dev/apis/web-api. The SDK's client makes the same request in a third more time, and what
it raises quotes whole responses.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import aiohttp
from yarl import URL

JSON = "application/json; charset=utf-8"
UNSENT = ("User-Agent", "Accept", "Accept-Encoding")
"""What aiohttp would add and Slack needs not know."""


UNTIMED = aiohttp.ClientTimeout(total=None)


class RefusedError(Exception):
    """Slack did not say yes. `code` is its word, if it said one; `pause` its Retry-After, as it came."""

    def __init__(self, code: str | None, status: int, pause: str | None) -> None:
        super().__init__("refused")
        self.code, self.status, self.pause = code, status, pause


class Caller:
    """`url` is where the methods are, with a slash at its end."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._methods: dict[str, URL] = {}

    async def call(self, method: str, token: str, arguments: dict[str, Any]) -> None:
        """One attempt, for as long as the caller waits. Raises RefusedError, and whatever a network does."""
        url = self._methods.get(method)
        if url is None:
            url = self._methods[method] = URL(self._url + method)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON}
        async with self._session.post(
            url,
            data=json.dumps(arguments).encode(),
            headers=headers,
            skip_auto_headers=UNSENT,
            allow_redirects=False,
            timeout=UNTIMED,
        ) as response:
            told = await response.read()
            if response.status == HTTPStatus.OK and _object(told).get("ok"):
                return
            code = _object(told).get("error")
            pause = response.headers.get("Retry-After")
            raise RefusedError(code if isinstance(code, str) else None, response.status, pause)


def _object(told: bytes) -> dict[str, Any]:
    """What it says; empty where that is no JSON object."""
    try:
        value = json.loads(told)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
