"""`luwte doctor`: ask everything once, say what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp

from bot import settings
from bot.doctor import clock, here, listeners, outside, platforms
from bot.doctor.explain import explain
from bot.doctor.finding import page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from bot.doctor.finding import Finding
    from bot.settings import Settings


def doctor(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """1 when anything is wrong. Raises SettingsError for settings with which nothing can run."""
    if given.action == "explain":
        print(explain(given.code))
        return 0
    findings = asyncio.run(examine(settings.read(env), env))
    print(page(findings))
    return 1 if any(each.state == "wrong" for each in findings) else 0


async def examine(read: Settings, env: Mapping[str, str]) -> list[Finding]:
    """Everything, in the order in which it should be mended. Nothing is changed anywhere."""
    now = time.time()
    findings = list(await asyncio.to_thread(lambda: list(here.look(read, env, now))))
    dates: list[str | None] = []
    async with aiohttp.ClientSession() as session:
        if read.slack is not None:
            found, date = await platforms.slack(session, read.slack)
            findings += found
            dates.append(date)
        if read.teams is not None:
            found, date = await platforms.teams(session, read.teams)
            findings += found
            dates.append(date)
        findings.append(clock.judge(dates, time.time()))
        findings += [each async for each in listeners.look(session, read, time.time())]
        findings += [each async for each in outside.look(read, time.time())]
    return findings
