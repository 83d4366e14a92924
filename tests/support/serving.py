"""`luwte serve` as a process of its own, which a test may stop, kill and start again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from bot import wiring
from bot.cluster import free_port
from tests.support import slack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

HERE = Path(__file__).parents[2]
READY_WITHIN = 60.0
STOPPED_WITHIN = 30.0


def environment(folder: Path, database: str, api: str) -> dict[str, str]:
    """Settings of one Slack workspace; the keys lie in `folder`, where they are made."""
    keys = folder / "keys"
    if not wiring.root_path(keys).exists():
        wiring.make_root(keys)
    return {
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_COUNTRY": "NL",
        "LUWTE_DATA": str(folder),
        "LUWTE_KEYS": str(keys),
        "LUWTE_DATABASE": database,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api,
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
    }


@dataclass
class Serving:
    """Use it as a context manager. It keeps its address and its two ports over every restart."""

    env: Mapping[str, str]
    port: int = field(default_factory=free_port)
    admin: int = field(default_factory=free_port)
    host: str = "127.0.0.1"
    _child: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._child is not None and self._child.returncode is None:
            await self.stop()

    @property
    def log(self) -> Path:
        """What it wrote, over all its lives."""
        return Path(self.env["LUWTE_DATA"]) / f"serve-{self.host}-{self.port}.log"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/slack/events"

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    async def start(self) -> None:
        """Until it says that it is ready."""
        ports = {
            "LUWTE_HOST": self.host,
            "LUWTE_PORT": str(self.port),
            "LUWTE_ADMIN_HOST": self.host,
            "LUWTE_ADMIN_PORT": str(self.admin),
        }
        own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve",
                cwd=HERE, env={**own, **self.env, **ports}, stderr=log, stdout=log,
            )  # fmt: skip
        async with asyncio.timeout(READY_WITHIN):
            while await self.ready() != 200:
                assert self._child.returncode is None, self.log.read_text()[-2_000:]
                await asyncio.sleep(0.05)

    async def ready(self) -> int:
        """The status of `/readyz`; 0 where nobody answers."""
        url = f"http://{self.host}:{self.admin}/readyz"
        try:
            async with aiohttp.ClientSession() as http, http.get(url) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0

    async def kill(self) -> None:
        """`kill -9`, and nothing of it is left."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM, as an operator or a load balancer would; the exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        assert self._child is not None
        self._child.send_signal(how)
        async with asyncio.timeout(STOPPED_WITHIN):
            status = await self._child.wait()
        self._child = None
        return status
