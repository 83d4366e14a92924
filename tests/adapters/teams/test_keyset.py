"""Microsoft's signing keys: new ones are found, old ones serve on, and nobody waits in vain."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from adapters.teams.keyset import FRESH, TRUSTED, KeySet
from tests.support.teams_bot import Bot, prepared, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.colleague import Colleague
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock


@pytest.fixture
async def bot(cloud: FakeCloud, clock: Clock) -> AsyncIterator[Bot]:
    async with running(cloud, prepared(), clock) as bot:
        yield bot


async def status(bot: Bot, cloud: FakeCloud, colleague: Colleague, kid: str = "k1") -> int:
    body = json.dumps(colleague.message("hi")).encode()
    return (await bot.post(body, cloud.signed_headers(kid=kid))).status


async def test_keys_are_fetched_once_for_many_turns(
    bot: Bot, cloud: FakeCloud, colleague: Colleague
) -> None:
    for _ in range(3):
        assert await status(bot, cloud, colleague) == 200

    assert cloud.key_fetches == 1


async def test_two_requests_at_the_first_moment_both_wait_for_the_keys(
    cloud: FakeCloud, clock: Clock
) -> None:
    cloud.metadata_answers.clear()

    async with ClientSession() as session:
        keys = KeySet(session, clock, cloud.metadata_url)
        first = asyncio.create_task(keys.get("k1"))
        await cloud.until(lambda: cloud.key_fetches == 1)
        second = asyncio.create_task(keys.get("k1"))
        await asyncio.sleep(0)
        cloud.metadata_answers.set()

        assert await first is not None
        assert await second is await first
    assert cloud.key_fetches == 1


async def test_a_new_key_is_found_after_a_minute_with_one_fetch(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    cloud.publish("k2")

    clock.now += 59
    assert await status(bot, cloud, colleague, "k2") == 401
    clock.now += 2
    assert await status(bot, cloud, colleague, "k2") == 200

    assert cloud.key_fetches == 2


async def test_made_up_keys_cause_one_fetch_a_minute(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    clock.now += 61

    for _ in range(5):
        assert await status(bot, cloud, colleague, "made-up") == 401

    assert cloud.key_fetches == 2


async def test_a_key_that_is_no_longer_published_opens_nothing(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    cloud.publish("k2")
    del cloud.keys["k1"]
    clock.now += 61
    assert await status(bot, cloud, colleague, "k2") == 200

    assert await status(bot, cloud, colleague, "k1") == 401


async def test_a_known_key_serves_at_once_while_the_metadata_hang(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    clock.now += FRESH + 1
    cloud.metadata_answers.clear()

    assert await status(bot, cloud, colleague) == 200
    await cloud.until(lambda: cloud.key_fetches == 2)
    assert await status(bot, cloud, colleague) == 200

    assert cloud.key_fetches == 2


async def test_keys_that_could_not_be_fetched_for_a_day_open_nothing(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    cloud.metadata_status = 503
    clock.now += TRUSTED + 1

    assert await status(bot, cloud, colleague) == 401


async def test_a_failed_fetch_is_tried_again_soon(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    cloud.metadata_status = 503
    assert await status(bot, cloud, colleague) == 401
    cloud.metadata_status = 200

    assert await status(bot, cloud, colleague) == 401
    clock.now += 6
    assert await status(bot, cloud, colleague) == 200


async def test_a_clock_that_was_set_back_does_not_hide_new_keys(
    bot: Bot, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    assert await status(bot, cloud, colleague) == 200
    cloud.publish("k2")
    clock.now -= 3_600

    assert await status(bot, cloud, colleague, "k2") == 200
