"""Several processes on one database and one key folder, stopped, killed and started while people talk."""

from __future__ import annotations

import asyncio
import itertools
import random
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.support.crowd import Crowd
from tests.support.serving import Serving, environment
from tests.support.slack import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.problems == []


async def test_a_killed_process_loses_no_acknowledged_answer_and_counts_none_twice(
    tmp_path: Path, api: FakeSlack
) -> None:
    env = environment(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}", api.url)
    async with Serving(env) as serving:
        crowd = Crowd(12, api, lambda: serving.url)
        await crowd.begin()
        talking = asyncio.create_task(crowd.talk())
        for _ in range(3):
            await asyncio.sleep(0.15)
            await serving.kill()
            await serving.start()
        await talking

    assert crowd.repeated > 0
    await crowd.check(env)


async def test_two_processes_keep_each_persons_order_while_one_after_the_other_is_killed(
    tmp_path: Path, api: FakeSlack, postgres_url: str
) -> None:
    env = environment(tmp_path, postgres_url, api.url)
    async with AsyncExitStack() as both:
        pair = [await both.enter_async_context(Serving(env)) for _ in range(2)]
        chance = random.Random(7)
        crowd = Crowd(12, api, lambda: chance.choice(pair).url)
        await crowd.begin()
        talking = asyncio.create_task(crowd.talk())
        for serving in pair:
            await asyncio.sleep(0.15)
            await serving.kill()
            await serving.start()
        await talking

    assert crowd.repeated > 0
    await crowd.check(env)


async def test_a_rolling_restart_loses_no_answer_and_says_nothing_twice(
    tmp_path: Path, api: FakeSlack, postgres_url: str
) -> None:
    env = environment(tmp_path, postgres_url, api.url) | {"LUWTE_DRAIN_SECONDS": "1"}
    async with AsyncExitStack() as both:
        pair = [await both.enter_async_context(Serving(env)) for _ in range(2)]
        balancer = Balancer(pair)
        watching = asyncio.create_task(balancer.watch())
        crowd = Crowd(40, api, balancer.next, pause=0.1)
        await crowd.begin()
        talking = asyncio.create_task(crowd.talk())
        for serving in pair:
            assert await serving.stop() == 0
            await serving.start()
            await balancer.sees(serving)
        await talking
        watching.cancel()

    await crowd.check(env)
    assert crowd.repeated == 0, "a message had to be sent again"
    for walker in crowd.walkers:
        assert len(walker.seen) == walker.deeds, "something was said twice, or not at all"


class Balancer:
    """What stands before the processes: asks each whether it is ready, and takes them in turn."""

    def __init__(self, servers: list[Serving]) -> None:
        self._servers, self._ready = servers, set(range(len(servers)))
        self._turn = itertools.count()
        self._looked = asyncio.Condition()

    def next(self) -> str:
        ready = [self._servers[number] for number in sorted(self._ready)]
        return ready[next(self._turn) % len(ready)].url

    async def watch(self) -> None:
        while True:
            for number, server in enumerate(self._servers):
                well = await server.ready() == 200
                async with self._looked:
                    (self._ready.add if well else self._ready.discard)(number)
                    self._looked.notify_all()
            await asyncio.sleep(0.05)

    async def sees(self, server: Serving) -> None:
        number = self._servers.index(server)
        async with self._looked, asyncio.timeout(30):
            await self._looked.wait_for(lambda: number in self._ready)
