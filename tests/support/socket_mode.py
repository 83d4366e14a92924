"""Slack's side of Socket Mode on loopback: it hands out addresses, sends envelopes and hears what is acknowledged."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

from tests.support.slack import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.slack import FakeSlack

Json = dict[str, Any]


@dataclass(slots=True)
class FakeSocket:
    """Use it as a context manager; `url` is what the door takes as `api_url`.

    `refusals`: so many addresses are refused first. An address is good for one connection. `beside` is
    the rest of the Web API, under the same address.
    """

    url: str = ""
    beside: FakeSlack | None = None
    refusals: int = 0
    tokens: list[str] = field(default_factory=list)
    acknowledged: dict[str, Json] = field(default_factory=dict)
    connections: list[web.WebSocketResponse] = field(default_factory=list)
    _fresh: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _runner: web.AppRunner | None = None
    _port: int = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._address)
        app.router.add_get("/link/{number}", self._link)
        if self.beside is not None:
            self.beside.mount(app)
        self._runner, self._port = await serve(app)
        self.url = f"http://127.0.0.1:{self._port}/api/"
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self.connections:
            await each.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def connected(self, times: int = 1) -> web.WebSocketResponse:
        """Wait until there were so many connections; the newest."""
        async with self._changed, asyncio.timeout(30):
            await self._changed.wait_for(lambda: len(self.connections) >= times)
        return self.connections[-1]

    async def send(self, payload: Json, kind: str = "events_api", **more: Any) -> str:
        """One envelope over the newest connection; its number."""
        number = f"envelope-{next(self._numbers)}"
        link = await self.connected()
        await link.send_json({"envelope_id": number, "type": kind, "payload": payload, **more})
        return number

    async def answer(self, number: str) -> Json:
        """Wait until this envelope is acknowledged; what came with it."""
        async with self._changed, asyncio.timeout(30):
            await self._changed.wait_for(lambda: number in self.acknowledged)
        return self.acknowledged[number]

    async def _address(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization", ""))
        if self.refusals > 0:
            self.refusals -= 1
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        number = str(next(self._numbers))
        self._fresh.add(number)
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link/{number}"})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        if number not in self._fresh:
            return web.Response(status=404)
        self._fresh.discard(number)
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1})
        async with self._changed:
            self.connections.append(link)
            self._changed.notify_all()
        async for message in link:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                async with self._changed:
                    self.acknowledged[said["envelope_id"]] = said.get("payload", {})
                    self._changed.notify_all()
        return link
