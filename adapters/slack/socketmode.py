"""Socket Mode: Slack's requests over a connection that this side opened, for sites without inbound traffic.

A client of our own on the shared session. The SDK's has a queue without a bound, tries an address that
has expired for ever, and opens a session that nobody else closes. An envelope is acknowledged when
what is in it was kept, and not before: Slack sends an event again that nobody acknowledged. Envelopes
may overtake each other; which question an answer belongs to stands in the answer itself.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import SLACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from adapters.slack.envelope import Payload
    from adapters.slack.router import Answer

MOST = 256
"""Envelopes in hand at the same time; more are read when one is done."""

LARGEST = 256 * 1024
"""Bytes of one envelope, as over HTTP."""

HEARTBEAT = 10.0
"""Seconds after which a connection is asked whether it still lives."""

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two attempts to connect; they double."""

ADDRESS_WITHIN = 10.0

_log = logging.getLogger("luwte.slack")


class SocketDoor:
    """`answer` is `SlackApp.answer`; `run` goes on until it is cancelled, then `close`."""

    def __init__(
        self,
        *,
        answer: Callable[[Payload], Awaitable[Answer]],
        app_token: str,
        session: aiohttp.ClientSession,
        api_url: str | None = None,
    ) -> None:
        logger = logging.getLogger("slack_sdk.luwte.socket")
        logger.setLevel(logging.WARNING)
        self._client = AsyncWebClient(
            base_url=api_url or SLACK, session=session, logger=logger, retry_handlers=[]
        )
        self._answer, self._token, self._session = answer, app_token, session
        self._room = asyncio.Semaphore(MOST)
        self._reading: set[asyncio.Task[None]] = set()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._closing = False

    async def run(self) -> None:
        """Stay connected. A connection that Slack wants renewed is read until it ends."""
        loop, pause = asyncio.get_running_loop(), SHORTEST_PAUSE
        while True:
            began, connection = loop.time(), await self._connected()
            if connection is not None:
                _log.info("socket_connected")
                renew = asyncio.Event()
                self._begin(self._reading, self._read(connection, renew))
                await renew.wait()
            if connection is not None and loop.time() - began > SHORTEST_PAUSE:
                pause = SHORTEST_PAUSE
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def close(self, seconds: float = 5.0) -> None:
        """Give what is in hand a last moment, then let go of the connections.

        What still comes in is left alone, so Slack sends it again to whoever is connected then.
        """
        self._closing = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=seconds)
        tasks = [*self._in_hand, *self._reading]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connected(self) -> aiohttp.ClientWebSocketResponse | None:
        """A fresh address, and a connection to it; an address is good for one attempt."""
        try:
            async with asyncio.timeout(ADDRESS_WITHIN):
                found = await self._client.apps_connections_open(app_token=self._token)
                return await self._session.ws_connect(
                    str(found["url"]), heartbeat=HEARTBEAT, max_msg_size=LARGEST
                )
        except Exception:  # noqa: BLE001 - network, TLS, a token refused: their texts hold the token
            _log.warning("socket_unreachable")
            return None

    async def _read(
        self, connection: aiohttp.ClientWebSocketResponse, renew: asyncio.Event
    ) -> None:
        try:
            async for message in connection:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    continue
                envelope = _object(message.data)
                if envelope.get("type") == "disconnect":
                    renew.set()
                payload, number = envelope.get("payload"), envelope.get("envelope_id")
                if isinstance(payload, dict) and isinstance(number, str) and not self._closing:
                    await self._room.acquire()
                    self._begin(self._in_hand, self._handle(connection, number, payload))
        finally:
            renew.set()
            await connection.close()

    async def _handle(
        self, connection: aiohttp.ClientWebSocketResponse, number: str, payload: Payload
    ) -> None:
        try:
            given = await self._answer(payload)
            if given.status != HTTPStatus.OK:
                return
            said = {"envelope_id": number} | ({"payload": given.body} if given.body else {})
            with suppress(ConnectionError, aiohttp.ClientError):
                await connection.send_json(said)
        finally:
            self._room.release()

    def _begin(self, among: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            _log.error("request_failed", extra={"code": "socket"})


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
