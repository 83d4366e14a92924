"""Ten thousand messages while the serving process is killed every few seconds, and platforms try again."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.support.crowd import Crowd
from tests.support.serving import Serving, environment
from tests.support.slack import FakeSlack

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 800
"""Thirteen messages each."""

EVERY = 3.0
"""Seconds between two kills."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_ten_thousand_messages_survive_every_kill(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    """On SQLite one process, on PostgreSQL two of which one is killed at a time."""
    alone = kind == "sqlite"
    database = (
        f"sqlite:///{tmp_path / 'luwte.db'}" if alone else request.getfixturevalue("postgres_url")
    )
    async with AsyncExitStack() as leaving:
        api = await leaving.enter_async_context(FakeSlack())
        env = environment(tmp_path, database, api.url)
        servers = [
            await leaving.enter_async_context(Serving(env)) for _ in range(1 if alone else 2)
        ]
        chance = random.Random(7)
        crowd = Crowd(PEOPLE, api, lambda: chance.choice(servers).url, at_once=16)
        await crowd.begin()
        talking = asyncio.create_task(crowd.talk())
        kills = 0
        while not talking.done():
            await asyncio.wait({talking}, timeout=EVERY * chance.uniform(0.3, 1.0))
            victim = chance.choice(servers)
            await victim.kill()
            await victim.start()
            kills += 1
        await talking

    print(f"{kind}: {kills} kills, {crowd.repeated} messages sent again")
    assert kills > 3
    assert crowd.repeated > 0
    await crowd.check(env)
