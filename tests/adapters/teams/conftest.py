"""An invented Microsoft, and a colleague in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.teamssettings import SDKS
from tests.support.colleague import Colleague
from tests.support.teams import FakeCloud
from tests.support.teams_bot import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=SDKS)
async def cloud(clock: Clock, request: pytest.FixtureRequest) -> AsyncIterator[FakeCloud]:
    """Once for each of the SDKs that may run the turns: both must pass whatever a test asks."""
    if request.param == "agents" and "CI" not in os.environ:
        pytest.importorskip("microsoft_agents.hosting.core", reason="luwte[agents]")
    async with FakeCloud(clock) as cloud:
        cloud.sdk = request.param
        yield cloud


@pytest.fixture
def colleague(cloud: FakeCloud) -> Colleague:
    return Colleague(cloud.base)


@pytest.fixture(autouse=True)
def nothing_in_the_log_of_the_server(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """aiohttp writes a traceback there for whatever rises out of a handler."""
    yield
    assert [each for each in caplog.get_records("call") if each.name.startswith("aiohttp")] == []
