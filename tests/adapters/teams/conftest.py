"""An invented Microsoft, and a colleague in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.colleague import Colleague
from tests.support.teams import FakeCloud
from tests.support.teams_bot import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def cloud(clock: Clock) -> AsyncIterator[FakeCloud]:
    async with FakeCloud(clock) as cloud:
        yield cloud


@pytest.fixture
def colleague(cloud: FakeCloud) -> Colleague:
    return Colleague(cloud.base)


@pytest.fixture(autouse=True)
def nothing_in_the_log_of_the_server(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """aiohttp writes a traceback there for whatever rises out of a handler."""
    yield
    assert [each for each in caplog.get_records("call") if each.name.startswith("aiohttp")] == []
