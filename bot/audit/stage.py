"""A house for the audit alone: its own folder, keys, database, clock and platforms, logging everything."""

from __future__ import annotations

import contextlib
import logging
import sys
import tempfile
import threading
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from adapters.terminal import PLATFORM, TENANT
from bot import log, settings, wiring
from bot.audit.canaries import Town, mark
from bot.audit.locks import Noted, marked
from bot.audit.replacing import replaced
from bot.audit.slack import SECRET, TOKEN, Slack
from bot.audit.slack_person import SlackPerson
from bot.audit.teams import APP_ID, PASSWORD, Teams
from bot.audit.teams_person import TeamsPerson
from bot.serve import start
from conversations.organisation import Organisation
from storage.epoch_files import EPOCHS
from storage.identities import Identities

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from bot.audit.canaries import Invented
    from bot.audit.sent import Sent
    from bot.rounds import Chores
    from conversations.caseports import Notifier, Rounds

MARKED_DAY = datetime(2031, 3, 12, 10, tzinfo=UTC).timestamp()
"""The moment at which the audit's clock begins: far from today, so that both can be searched for."""


@dataclass
class Clock:
    """Seconds since the Unix epoch; every look at it takes a little time."""

    now: float = MARKED_DAY

    def __call__(self) -> float:
        self.now += 0.001
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * 86_400


@dataclass
class Stage:
    """What the audit has to look at: folders, the database, and everything that was sent."""

    folder: Path
    database: str
    town: Town = field(default_factory=lambda: Town(mark()))
    clock: Clock = field(default_factory=Clock)
    noted: Noted = field(default_factory=Noted)
    chores: Chores | None = None

    async def looked(self) -> None:
        """What the process does for cases by itself, done at this moment."""
        if self.chores is not None:
            await self.chores.once()

    def keeping(self, kind: type[Chores]) -> Callable[..., Chores]:
        """Its part in the rounds, which the audit asks for itself; its clock is believed."""

        def made(rounds: Rounds, notifier: Notifier, clock: Clock, *_: object) -> Chores:
            self.chores = kind(rounds, notifier, clock)
            return self.chores

        return made

    def __post_init__(self) -> None:
        self.slack, self.teams = Slack(self.town, self.clock), Teams(self.town, self.clock)
        for path in (self.data, self.temporary, self.logs):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def data(self) -> Path:
        return self.folder / "state"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def temporary(self) -> Path:
        return self.folder / "temporary"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def sent(self) -> list[Sent]:
        return [*self.slack.sent, *self.teams.sent]

    def settings(self) -> dict[str, str]:
        """What `luwte serve` would be given; nothing of the environment this command runs in."""
        return {
            "LUWTE_DATA": str(self.data),
            "LUWTE_DATABASE": self.database,
            "LUWTE_KEYS": str(self.keys),
            "LUWTE_OPERATOR": "bureau",
            "LUWTE_PORT": "0",
            "LUWTE_ADMIN_PORT": "0",
            "LUWTE_PERSON_LIMIT": "1000000",
            "LUWTE_LOG_LEVEL": "DEBUG",
            "LUWTE_SLACK_TEAM": self.town.slack_team,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": self.town.teams_tenant,
        }


@dataclass(frozen=True)
class House:
    """A stage on which `serve` runs, and a terminal beside it."""

    stage: Stage
    url: str
    http: aiohttp.ClientSession
    terminal: wiring.House | None

    def in_slack(self, person: Invented) -> SlackPerson:
        return SlackPerson(person, self.stage.slack, self.http, f"{self.url}/slack/events")

    def in_teams(self, person: Invented) -> TeamsPerson:
        return TeamsPerson(person, self.stage.teams, self.http, f"{self.url}/api/messages")


@asynccontextmanager
async def opened(stage: Stage, *, terminal: bool = True) -> AsyncIterator[House]:
    """`luwte serve` on a free port, with the audit's own platforms around it, at DEBUG."""
    async with AsyncExitStack() as leaving:
        leaving.enter_context(_everything_written_to(stage))
        leaving.enter_context(marked(stage.town, stage.noted))
        leaving.enter_context(replaced("bot.serve:Chores", stage.keeping))
        slack_port = await _serve(stage.slack.routes(), leaving)
        teams_port = await _serve(stage.teams.routes(), leaving)
        stage.teams.base = f"http://127.0.0.1:{teams_port}"
        env = {
            **stage.settings(),
            "LUWTE_SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
            "LUWTE_TEAMS_METADATA_URL": stage.teams.metadata_url,
            "LUWTE_TEAMS_TOKEN_URL": stage.teams.token_url,
        }
        read = settings.read(env)
        if not wiring.root_path(read.keys).exists():
            wiring.make_root(read.keys)
        _begin_the_month(stage)
        port = await start(read, env, stage.clock, leaving)
        beside = _terminal(stage) if terminal else None
        if beside is not None:
            leaving.push_async_callback(beside.close)
        http = await leaving.enter_async_context(aiohttp.ClientSession())
        yield House(stage, f"http://127.0.0.1:{port}", http, beside)


def _begin_the_month(stage: Stage) -> None:
    """Make the month's secrets before `serve` looks for unfinished ones.

    It tells those by the age of their file, and the stage's clock is years ahead of the disk's.
    """
    identities = Identities(wiring.root_keys(stage.keys, {}), stage.keys / EPOCHS, stage.clock)
    for platform, tenant in (("slack", stage.town.slack_team), ("teams", stage.town.teams_tenant)):
        identities.identify(platform, tenant, "nobody")


def _terminal(stage: Stage) -> wiring.House:
    """What `luwte talk` would build on the same store."""
    return wiring.house(
        database=stage.database,
        keys=stage.keys,
        organisations={(PLATFORM, TENANT): Organisation("terminal", "self")},
        clock=stage.clock,
        env=stage.settings(),
    )


async def _serve(app: web.Application, leaving: AsyncExitStack) -> int:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    leaving.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port: int = runner.addresses[0][1]
    return port


@contextmanager
def _everything_written_to(stage: Stage) -> Iterator[None]:
    """Log, standard output, standard error and temporary files go to the stage, then back."""
    root, own = logging.getLogger(), logging.getLogger(log.OWN)
    before = (list(root.handlers), root.level, own.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    temporary = tempfile.tempdir
    with (
        (stage.logs / "luwte.log").open("a", encoding="utf-8") as written,
        (stage.logs / "printed").open("a", 1, encoding="utf-8") as printed,
    ):
        tempfile.tempdir = str(stage.temporary)
        log.set_up("DEBUG", written)
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                yield
        finally:
            tempfile.tempdir = temporary
            root.handlers[:], level, own_level, logging.raiseExceptions = before
            root.setLevel(level)
            own.setLevel(own_level)
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
            logging.captureWarnings(capture=False)
