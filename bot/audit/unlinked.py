"""The two tests that ask whether rows can be joined to people, each in stores of its own."""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING

from bot.audit import crowd
from bot.audit.drive import everybody
from bot.audit.ground import Ground, identities
from bot.audit.link import Linked, link
from bot.audit.replacing import replaced
from bot.audit.stage import opened
from bot.audit.swap import shape

if TYPE_CHECKING:
    from collections import Counter

    from bot.audit.report import Report

SWAPPED = 4
"""People in each of the two stores of the swap test."""


class Counted:
    """In place of chance, so that both conversations are the same to the last variant of a question."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def bytes(self, size: int) -> bytes:
        return hashlib.sha256(str(next(self._numbers)).encode()).digest()[:size]


async def swap_test(here: Ground, tracks: list[str], report: Report) -> None:
    report.section("Does a store show who talks?")
    shapes: list[Counter[str]] = []
    for name in ("these", "others"):
        stage = here.stage(name)
        with replaced("bot.wiring:Chance", lambda _: Counted):
            async with opened(stage) as house:
                await everybody(house, SWAPPED + 2, tracks)
        shapes.append(shape(stage))
    other = (shapes[0] - shapes[1]) + (shapes[1] - shapes[0])
    report.check(
        shapes[0] == shapes[1],
        f"The same conversations by other people left the same {sum(shapes[0].values())} rows, "
        f"files and log lines, in length and in week.",
        other,
    )


async def link_test(here: Ground, report: Report) -> None:
    """A guesser that wins once may have been lucky; one that wins twice found something."""
    linked = await _linked(here, "crowd")
    winners = {each.name for each in linked.winners()}
    if winners:
        linked = await _linked(here, "crowd_again")
        winners &= {each.name for each in linked.winners()}
    report.section(
        f"Can rows be joined to people? {crowd.PEOPLE} people, the database, every key of the "
        f"server, no staff list"
    )
    report.tell("", f"99 of 100 times the best random guesser tells at most {linked.right} people "
                f"right, with a rank correlation of at most {linked.correlation:.2f}.")  # fmt: skip
    for each in linked.guesses:
        sentence = f"by {each.name}: {each.right} right, correlation {each.correlation:.2f}"
        if each.known:
            report.tell("KNOWN", f"{sentence} ({each.known})")
        else:
            report.check(each.name not in winners, sentence)
    report.check(linked.with_keys == 0, f"{linked.with_keys} of {crowd.PEOPLE} rows open with the "
                 "server's keys alone.")  # fmt: skip
    unlocked = crowd.PEOPLE - crowd.LOCKED
    report.tell("KNOWN" if linked.with_list == unlocked else "NOT OK",
                f"{linked.with_list} of {crowd.PEOPLE} rows open for whoever has the keys and the "
                f"staff list: all but the {crowd.LOCKED} behind a lock; see storage/THREAT-MODEL.md.")  # fmt: skip


async def _linked(here: Ground, name: str) -> Linked:
    stage = here.stage(name)
    return await link(stage, identities(stage), here.data)
