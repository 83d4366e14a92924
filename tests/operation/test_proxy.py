"""The proxy of the examples, as it is written there, before two processes that are replaced one by one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

import bot
from bot.cluster import free_port
from tests.support.crowd import Crowd
from tests.support.programs import found
from tests.support.serving import Serving, environment
from tests.support.slack import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CADDYFILE = Path(str(bot.__file__)).parent / "deploy" / "Caddyfile"
HOSTS = ("127.0.0.2", "127.0.0.3")
"""Two machines, as far as ports go: both processes listen on the same ones."""

QUICKER = 4
"""So many times as often as in the example the proxy looks, and so much shorter a process drains."""

BEGUN_WITHIN = 10.0


@contextlib.asynccontextmanager
async def caddy(folder: Path, listens: int, port: int, admin: int) -> AsyncIterator[None]:
    """With the names of the example replaced by addresses, and without TLS."""
    program = found("caddy")
    assert program is not None, "it comes with the development lock"
    text = CADDYFILE.read_text()
    for name, value in (
        ("{$LUWTE_DOMAIN}", f"http://127.0.0.1:{listens}"),
        ("luwte-1:8080 luwte-2:8080", " ".join(f"{host}:{port}" for host in HOSTS)),
        ("health_port 9090", f"health_port {admin}"),
        ("health_interval 2s", f"health_interval {2_000 // QUICKER}ms"),
    ):
        assert name in text
        text = text.replace(name, value)
    (folder / "Caddyfile").write_text(text)
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("wb") as log:
        running = await asyncio.create_subprocess_exec(
            program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"),
            env={"PATH": os.environ["PATH"], **homes}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        await asyncio.to_thread(_until_it_listens, listens)
        yield
    finally:
        running.terminate()
        await running.wait()


def _until_it_listens(port: int) -> None:
    until = time.monotonic() + BEGUN_WITHIN
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until
        time.sleep(0.05)


async def test_behind_the_proxy_of_the_example_nobody_notices_that_both_are_replaced(
    tmp_path: Path, postgres_url: str
) -> None:
    async with AsyncExitStack() as leaving:
        api = await leaving.enter_async_context(FakeSlack())
        env = environment(tmp_path, postgres_url, api.url)
        env["LUWTE_DRAIN_SECONDS"] = str(8 // QUICKER)
        port, admin, listens = free_port(), free_port(), free_port()
        pair = [
            await leaving.enter_async_context(Serving(env, port, admin, host)) for host in HOSTS
        ]
        await leaving.enter_async_context(caddy(tmp_path, listens, port, admin))
        base = f"http://127.0.0.1:{listens}"
        crowd = Crowd(40, api, lambda: f"{base}/slack/events", pause=0.1)
        await crowd.begin()
        talking = asyncio.create_task(crowd.talk())
        for serving in pair:
            assert await serving.stop() == 0
            await serving.start()
        await talking
        seen = [await _status(f"{base}{path}") for path in ("/healthz", "/readyz", "/metrics", "/")]

    await crowd.check(env)
    assert crowd.repeated == 0, "a message had to be sent again"
    assert all(len(each.seen) == each.deeds for each in crowd.walkers)
    assert seen == [200, 404, 404, 404]
    log = (tmp_path / "caddy.log").read_text()
    assert "U00000001" not in log
    assert "woord" not in log


async def _status(url: str) -> int:
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status
