"""A mill whose people ask, a bureau whose coaches answer: the whole program between both platforms.

Requests are really signed, `luwte coach` is run as an operator runs it, and one clock that a test
moves drives the rounds. Every id and name in here is invented.
"""

from __future__ import annotations

import asyncio
import io
import time
from contextlib import AsyncExitStack, asynccontextmanager, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from bot.__main__ import main
from bot.cluster import free_port
from bot.rounds import Chores
from tests.support import slack
from tests.support.installation import Installation, installed
from tests.support.mail import MailHost
from tests.support.slack import FakeSlack
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud
from tests.support.townspeople import InSlack, InTeams, SlackTown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from tests.support.townspeople import Townsman

HOUR, DAY = 3_600.0, 86_400.0
MILL, BUREAU, YARD = "T0MILL", "T0BUREAU", "T0YARD"
MILL_TENANT, YARD_TENANT = "00000000-mill", "00000000-yard"
CONFIG = f"""\
[organisations.mill]
operator = "bureau"
country = "NL"
people = 500
slack_team = "{MILL}"
teams_tenant = "{MILL_TENANT}"
slack_bot_token_file = "{{folder}}/token"

[organisations.bureau]
operator = "bureau"
people = 500
slack_team = "{BUREAU}"
teams_tenant = "{TENANT}"
slack_bot_token_file = "{{folder}}/token"

[organisations.yard]
operator = "employer"
people = 500
slack_team = "{YARD}"
teams_tenant = "{YARD_TENANT}"
slack_bot_token_file = "{{folder}}/token"
"""
TENANTS = {"mill": (MILL, MILL_TENANT), "bureau": (BUREAU, TENANT), "yard": (YARD, YARD_TENANT)}


@dataclass
class Clock:
    """Seconds since the Unix epoch, moved by hand; it begins on a working day at ten in the morning."""

    seconds: float

    def __call__(self) -> float:
        return self.seconds


class Looks:
    """How often the process has looked at its clock for rounds and notices."""

    def __init__(self) -> None:
        self.count = 0
        self._looked = asyncio.Condition()

    async def more(self, count: int) -> None:
        """Wait until so many looks are done from now on."""
        enough = self.count + count
        async with asyncio.timeout(20), self._looked:
            await self._looked.wait_for(lambda: self.count >= enough)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        once = Chores.once

        async def counted(chores: Chores) -> bool:
            done = await once(chores)
            async with self._looked:
                self.count += 1
                self._looked.notify_all()
            return done

        patch.setattr(Chores, "once", counted)


@dataclass
class Towns:
    """The program, the platforms and the mail server around it, and the clock of all of them."""

    house: Installation
    env: dict[str, str]
    api: FakeSlack
    cloud: FakeCloud
    mails: MailHost
    clock: Clock
    looks: Looks
    http: aiohttp.ClientSession

    def somebody(self, platform: str, town: str, user: str, language: str) -> Townsman:
        """A person of this town on this platform; `user` is a short word, in none of the content."""
        team, tenant = TENANTS[town]
        if platform == "slack":
            url = f"{self.house.url}/slack/events"
            workspace = SlackTown(self.http, url, team=team, clock=self.clock, user=user)
            return InSlack(workspace, self.api, language)
        url = f"{self.house.url}/api/messages"
        return InTeams(
            http=self.http,
            url=url,
            cloud=self.cloud,
            tenant=tenant,
            user=user,
            language=language,
            clock=self.clock,
        )

    async def luwte(self, *arguments: str) -> str:
        """What the command prints; it must end well."""
        status, told = await self.ran(*arguments)
        assert status == 0, told
        return told

    async def ran(self, *arguments: str) -> tuple[int, str]:
        """Exit status and output of `luwte` with the settings of this installation."""
        told = io.StringIO()

        def run() -> int:
            with redirect_stdout(told):
                return main(arguments, self.env)

        status = await asyncio.to_thread(run)
        return status, told.getvalue()

    async def figure(self, series: str) -> float:
        """What `/metrics` says of it."""
        url = f"http://127.0.0.1:{self.env['LUWTE_ADMIN_PORT']}/metrics"
        async with self.http.get(url) as page:
            lines = (await page.text()).splitlines()
        return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(series))

    async def looked(self) -> None:
        """Until the process has looked at this very time; a look that had begun before is not enough."""
        await self.looks.more(2)

    async def pass_hours(self, hours: int) -> None:
        for _ in range(hours):
            self.clock.seconds += HOUR
            await self.looked()

    async def to_hour(self, hour: int) -> None:
        """On to a quarter past this hour in Amsterdam, of the next working day if it has passed."""
        await self.pass_hours(1)
        while not self._is(hour):
            await self.pass_hours(1)

    def _is(self, hour: int) -> bool:
        here = time.gmtime(self.clock.seconds + HOUR)
        return here.tm_hour == hour and here.tm_wday < 5


def a_morning() -> float:
    """A quarter past ten in Amsterdam in winter, on a Tuesday: the next one, for the platforms' sake."""
    now = time.time()
    day = now - now % DAY
    while time.gmtime(day).tm_wday != 1 or day <= now:
        day += DAY
    return day + 9 * HOUR + 900


@asynccontextmanager
async def towns(
    folder: Path, patch: pytest.MonkeyPatch, database: str | None = None
) -> AsyncIterator[Towns]:
    """Everything, on loopback; rounds are looked for a hundred times a second."""
    patch.setattr("bot.rounds.LOOK_EVERY", 0.01)
    patch.setattr("bot.steady.JUMP", 1e12)
    patch.setattr("storage.lock.MEMORY_KIB", 8)
    patch.setattr("storage.lock.PASSES", 1)
    clock, looks = Clock(a_morning()), Looks()
    looks.watch(patch)
    (folder / "luwte.toml").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    (folder / "token").write_text(slack.TOKEN, encoding="utf-8")
    (folder / "token").chmod(0o400)
    async with AsyncExitStack() as leaving:
        api = await leaving.enter_async_context(FakeSlack())
        cloud = await leaving.enter_async_context(FakeCloud(clock))
        mails = await leaving.enter_async_context(MailHost(None).listening())
        env = {
            "LUWTE_CONFIG": str(folder / "luwte.toml"),
            "LUWTE_DATA": str(folder / "data"),
            "LUWTE_ADMIN_PORT": str(free_port()),
            "LUWTE_SLACK_API_URL": api.url,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": TENANT,
            "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
            "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
            "LUWTE_SMTP_HOST": "127.0.0.1",
            "LUWTE_SMTP_PORT": str(mails.port),
            "LUWTE_SMTP_FROM": "luwte@bureau.example",
            **({"LUWTE_DATABASE": database} if database else {}),
        }
        house = await leaving.enter_async_context(installed(folder / "data", env, clock))
        http = await leaving.enter_async_context(aiohttp.ClientSession())
        yield Towns(house, env, api, cloud, mails, clock, looks, http)
        assert api.problems == []
