"""A durable message in Slack, over HTTP: signed request in, one commit, reply out, answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.bench.contest import Contestant, Pressure, contest
from bot.bench.figures import Sheet, median, show
from bot.bench.ground import ground
from bot.bench.options import opened
from bot.bench.slackside import SECRET, TEAM, TOKEN, SlackSide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.bench.contest import Commands
    from bot.bench.figures import Figures
    from bot.bench.ground import Ground
    from bot.bench.options import Options

FLOOR = "bare Bolt and a reply"
SLOWER = 4
"""The ordinary way gets so many times fewer people, since a round of it takes so many times as long."""


def slack(env: Mapping[str, str], options: Options, *, as_json: bool) -> int:
    """Print it; the exit status is 1 when anything was answered wrongly."""
    return show(asyncio.run(measure(env, options)), as_json=as_json)


async def measure(env: Mapping[str, str], options: Options) -> Sheet:
    """Ours against the floors and the ordinary way, in the same run."""
    with ground(options.database, env, apart=options.processes == 1) as here:
        first, besides = ours(here, options), usual(here, options)
        contestants = [first, *besides, *_others(here, options)]
        pressure = Pressure(options.at_once, delay=options.reply)
        runs = await contest(here, SlackSide, contestants, pressure, options.rounds)
        told: dict[str, Any] = {"database": options.database, "at_once": options.at_once}
        for each in besides:
            told |= _beside_ourselves(runs[first.name], runs[each.name])
        at_rates = await opened(here, SlackSide, first, options)
        return Sheet("slack", FLOOR, runs, told, at_rates)


def _beside_ourselves(runs: Sequence[Figures], plain: Sequence[Figures]) -> dict[str, float]:
    """Ours with slow commits, or as several processes, by ours as it is."""
    one, other = median(runs), median(plain)
    return {
        "rate_to_usual": round(one.messages_per_second / other.messages_per_second, 3),
        "cpu_to_usual": round(one.cpu / other.cpu, 3),
    }


def ours(here: Ground, options: Options) -> Contestant:
    """This program, as an operator runs it."""
    slow, processes = options.slow_commit, options.processes
    name = f"luwte, {here.kind}"
    name += "" if slow is None else f", commits {slow:g} ms slower"
    name += "" if processes == 1 else f", {processes} processes"
    command = ["bot", "serve"] if slow is None else ["tests.bench.slow_commit", str(slow)]

    def start(base: str) -> Commands:
        env = here.settings(here.database()) | {
            "LUWTE_SLACK_TEAM": TEAM,
            "LUWTE_SLACK_API_URL": f"{base}/api/",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }
        return [(command, env)] * processes

    return Contestant(name, start, options.people)


def usual(here: Ground, options: Options) -> list[Contestant]:
    """Ours as one process on this disk, where something else is measured."""
    if options.slow_commit is None and options.processes == 1:
        return []
    return [ours(here, replace(options, slow_commit=None, processes=1))]


def _others(here: Ground, options: Options) -> list[Contestant]:
    def bolt(base: str) -> Commands:
        return [(["tests.bench.bare_bolt", "{port}", f"{base}/api/"], {})]

    def bare(_: str) -> Commands:
        return [(["tests.bench.bare_aiohttp", "{port}"], {})]

    def ordinary(base: str) -> Commands:
        database = f"sqlite+aiosqlite:///{here.new()}.db"
        return [(["tests.bench.ordinary_bolt", "{port}", f"{base}/api/", database], {})]

    few = max(options.people // SLOWER, options.at_once)
    return [
        Contestant(FLOOR, bolt, options.people),
        Contestant("bare aiohttp, no reply", bare, options.people, wordless=True),
        Contestant("the ordinary way, sqlite", ordinary, few),
    ]
