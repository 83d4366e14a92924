"""The Teams side of the bot on loopback, with the invented Microsoft around it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from adapters.delivery import Delivery
from adapters.teams.app import Registration, TeamsApp
from adapters.teams.credentials import Password
from tests.support.reception import PreparedReception
from tests.support.teams import APP_ID, PASSWORD, TENANT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from adapters.teams.app import Desk
    from conversations.turn import Turn
    from tests.support.teams import FakeCloud

Json = dict[str, Any]


@dataclass
class Clock:
    """Seconds since the Unix epoch, moved by hand."""

    now: float = 1_760_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Answered:
    status: int
    body: bytes

    @property
    def json(self) -> Json:
        found: Json = json.loads(self.body)
        return found


class Bot:
    """Posts to `/api/messages` as the cloud would."""

    def __init__(self, cloud: FakeCloud, session: aiohttp.ClientSession, url: str) -> None:
        self._cloud, self._session, self.url = cloud, session, url

    async def take(self, activity: Json) -> Answered:
        """A genuine request with this activity."""
        return await self.post(json.dumps(activity).encode(), self._cloud.signed_headers())

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answered:
        sent = {"Content-Type": "application/json", **headers}
        async with self._session.post(self.url, data=body, headers=sent) as response:
            return Answered(response.status, await response.read())


def prepared(*turns: Turn) -> PreparedReception:
    """A reception for the invented tenant."""
    return PreparedReception(*turns, homes=(("teams", TENANT),))


def registered(cloud: FakeCloud) -> Registration:
    """The invented registration in this cloud."""
    return Registration(APP_ID, TENANT, Password(PASSWORD), cloud.metadata_url, cloud.token_url)


@asynccontextmanager
async def running(cloud: FakeCloud, reception: Desk, clock: Clock) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        delivery = Delivery()
        teams = TeamsApp(
            reception=reception,
            delivery=delivery,
            registration=registered(cloud),
            tenants=frozenset({TENANT}),
            session=session,
            clock=clock,
            sdk=cloud.sdk,
        )
        app = web.Application()
        app.router.add_post("/api/messages", teams.handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, auto_decompress=False)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        try:
            yield Bot(cloud, session, f"http://{host}:{port}/api/messages")
        finally:
            await runner.cleanup()
            await delivery.close(seconds=0)
            await teams.close()
