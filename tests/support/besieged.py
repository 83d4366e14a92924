"""The whole program on loopback, both platforms configured, for tests that send it anything at all."""

from __future__ import annotations

import asyncio
import contextlib
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.support import slack
from tests.support.installation import Installation, installed
from tests.support.payloads import CANARY
from tests.support.slack import FakeSlack
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FINE = {200, 400, 401, 403, 413, 415, 501}
"""What anything may be answered with; everything else is an error of ours."""

ERRORS = ("request_failed", "turn_failed", "turn_not_kept", "crashed", "Traceback")


@dataclass
class Besieged:
    """Sends from outside any loop, and looks at what came of it."""

    house: Installation
    cloud: FakeCloud
    http: aiohttp.ClientSession
    _runner: asyncio.Runner

    def slack(self, body: bytes, content_type: str) -> None:
        headers = slack.signed(body, content_type=content_type)
        self._fine("/slack/events", body, headers)

    def teams(self, body: bytes) -> None:
        headers = {"Content-Type": "application/json", **self.cloud.signed_headers()}
        self._fine("/api/messages", body, headers)

    def _fine(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        assert self._runner.run(self._sent(path, body, headers)) in FINE
        log = self.house.log.getvalue()
        assert not [word for word in ERRORS if word in log]
        assert CANARY not in log
        self.house.log.truncate(0)

    async def _sent(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        url = self.house.url + path
        async with self.http.post(url, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status


@contextlib.contextmanager
def besieged(folder: Path) -> Iterator[Besieged]:
    """One installation for many requests."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def begin() -> Besieged:
            api = await stack.enter_async_context(FakeSlack())
            cloud = await stack.enter_async_context(FakeCloud())
            env = {
                "SLACK_BOT_TOKEN": slack.TOKEN,
                "SLACK_SIGNING_SECRET": slack.SECRET,
                "LUWTE_CONFIG": str(_organisation(folder)),
                "LUWTE_SLACK_API_URL": api.url,
                "MicrosoftAppId": APP_ID,
                "MicrosoftAppPassword": PASSWORD,
                "MicrosoftAppTenantId": TENANT,
                "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
                "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
                "LUWTE_PERSON_LIMIT": "1000000",
            }
            house = await stack.enter_async_context(installed(folder, env))
            http = await stack.enter_async_context(aiohttp.ClientSession())
            return Besieged(house, cloud, http, runner)

        try:
            yield runner.run(begin())
        finally:
            runner.run(stack.aclose())


def _organisation(folder: Path) -> Path:
    file = folder / "luwte.toml"
    told = {"operator": "bureau", "slack_team": slack.TEAM, "teams_tenant": TENANT}
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in told.items())
    file.write_text("[organisations.a]\n" + "".join(lines))
    return file


def form(payload: dict[str, Any]) -> tuple[bytes, str]:
    """A payload of Slack as it would come: an event as JSON, everything else as a form."""
    from urllib.parse import urlencode

    if payload.get("type") in ("event_callback", "url_verification"):
        return json.dumps(payload).encode("utf-8", "surrogatepass"), "application/json"
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    body = urlencode(fields, errors="replace").encode()
    return body, "application/x-www-form-urlencoded"
