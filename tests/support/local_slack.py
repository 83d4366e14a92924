"""local-slack, an independent emulator of Slack: its Web API, events, Socket Mode and a window for people.

npm `local-slack-linux-x64`, pinned with integrity in `tests/emulators`. It listens on every address of
this machine and has no switch for that, so it runs only as long as a test does.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import aiohttp

from tests.support.pages import MODULES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PACKAGE = "local-slack-linux-x64"
TEAM, PERSON, NAME = "T01EXAMPLE", "U01ALICE", "alice"
TOKEN, APP_TOKEN, SECRET = "xoxb-emulated", "xapp-emulated", "an-emulated-secret"
PATIENCE = 20.0

CONFIG = """\
workspace: {{ name: Example, domain: example, teamId: {team} }}
app:
  appId: A01LUWTE
  botUserId: U01LUWTE
  botName: luwte
  botToken: {token}
  appToken: {app_token}
  signingSecret: {secret}
  mode: {mode}
{address}users:
  - {{ id: {person}, name: {name}, realName: "Alice Anderson" }}
channels:
  - {{ id: C01GENERAL, name: general }}
"""


@dataclass(frozen=True)
class LocalSlack:
    """A running emulator; `url` is its window for people."""

    url: str
    http: aiohttp.ClientSession

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    async def log(self) -> list[dict[str, Any]]:
        """All traffic between the emulator and the bot, both ways."""
        async with self.http.get(f"{self.url}/_control/log") as response:
            found: list[dict[str, Any]] = (await response.json())["log"]
            return found

    async def write(self, words: str) -> None:
        """The person's first words to the bot, which begin their direct message."""
        said = {"channel": PERSON, "user": PERSON, "text": words}
        async with self.http.post(f"{self.url}/_control/message", json=said) as response:
            assert response.status == HTTPStatus.OK

    async def connected(self) -> None:
        """Wait until the bot holds a connection for Socket Mode."""
        async with asyncio.timeout(PATIENCE):
            told: list[str] = []
            while not any("socket connected" in each for each in told):
                told = [str(each["summary"]) for each in await self.log()]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def emulated(
    folder: Path, mode: Literal["events", "socket"], bot_port: int
) -> AsyncIterator[LocalSlack]:
    """Start it, with the bot at this port; it ends with the block."""
    port, config = free_port(), folder / "local-slack.yaml"
    address = f'  requestUrl: "http://127.0.0.1:{bot_port}/slack/events"\n'
    config.write_text(
        CONFIG.format(
            team=TEAM,
            token=TOKEN,
            app_token=APP_TOKEN,
            secret=SECRET,
            mode=mode,
            address=address if mode == "events" else "",
            person=PERSON,
            name=NAME,
        )
    )
    process = await asyncio.create_subprocess_exec(
        str(MODULES / PACKAGE / "bin" / "local-slack"),
        *("--config", str(config), "--port", str(port), "--files-dir", str(folder / "files")),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )
    try:
        async with aiohttp.ClientSession() as http:
            found = LocalSlack(f"http://127.0.0.1:{port}", http)
            await _answering(found)
            yield found
    finally:
        process.terminate()
        await process.wait()


async def _answering(slack: LocalSlack) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await slack.log()
            except (aiohttp.ClientError, json.JSONDecodeError):
                await asyncio.sleep(0.1)
            else:
                return
