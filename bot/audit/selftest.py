"""`luwte audit selftest`: plants one leak after another, and says whether the search finds it."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING

from bot.audit import coached, inside, lockup, passed
from bot.audit.ground import ground, identities
from bot.audit.link import link
from bot.audit.plan import Plan, converse
from bot.audit.report import Report
from bot.audit.search import scanner_of
from bot.audit.seeds import in_order_of_joining, seeds
from bot.audit.stage import opened
from conversations import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.audit.ground import Ground
    from bot.audit.scanner import Finding
    from bot.audit.seeds.planting import Seed
    from bot.audit.stage import House

PEOPLE = 2
"""One in Slack, one in Teams."""

DEEDS = 22
"""Things that each of them does: enough for a row, a window and some typed answers."""


def selftest(env: Mapping[str, str], database: str) -> int:
    """0 when every leak was found and a clean run has none; else 1."""
    report = Report(f"Self-test of the audit, {database}")
    with ground(database, env) as here:
        asyncio.run(_selftest(here, report))
    return report.end()


async def _selftest(here: Ground, report: Report) -> None:
    report.section("Would the audit find a leak? Each of these was planted on purpose.")
    tracks = sorted(library.load().tracks)
    clean = await _findings(here, None, "clean", tracks)
    report.check(not clean, f"nothing planted: {len(clean)} findings", clean)
    planted = seeds()
    found = 0
    for number, seed in enumerate(planted):
        findings = await _findings(here, seed, f"seed_{number}", tracks)
        good = any(re.search(seed.expects, str(each)) for each in findings)
        found += good
        report.check(
            good, f"{seed.name}: {'found' if good else 'MISSED'}", () if good else findings
        )
    told = await _order_told(here)
    report.check(told, f"rows in the order of joining: {'found' if told else 'MISSED'}")
    report.tell("", f"{found + told} of {len(planted) + 1} planted leaks were found.")


async def _findings(
    here: Ground, seed: Seed | None, name: str, tracks: list[str]
) -> frozenset[Finding]:
    """What the search finds after two people talked with this leak in place."""
    stage = here.stage(name)
    locks, coaches = seed is None or seed.locks, seed is None or seed.coaches
    aliases: set[str] = set()
    planted = seed.plant(stage) if seed is not None else contextlib.nullcontext()
    async with opened(stage, terminal=False) as house:
        with planted:
            for number in range(PEOPLE):
                await _talk(house, number, tracks)
                if locks:
                    locker = lockup.of(house, number, tuple(tracks), "en")
                    await locker.without_the_code()
                    await locker.half_way()
            if coaches:
                coaching = coached.of(house, PEOPLE)
                await coaching.live()
                aliases = coaching.aliases
        found = here.search(stage, PEOPLE + coached.TOGETHER * coaches).findings
        found |= passed.look(stage, aliases)
        if locks:
            people = [stage.town.person(number) for number in range(PEOPLE)]
            found |= inside.look(stage, people, scanner_of(stage, PEOPLE)).findings
        return found


async def _talk(house: House, number: int, tracks: list[str]) -> None:
    plan = Plan(
        house.stage.town.person(number),
        "en",
        (tracks[number % len(tracks)],),
        frozenset(tracks),
        private=True,
        place="chat",
        most=DEEDS,
    )
    talker = house.in_teams(plan.person) if number else house.in_slack(plan.person)
    await converse(talker, plan)


async def _order_told(here: Ground) -> bool:
    """The link test must notice rows that are numbered as people come."""
    stage = here.stage("order")
    with in_order_of_joining():
        linked = await link(stage, identities(stage), here.data)
    return "row order" in {each.name for each in linked.winners()}
