"""A durable message in Teams, over HTTP: proved request in, one commit, reply to the Connector, answered."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.bench.contest import Contestant, Pressure, contest
from bot.bench.figures import Sheet, show
from bot.bench.ground import ground
from bot.bench.options import opened
from bot.bench.teamsside import APP_ID, PASSWORD, TENANT, TeamsSide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.bench.contest import Commands
    from bot.bench.ground import Ground
    from bot.bench.options import Options

FLOOR = "stock botbuilder, echo"
SLOWER = 10
"""The stock adapters get so many times fewer people, since each of their messages takes so much longer."""


def teams(env: Mapping[str, str], options: Options, *, as_json: bool) -> int:
    """Print it; the exit status is 1 when anything was answered wrongly."""
    return show(asyncio.run(measure(env, options)), as_json=as_json)


async def measure(env: Mapping[str, str], options: Options) -> Sheet:
    """Ours against what Microsoft's SDKs do by themselves, in the same run."""
    with ground(options.database, env) as here:
        contestants = [_ours(here, options), *_others(options)]
        pressure = Pressure(options.at_once, delay=options.reply)
        runs = await contest(here, TeamsSide, contestants, pressure, options.rounds)
        told: dict[str, Any] = {
            "database": options.database,
            "at_once": options.at_once,
            "reply_ms": options.reply * 1_000,
        }
        at_rates = await opened(here, TeamsSide, contestants[0], options)
        return Sheet("teams", FLOOR, runs, told, at_rates)


def _ours(here: Ground, options: Options) -> Contestant:
    def start(base: str) -> Commands:
        env = here.settings(here.database()) | {
            "LUWTE_TEAMS_METADATA_URL": f"{base}/metadata",
            "LUWTE_TEAMS_TOKEN_URL": f"{base}/token",
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": TENANT,
        }
        return [(["bot", "serve"], env)]

    return Contestant(f"luwte, {here.kind}", start, options.people)


def _others(options: Options) -> list[Contestant]:
    """The Agents SDK is there where it is installed."""
    few = max(options.people // SLOWER, options.at_once)

    def stock(name: str) -> Contestant:
        program = f"tests.bench.stock_{name}"
        return Contestant(
            f"stock {name}, echo", lambda _: [([program, "{port}"], {})], few, wordless=False
        )

    def bare(_: str) -> Commands:
        return [(["tests.bench.bare_aiohttp", "{port}"], {})]

    others = [stock("botbuilder")]
    if find_spec("microsoft_agents") and find_spec("microsoft_agents.hosting.aiohttp"):
        others.append(stock("agents"))
    return [*others, Contestant("bare aiohttp, no reply", bare, options.people, wordless=True)]
