"""The operator's own listener: whether this process can answer people, and figures about nobody."""

from __future__ import annotations

import re
import sqlite3
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from bot import admin, wiring
from bot.admin import Readiness, application, open_for_operator
from bot.errors import SettingsError
from bot.gate import Gate
from bot.metrics import Metrics
from bot.settings import Admin
from bot.web import listen
from storage import roots
from storage.sessions import SqlSessions
from tests.support import slack
from tests.support.installation import Installation, installed
from tests.support.slack import FakeSlack, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


class Desk:
    """An admin listener on a real database and key folder."""

    def __init__(self, folder: Path) -> None:
        self.keys = folder / "keys"
        self.database = folder / "luwte.db"
        wiring.make_root(self.keys)
        self.sessions = SqlSessions(f"sqlite:///{self.database}")
        self.gate, self.metrics = Gate(), Metrics()

    async def asked(self, path: str) -> tuple[int, str]:
        ready = Readiness(self.gate, self.sessions.ping, self._read)
        runner, port = await listen(application(ready, self.metrics), "127.0.0.1", 0)
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            told = answer.status, await answer.text()
        await runner.cleanup()
        return told

    def _read(self) -> object:
        return roots.from_folder(self.keys)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    yield made
    await made.sessions.close()


async def test_a_process_with_database_and_keys_is_ready(desk: Desk) -> None:
    assert await desk.asked("/readyz") == (200, "ready\n")


async def test_a_locked_database_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "PATIENCE", 5.0)
    other = sqlite3.connect(desk.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert await desk.asked("/readyz") == (503, "not ready: database\n")

    other.execute("ROLLBACK")
    other.close()
    assert await desk.asked("/readyz") == (200, "ready\n")


async def test_a_database_that_does_not_answer_is_not_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "PATIENCE", 0.01)
    other = sqlite3.connect(desk.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert await desk.asked("/readyz") == (503, "not ready: database\n")

    other.close()


@pytest.mark.parametrize("harm", ["missing", "open"])
async def test_a_key_that_is_gone_or_open_to_others_is_told(desk: Desk, harm: str) -> None:
    root = wiring.root_path(desk.keys)
    if harm == "missing":
        root.rename(desk.keys / "elsewhere")
    else:
        root.chmod(0o444)

    assert await desk.asked("/readyz") == (503, "not ready: keys\n")


async def test_a_process_that_is_to_stop_is_not_ready(desk: Desk) -> None:
    desk.gate.closing = True

    assert await desk.asked("/readyz") == (503, "not ready: stopping\n")


async def test_nothing_else_is_there(desk: Desk) -> None:
    assert await desk.asked("/") == (404, "")
    assert await desk.asked("/healthz") == (404, "")


async def test_figures_come_as_prometheus_reads_them(desk: Desk) -> None:
    status, page = await desk.asked("/metrics")

    assert status == 200
    assert re.search(r"^luwte_faults_total\{code=\"S2\"\} 0\.0$", page, re.MULTILINE)


async def test_a_port_that_was_set_must_be_free_and_the_usual_one_need_not_be(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app: Callable[[], web.Application] = web.Application
    first = await open_for_operator(app(), Admin("127.0.0.1", 0))
    assert first is not None
    taken = int(first.addresses[0][1])

    with pytest.raises(SettingsError, match=f"port {taken}"):
        await open_for_operator(app(), Admin("127.0.0.1", taken))
    monkeypatch.setattr(admin, "ADMIN_PORT", taken)
    assert await open_for_operator(app(), Admin("127.0.0.1", None)) is None

    assert "admin_port_taken" in caplog.text
    await first.cleanup()


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def house(tmp_path: Path, api: FakeSlack) -> AsyncIterator[Installation]:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api.url,
    }
    async with AsyncExitStack() as leaving:
        yield await leaving.enter_async_context(installed(tmp_path, env))


def _inside(house: Installation) -> str:
    port = re.search(r'"admin_started".*"count": (\d+)', house.log.getvalue())
    assert port is not None
    return f"http://127.0.0.1:{port[1]}"


async def test_the_platforms_listener_shows_no_figures_and_the_other_no_platform(
    house: Installation,
) -> None:
    async with aiohttp.ClientSession() as http:
        for url, status in (
            (f"{house.url}/metrics", 404),
            (f"{house.url}/readyz", 404),
            (f"{_inside(house)}/metrics", 200),
            (f"{_inside(house)}/readyz", 200),
            (f"{_inside(house)}/slack/events", 404),
        ):
            async with http.get(url) as answer:
                assert answer.status == status, url


async def test_a_conversation_leaves_nothing_about_anybody_in_the_figures(
    house: Installation,
) -> None:
    async with aiohttp.ClientSession() as http:
        workspace = Workspace(http, f"{house.url}/slack/events")
        await workspace.send(slack.message_event("kanarievogel"))
        await workspace.raw("{", slack.signed("{", secret="another"))
        async with http.get(f"{_inside(house)}/metrics") as answer:
            page = await answer.text()

    assert 'luwte_requests_total{route="/slack/events",status="2xx"} 1.0' in page
    assert 'luwte_events_total{event="signature_refused"} 1.0' in page
    assert "luwte_conversations_daily 0.0" in page
    for canary in ("kanarievogel", slack.PERSON, slack.TEAM, slack.CHANNEL, "default", "_created"):
        assert canary not in page
    labels = set(re.findall(r"(\w+)=\"", page))
    assert labels <= {"route", "status", "code", "event", "chore", "le"}
