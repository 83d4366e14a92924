"""Several workspaces in one process: each installs the app itself, and answers come with its own token."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests.support import slack
from tests.support.canary import found, left_behind
from tests.support.installation import Installation, installed
from tests.support.slack import FakeSlack, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MILL, DYKE = "T0MILL", "T0DYKE"
CONFIG = """\
[organisations.mill]
operator = "bureau"
slack_team = "T0MILL"

[organisations.dyke]
operator = "bureau"
slack_team = "T0DYKE"
surface = "private"
"""


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.problems == []


@pytest.fixture
async def house(tmp_path: Path, api: FakeSlack) -> AsyncIterator[Installation]:
    config = tmp_path / "luwte.toml"
    config.write_text(CONFIG)
    env = {
        "LUWTE_CONFIG": str(config),
        "LUWTE_PUBLIC_URL": "https://luwte.example",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "an-invented-client-secret",
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_API_URL": api.url,
    }
    async with installed(tmp_path, env) as installation:
        yield installation


async def install(house: Installation, api: FakeSlack, team: str) -> int:
    """Somebody with the rights to do so walks through both pages; the status at the end."""
    api.answers["oauth.v2.access"] = {"access_token": f"xoxb-{team}", "team": {"id": team}}
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        async with http.get(f"{house.url}/slack/install", allow_redirects=False) as begun:
            state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
            cookies = "; ".join(f"{name}={each.value}" for name, each in begun.cookies.items())
        query = {"code": "a-code", "state": state}
        url = f"{house.url}/slack/installed"
        async with http.get(url, params=query, headers={"Cookie": cookies}) as ended:
            return ended.status


def hello(team: str) -> slack.Json:
    event = slack.message_event("hello")
    event["team_id"] = event["authorizations"][0]["team_id"] = team
    return event


async def test_each_workspace_is_answered_with_its_own_token(
    house: Installation, api: FakeSlack
) -> None:
    assert [await install(house, api, team) for team in (MILL, DYKE)] == [200, 200]
    async with aiohttp.ClientSession() as http:
        workspace = Workspace(http, f"{house.url}/slack/events")
        for team in (MILL, DYKE, MILL):
            assert (await workspace.send(hello(team))).status == 200

    used = [call.authorization for call in api.made("chat.postMessage")]
    assert used == [f"Bearer xoxb-{team}" for team in (MILL, DYKE, MILL)]


async def test_a_workspace_that_did_not_install_it_is_not_posted_to(
    house: Installation, api: FakeSlack
) -> None:
    assert await install(house, api, MILL) == 200
    async with aiohttp.ClientSession() as http:
        await Workspace(http, f"{house.url}/slack/events").send(hello(DYKE))

    assert api.made("chat.postMessage") == []


async def test_a_workspace_that_the_settings_do_not_name_cannot_install_it(
    house: Installation, api: FakeSlack
) -> None:
    assert await install(house, api, "T0STRANGER") == 403


async def test_the_tokens_lie_sealed_in_the_database(house: Installation, api: FakeSlack) -> None:
    await install(house, api, MILL)

    database = left_behind(*house.folder.glob("luwte.db*"))
    assert found({f"xoxb-{MILL}"}, database, house.log.getvalue().encode()) == set()
    with sqlite3.connect(house.folder / "luwte.db") as connection:
        assert connection.execute("SELECT count(*) FROM vault").fetchone() == (1,)
    connection.close()


async def test_an_app_that_was_taken_away_is_noted_and_installing_it_again_stops_the_clock(
    house: Installation, api: FakeSlack
) -> None:
    await install(house, api, MILL)
    gone = {**hello(MILL), "event": {"type": "app_uninstalled"}}
    async with aiohttp.ClientSession() as http:
        workspace = Workspace(http, f"{house.url}/slack/events")
        assert (await workspace.send(gone)).status == 200
        await workspace.send(hello(MILL))
        assert api.made("chat.postMessage") == []

        assert await install(house, api, MILL) == 200
        await workspace.send(hello(MILL))

    assert len(api.made("chat.postMessage")) == 1
    with sqlite3.connect(house.folder / "luwte.db") as connection:
        assert connection.execute("SELECT count(*) FROM vault").fetchone() == (1,)
    connection.close()


async def test_the_pages_exist_only_where_the_app_is_installed_that_way(
    tmp_path: Path, api: FakeSlack
) -> None:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api.url,
    }
    async with installed(tmp_path, env) as house, aiohttp.ClientSession() as http:
        for path in ("/slack/install", "/slack/installed"):
            async with http.get(f"{house.url}{path}") as response:
                assert response.status == 404
