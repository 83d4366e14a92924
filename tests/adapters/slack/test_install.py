"""Installing the app: who began here, for an organisation that is known, and only the bot's token."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web

from adapters.slack.install import BEGIN, COOKIE, InstallPages
from adapters.slack.installations import label
from adapters.slack.manifest import INSTALLED
from adapters.slack.tokens import VaultTokens
from adapters.slack.tokens import label as token_label
from tests.support import slack
from tests.support.slack import Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.adapters.slack.conftest import Door

METHOD = "oauth.v2.access"
CODE, SECRET = "a-code-nobody-else-may-read", "an-invented-client-secret"
NAME = "somebody who installed it"


def granted(team: str = slack.TEAM, **more: object) -> dict[str, object]:
    return {
        "access_token": "xoxb-installed",
        "token_type": "bot",
        "bot_user_id": slack.BOT,
        "team": {"id": team, "name": "Invented"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": slack.PERSON, "name": NAME},
        **more,
    }


class Browser:
    """Somebody with the rights to install apps, on the way through both pages."""

    def __init__(self, url: str, http: aiohttp.ClientSession, now: list[float]) -> None:
        self.url, self.http, self.now = url, http, now
        self.cookie, self.state = "", ""

    async def begin(self) -> dict[str, list[str]]:
        async with self.http.get(f"{self.url}{BEGIN}", allow_redirects=False) as response:
            assert response.status == 302
            self.cookie = response.cookies[COOKIE].value
            asked = parse_qs(urlsplit(response.headers["Location"]).query)
        self.state = asked["state"][0]
        return asked

    async def finish(self, **changed: str) -> tuple[int, str]:
        query = {"code": CODE, "state": self.state, **changed}
        cookies = {"Cookie": f"{COOKIE}={self.cookie}"}
        url = f"{self.url}{INSTALLED}"
        async with self.http.get(url, params=query, headers=cookies) as response:
            return response.status, await response.text()


@pytest.fixture
async def browser(door: Door) -> AsyncIterator[Browser]:
    now = [time.time()]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        pages = InstallPages(
            client_id="1.2",
            client_secret=SECRET,
            url="https://luwte.example",
            scopes=("chat:write", "commands"),
            reception=door.reception,
            tokens=VaultTokens(door.vault, time.monotonic),
            installations=door.app.installations,
            session=http,
            clock=lambda: now[0],
            api_url=door.slack.url,
        )
        app = web.Application()
        app.router.add_get(BEGIN, pages.begin)
        app.router.add_get(INSTALLED, pages.finish)
        runner, port = await slack.serve(app)
        door.slack.answers[METHOD] = granted()
        yield Browser(f"http://127.0.0.1:{port}", http, now)
        await runner.cleanup()


async def test_slack_is_asked_for_the_scopes_of_the_manifest(browser: Browser) -> None:
    asked = await browser.begin()

    assert asked["scope"] == ["chat:write,commands"]
    assert "user_scope" not in asked
    assert asked["redirect_uri"] == ["https://luwte.example/slack/installed"]


async def test_the_bots_token_is_kept_and_nothing_of_who_installed_it(
    door: Door, browser: Browser
) -> None:
    await browser.begin()

    status, text = await browser.finish()

    assert (status, "Luwte is installed here." in text) == (200, True)
    assert door.vault.kept == {token_label(slack.TEAM): b"xoxb-installed"}


async def test_installing_it_again_stops_the_clock(door: Door, browser: Browser) -> None:
    door.vault.kept[label(slack.TEAM)] = b"2800"
    await browser.begin()

    await browser.finish()

    assert label(slack.TEAM) not in door.vault.kept


async def test_on_enterprise_grid_one_token_may_be_for_the_whole_organisation(
    door: Door, browser: Browser
) -> None:
    whole = {"enterprise": {"id": slack.ENTERPRISE}, "is_enterprise_install": True, "team": None}
    door.slack.answers[METHOD] = granted() | whole
    await browser.begin()

    assert (await browser.finish())[0] == 200
    assert set(door.vault.kept) == {token_label(slack.ENTERPRISE)}


async def test_a_workspace_of_a_known_enterprise_keeps_its_own_token(
    door: Door, browser: Browser
) -> None:
    own = granted("T0OTHER", enterprise={"id": slack.ENTERPRISE})
    door.slack.answers[METHOD] = own
    await browser.begin()

    assert (await browser.finish())[0] == 200
    assert set(door.vault.kept) == {token_label("T0OTHER")}


async def test_a_workspace_that_is_not_ours_is_turned_away(door: Door, browser: Browser) -> None:
    door.slack.answers[METHOD] = granted("T0STRANGER")
    await browser.begin()

    assert (await browser.finish())[0] == 403
    assert door.vault.kept == {}


@pytest.mark.parametrize(
    "changed", [{"code": ""}, {"state": ""}, {"state": "9999999999.00"}, {"state": "x.y"}]
)
async def test_whoever_did_not_begin_here_is_turned_away(
    door: Door, browser: Browser, changed: dict[str, str]
) -> None:
    await browser.begin()

    assert (await browser.finish(**changed))[0] == 400
    assert door.slack.made(METHOD) == []


async def test_the_state_of_another_browser_is_turned_away(browser: Browser) -> None:
    await browser.begin()
    theirs = browser.state
    await browser.begin()

    assert (await browser.finish(state=theirs))[0] == 400


async def test_ten_minutes_later_it_has_to_begin_again(browser: Browser) -> None:
    await browser.begin()
    browser.now[0] += 601

    assert (await browser.finish())[0] == 400


@pytest.mark.parametrize(
    "fault", [Fault(200, "invalid_code"), Fault(500), Fault(drop=True), Fault(200, body="no JSON")]
)
async def test_a_code_that_slack_does_not_take_is_told_and_logged_without_it(
    door: Door, browser: Browser, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    door.slack.fail(METHOD, fault)
    await browser.begin()

    with caplog.at_level(logging.DEBUG, "luwte"):
        status, text = await browser.finish()

    assert status == 502
    assert CODE not in text
    assert [r.getMessage() for r in caplog.records] == ["install_refused"]
    assert door.vault.kept == {}
