"""With nobody proving anything, no answer leaves this machine."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession, web

from adapters.delivery import Delivery
from adapters.teams.app import TeamsApp
from adapters.teams.auth import RefusedError
from adapters.teams.development import Unproved
from tests.support.colleague import Colleague
from tests.support.teams import FOREIGN_TENANT, TENANT, FakeCloud
from tests.support.teams_bot import Clock, prepared


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:56150/_connector", "http://localhost:1", "http://[::1]:1/"]
)
async def test_an_emulator_on_this_machine_is_answered(url: str) -> None:
    door = Unproved(frozenset({TENANT}))

    door.bind(await door.verify(""), Colleague(url).message("hi"))


@pytest.mark.parametrize(
    "activity",
    [
        Colleague("https://smba.trafficmanager.net/emea/").message("hi"),
        Colleague("http://127.0.0.1.example/").message("hi"),
        Colleague("http://10.0.0.1/").message("hi"),
        Colleague("http://[::1").message("hi"),
        Colleague("").message("hi"),
        Colleague("http://127.0.0.1/", tenant=FOREIGN_TENANT).message("hi"),
        Colleague("http://127.0.0.1/").message("hi", channelId="slack"),
    ],
)
async def test_anybody_else_is_refused(activity: dict[str, object]) -> None:
    door = Unproved(frozenset({TENANT}))

    with pytest.raises(RefusedError):
        door.bind(await door.verify("Bearer x"), activity)


async def test_a_whole_turn_without_a_token(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with ClientSession() as session:
        delivery = Delivery()
        teams = TeamsApp(
            reception=prepared(),
            delivery=delivery,
            registration=None,
            tenants=frozenset({TENANT}),
            session=session,
            clock=clock,
            sdk=cloud.sdk,
        )
        app = web.Application()
        app.router.add_post("/api/messages", teams.handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        url = f"http://{host}:{port}/api/messages"
        async with session.post(url, json=colleague.message("hi")) as answer:
            assert answer.status == 200
        await runner.cleanup()
        await delivery.close(seconds=0)
        await teams.close()

    assert len(cloud.posts) == 1
    assert cloud.token_grants == cloud.key_fetches == 0
