"""`luwte audit run`: a whole life of the bot among invented people, then the search for what is left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot import housekeeping
from bot.audit import coached, datamap, inside, lockup, mishaps, passed, terminal
from bot.audit.drive import everybody
from bot.audit.faults import inject
from bot.audit.ground import Ground, ground
from bot.audit.locks import KEYBOARD
from bot.audit.plan import Deed, Plan
from bot.audit.points import POINTS
from bot.audit.report import Report
from bot.audit.search import scanner_of
from bot.audit.stage import opened
from bot.audit.unlinked import link_test, swap_test
from conversations import library
from storage.inspection import Inspection
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.audit.plan import Talker
    from bot.audit.search import Searched
    from bot.audit.stage import House, Stage

FORGETFUL = 4
"""People who let themselves be erased; nothing happens where somebody has no row any more."""

PIECE = 16
"""Bytes of an erased row that are looked for, from many places in it."""

OTHERS = 2
"""People after the first ones: for faults, and for mishaps."""

LOCKERS = 6
"""People on Slack and Teams who put a lock on their notes."""

LATER = 120
"""Days after which everything has expired."""


def run(env: Mapping[str, str], database: str, people: int) -> int:
    """The whole audit; 0 when all is well, 1 when anything is not."""
    report = Report(f"Audit of Luwte on {'SQLite' if database == 'sqlite' else 'PostgreSQL'}")
    with ground(database, env) as here:
        asyncio.run(_run(here, people, report))
    return report.end()


async def _run(here: Ground, people: int, report: Report) -> None:
    tracks = sorted(library.load().tracks)
    stage = here.stage("life")
    erased: list[bytes] = []
    async with opened(stage) as house:
        report.section("What was done, in a house of its own, logging everything")
        driven = await everybody(house, people, tracks)
        report.check(
            driven.scripts >= set(tracks),
            f"{people} invented people gave {driven.answers} typed answers in Slack, Teams and the "
            f"terminal, through {len(driven.scripts)} of {len(tracks)} conversations.",
            set(tracks) - driven.scripts,
        )
        await _misfortune(house, people, report)
        before = here.search(stage, people + OTHERS)
        await _behind_locks(house, people, tracks, report)
        aliases = await _to_a_coach(house, people, report)
        injected = await inject(house, stage.town.person(people), tracks)
        report.check(
            not injected.missed,
            f"{len(POINTS)} places in the program were made to fail with a person's data in the "
            f"error; {len(POINTS) - len(injected.missed)} of them were reached.",
            [f"{point.kind}, {point.surface}: {point.where}" for point in injected.missed],
        )
        _found("While it ran, write-ahead log included", here, stage, people, report, before)
        _apart(stage, aliases, report)
        _inside(stage, people, report)
        erased = await _forget(house, people, report)
        stage.clock.pass_days(LATER)
        gone = await _purge(stage)
        report.check(
            bool(gone) and not _rows(stage),
            f"{LATER} days later the nightly purge erased {gone or 0} expired conversations; "
            f"{len(_rows(stage))} were left.",
        )
    if here.cluster is not None:
        here.cluster.flush()
    _found("After it stopped", here, stage, people, report)
    _traces(erased, here, stage, report)
    await swap_test(here, tracks, report)
    await link_test(here, report)


async def _purge(stage: Stage) -> int | None:
    """As `luwte purge` does it."""
    sessions = SqlSessions(stage.database)
    try:
        return await housekeeping.purge(sessions, stage.clock)
    finally:
        await sessions.close()


async def _misfortune(house: House, people: int, report: Report) -> None:
    somebody = house.stage.town.person(people + 1)
    done = await mishaps.in_slack(house.in_slack(somebody))
    done += await mishaps.in_teams(house.in_teams(somebody))
    with mishaps.locked(house.stage):
        done += 2
        await house.in_slack(somebody).say(somebody.words(1, "en"))
        await house.in_teams(somebody).say(somebody.words(1, "en"))
    report.tell("OK", f"{done} things went wrong: forged and malformed requests, a platform that "
                "fails, a locked database, words of despair, texts that are too long.")  # fmt: skip


async def _behind_locks(house: House, people: int, tracks: list[str], report: Report) -> None:
    """Of the numbers after all others; the terminal's is always the same."""
    numbers = range(people + OTHERS, people + OTHERS + LOCKERS)
    missed = await lockup.lock_up(house, numbers, tracks)
    if house.terminal is not None:
        person = house.stage.town.person(KEYBOARD)
        plan = Plan(person, "nl", tuple(tracks) * 9, frozenset(tracks), most=10**9, asides=())
        missed += await terminal.lock(house.terminal, plan, house.stage.clock)
    report.check(
        not missed,
        f"{LOCKERS + 1} of them put a lock on their notes, talked behind it, came back late, mistyped "
        f"their code, looked at their data, and erased it with and without the code.",
        missed,
    )


async def _to_a_coach(house: House, people: int, report: Report) -> set[str]:
    """Of the numbers after those; the aliases under which coaches know them."""
    coaching = coached.of(house, people + OTHERS + LOCKERS)
    await coaching.live()
    report.check(
        coaching.done >= coached.WANTED,
        f"{coached.ASKERS} people asked {coached.COACHES} coaches, in Slack and Teams: sent, told by a "
        f"notice, read, answered, told, written back, taken back.",
        sorted(coached.WANTED - coaching.done),
    )
    return coaching.aliases


def _apart(stage: Stage, aliases: set[str], report: Report) -> None:
    found = passed.look(stage, aliases)
    report.check(
        bool(aliases) and not found,
        f"{len(aliases)} aliases stand in the windows of the two and nowhere else; no id of a case "
        f"stands in the row of a person.",
        sorted(map(str, found)),
    )
    report.tell(
        "KNOWN",
        "A coach's name and the address for notices are kept, sealed, in coach.profile; whoever has "
        "the keys of the server reads them.",
    )


def _inside(stage: Stage, people: int, report: Report) -> None:
    """With everything that an operator has, and with the codes as well."""
    last = people + OTHERS + LOCKERS + coached.TOGETHER
    numbers = [*range(people + 1), *range(people + OTHERS, last)]
    everybody = [stage.town.person(number) for number in numbers]
    seen = inside.look(stage, everybody, scanner_of(stage, last))
    report.check(
        not seen.findings and seen.opened > 0,
        f"{seen.opened + seen.locked} rows were opened, with keys, staff list and codes: they hold "
        f"what their people typed, and no id, name, code or ticket.",
        seen.findings,
    )
    report.check(
        seen.forced == 0 < seen.locked,
        f"{seen.forced} of {seen.locked} locked rows open with every key and the staff list.",
    )


def _found(
    when: str,
    here: Ground,
    stage: Stage,
    people: int,
    report: Report,
    before: Searched | None = None,
) -> None:
    """`before`: what was searched earlier, since somebody who erases everything cuts the log."""
    report.section(when)
    searched = here.search(stage, people + OTHERS + LOCKERS + coached.TOGETHER)
    if before is not None:
        searched = searched.and_before(before)
    report.check(
        not searched.findings,
        f"{len(searched.findings)} findings in {searched.size / 1e6:.1f} MB of database, logs, keys "
        f"and temporary files ({searched.speed:.0f} MB/s), in every value of the database, and in "
        f"{len(stage.sent)} requests and answers to platforms.",
        searched.findings,
    )
    with Inspection(stage.database) as seen:
        columns = [f"{table}.{name}" for table, names in seen.columns().items() for name in names]
    report.check(
        not datamap.differences(), f"{len(columns)} columns, each in the data map.",
        datamap.differences(),
    )  # fmt: skip


async def _forget(house: House, people: int, report: Report) -> list[bytes]:
    """Some people press "forget me"; the sealed rows that went."""
    before = _rows(house.stage)
    asked = 0
    for number in range(people):
        person = house.stage.town.person(number)
        talker: Talker = house.in_teams(person) if number % 2 else house.in_slack(person)
        await talker.do(Deed("say", "wis alles"))
        if talker.shown is None or "forget_yes" not in talker.shown.names or asked == FORGETFUL:
            continue
        await talker.do(Deed("press", "forget_yes"))
        asked += 1
    after = _rows(house.stage)
    report.check(
        len(before) - len(after) == asked > 0,
        f"{asked} people said 'forget me': {len(before) - len(after)} rows went at once.",
    )
    return [sealed for locator, sealed in before.items() if locator not in after]


def _rows(stage: Stage) -> dict[bytes, bytes]:
    with Inspection(stage.database) as seen:
        rows = list(seen.rows("person"))
    return {bytes(row["locator"]): bytes(row["sealed"]) for row in rows}  # type: ignore[arg-type]


def _traces(erased: list[bytes], here: Ground, stage: Stage, report: Report) -> None:
    """Pieces of erased rows, in the database and its log."""
    root = here.data or stage.data
    left = b"\0".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    found = sum(
        any(row[at : at + PIECE] in left for at in range(0, len(row), 512)) for row in erased
    )
    sentence = f"{found} of {len(erased)} erased rows can still be found in the files"
    if here.data is not None:
        report.tell(
            "KNOWN",
            f"{sentence}: PostgreSQL keeps them, encrypted, until the month's secret is destroyed.",
        )
    else:
        report.check(found == 0, f"{sentence} of the database.")
