"""The token for what goes out: one for the process, renewed in time, asked for once at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from adapters.delivery import UndeliveredError
from adapters.teams.token import OutgoingToken
from tests.support.teams import APP_ID, PASSWORD
from tests.support.teams_bot import registered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock


@pytest.fixture
async def token(cloud: FakeCloud, clock: Clock) -> AsyncIterator[OutgoingToken]:
    async with ClientSession() as session:
        token = OutgoingToken(session, clock, registered(cloud).ask)
        yield token
        await token.close()


async def test_the_bot_asks_with_its_credentials(token: OutgoingToken, cloud: FakeCloud) -> None:
    await token.value()

    assert cloud.token_forms == [
        {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": PASSWORD,
            "scope": "https://api.botframework.com/.default",
        }
    ]


async def test_many_at_once_share_one_request(token: OutgoingToken, cloud: FakeCloud) -> None:
    found = await asyncio.gather(*(token.value() for _ in range(20)))

    assert set(found) == {"invented-access-token-1"}
    assert cloud.token_grants == 1


async def test_a_token_near_its_end_serves_while_the_next_is_fetched(
    token: OutgoingToken, cloud: FakeCloud, clock: Clock
) -> None:
    await token.value()
    clock.now += cloud.token_lasts - 200

    assert await token.value() == "invented-access-token-1"
    await token._renewal.join()

    assert await token.value() == "invented-access-token-2"
    assert cloud.token_grants == 2


async def test_a_token_past_its_end_is_not_used(
    token: OutgoingToken, cloud: FakeCloud, clock: Clock
) -> None:
    await token.value()
    clock.now += cloud.token_lasts + 1

    assert await token.value() == "invented-access-token-2"


async def test_a_refused_request_says_when_to_come_back_and_is_not_repeated_meanwhile(
    token: OutgoingToken, cloud: FakeCloud, clock: Clock
) -> None:
    cloud.token_status = 401

    for _ in range(3):
        with pytest.raises(UndeliveredError) as refused:
            await token.value()
        assert refused.value.retry_after == pytest.approx(5.0)
        assert not refused.value.final
    assert cloud.token_grants == 1

    cloud.token_status = 200
    clock.now += 5
    assert await token.value() == "invented-access-token-2"
