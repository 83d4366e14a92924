"""Microsoft's Agents Playground, with a relay before the bot that signs what it sends.

The Playground sends no token without Microsoft, so the relay adds one as Microsoft would: the bot
runs its production authentication.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from tests.support.pages import MODULES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.teams import FakeCloud

Json = dict[str, Any]

TENANT = "00000000-0000-0000-0000-0000000000001"
"""That of the Playground, one digit too long for a GUID."""

PROGRAM = MODULES / ".bin" / "agentsplayground"
PATIENCE = 60.0


class Relay:
    """Between the Playground and the bot. `locale` is what the person's Teams would speak."""

    def __init__(self, cloud: FakeCloud, http: aiohttp.ClientSession, locale: str) -> None:
        self._cloud, self._http, self._locale = cloud, http, locale
        self.bot = ""
        self.statuses: list[tuple[str, int]] = []

    async def pass_on(self, request: web.Request) -> web.Response:
        activity: Json = {**await request.json(), "locale": self._locale}
        headers = self._cloud.signed_headers(serviceurl=activity["serviceUrl"])
        async with self._http.post(self.bot, json=activity, headers=headers) as answer:
            kind = activity.get("name") or activity["type"]
            self.statuses.append((kind, answer.status))
            body = await answer.read()
            return web.Response(status=answer.status, body=body, content_type=answer.content_type)


@asynccontextmanager
async def relaying(relay: Relay) -> AsyncIterator[str]:
    """The address at which the Playground finds the bot."""
    app = web.Application(client_max_size=1024**2)
    app.router.add_post("/api/messages", relay.pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def playground(endpoint: str, folder: Path) -> AsyncIterator[str]:
    """The address of its page. It takes another port where the one it was given is taken."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(PROGRAM.resolve()),
        *("-e", endpoint, "-c", "msteams", "-p", str(_free_port()), "--disable-telemetry"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
        env=_quiet(folder),
    )
    try:
        async with asyncio.timeout(PATIENCE):
            port = await _listening(process)
        reading = asyncio.create_task(_drain(process))
        yield f"http://127.0.0.1:{port}/"
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _listening(process: asyncio.subprocess.Process) -> str:
    said = b""
    assert process.stdout is not None
    while line := await process.stdout.readline():
        said += line
        found = re.search(rb"Listening on (\d+)", line)
        if found:
            return found[1].decode()
    raise AssertionError(said.decode())


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    while await process.stdout.readline():
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _quiet(folder: Path) -> dict[str, str]:
    """It opens a browser of its own unless it is told that there is none."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "BROWSER": "none"}
