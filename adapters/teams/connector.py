"""The calls that go out: a message posted to the Connector, or put in the place of another.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.delivery import UndeliveredError

if TYPE_CHECKING:
    from adapters.teams.activity import Json

PATIENCE = aiohttp.ClientTimeout(total=15)

GONE = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
"""The person blocked or removed the bot, which is nobody's business: nothing is noted."""

LATER = {HTTPStatus.UNAUTHORIZED, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.TOO_MANY_REQUESTS}
"""Beside every 5xx, what may succeed at a next try."""

UNABLE = {HTTPStatus.BAD_REQUEST, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
"""How hosts say that they do not replace messages, or not this one."""

log = logging.getLogger("luwte.teams")


class Ticket(Protocol):
    """What lets the bot in at the Connector: `token.OutgoingToken`."""

    async def value(self) -> str: ...

    def forget(self) -> None: ...


class Connector:
    """Shared by all turns."""

    def __init__(self, session: aiohttp.ClientSession, token: Ticket) -> None:
        self._session, self._token = session, token

    async def post(
        self, service_url: str, conversation: str, reply_to: str | None, activity: Json
    ) -> None:
        """One attempt. Raises UndeliveredError, final where no next attempt can succeed."""
        url = _url(service_url, conversation, reply_to)
        self._judge(*await self._send("POST", url, activity))

    async def put(
        self, service_url: str, conversation: str, activity_id: str, activity: Json
    ) -> None:
        """One attempt to replace a message. Raises UndeliveredError as `post` does.

        A host that does not replace it has lost nobody an answer: that is final and no error.
        """
        url = _url(service_url, conversation, activity_id)
        status, wait = await self._send("PUT", url, activity)
        if status in UNABLE:
            raise UndeliveredError(final=True)
        self._judge(status, wait)

    async def _send(self, method: str, url: URL, activity: Json) -> tuple[int, str | None]:
        headers = {"Authorization": f"Bearer {await self._token.value()}"}
        try:
            async with self._session.request(
                method, url, json=activity, headers=headers, timeout=PATIENCE, allow_redirects=False
            ) as response:
                return response.status, response.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError):
            raise UndeliveredError from None

    def _judge(self, status: int, wait: str | None) -> None:
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return
        if status == HTTPStatus.UNAUTHORIZED:
            self._token.forget()
        if status in LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UndeliveredError(retry_after=_seconds(wait))
        if status not in GONE:
            log.error("reply_refused", extra={"status": status})
        raise UndeliveredError(final=True)


def _url(service_url: str, conversation: str, reply_to: str | None) -> URL:
    """Ids contain `:`, `;`, `=` and `@`, so they are quoted here and by nobody else."""
    path = f"/v3/conversations/{quote(conversation, safe='')}/activities"
    if reply_to is not None:
        path += f"/{quote(reply_to, safe='')}"
    return URL(service_url.rstrip("/") + path, encoded=True)


def _seconds(wait: str | None) -> float | None:
    """Retry-After as seconds (RFC 9110 §10.2.3); its date form is not used by the Connector."""
    return float(wait) if wait is not None and wait.isascii() and wait.isdecimal() else None
