"""The bot's Slack door on a real server, with Slack's Web API on loopback behind it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters import delivery as delivering
from adapters.delivery import Delivery
from adapters.slack.app import SlackApp
from adapters.slack.pace import Pace
from adapters.slack.tokens import FixedTokens
from tests.support import slack
from tests.support.reception import PreparedReception
from tests.support.slack import FakeSlack, Workspace
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, slots=True)
class Door:
    """`workspace` sends to the bot; `slack` records what the bot sends."""

    reception: PreparedReception
    delivery: Delivery
    slack: FakeSlack
    workspace: Workspace
    vault: MemoryVault
    app: SlackApp


@pytest.fixture
async def door(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    monkeypatch.setattr(delivering, "IN_REQUEST", 0.3)
    reception = PreparedReception(homes=(("slack", slack.TEAM), ("slack", slack.ENTERPRISE)))
    delivery, vault = Delivery(), MemoryVault()
    async with FakeSlack() as fake, aiohttp.ClientSession() as session:
        app = SlackApp(
            reception=reception,
            delivery=delivery,
            tokens=FixedTokens({slack.TEAM: slack.TOKEN, slack.ENTERPRISE: slack.TOKEN}),
            vault=vault,
            signing_secret=slack.SECRET,
            session=session,
            clock=time.time,
            api_url=fake.url,
            pace=Pace(0),
        )
        runner, port = await slack.serve(slack.mounted(app.handle))
        url = f"http://127.0.0.1:{port}/slack/events"
        yield Door(reception, delivery, fake, Workspace(session, url), vault, app)
        fake.release()
        await app.close()
        await delivery.close(0.1)
        await runner.cleanup()
    assert fake.problems == []
