"""Invented people ask invented coaches: all of it comes about, and what passes stands in two windows only."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.audit import coached, passed
from bot.audit.canaries import Town
from bot.audit.ground import ground
from bot.audit.scanner import Scanner
from bot.audit.sent import Sent, problems
from bot.audit.stage import opened
from conversations.passphrase import grouped, tidy

if TYPE_CHECKING:
    from bot.audit.scanner import Finding

TOWN = Town("qzvxkwjb")
ASKER, COACH = TOWN.person(2), TOWN.person(5)
WORDS = ASKER.words(coached.SENT_FROM, "nl")


def test_all_of_it_comes_about_and_nothing_is_left_behind() -> None:
    done, aliases, found = asyncio.run(_lived())

    assert done >= coached.WANTED
    assert len(aliases) == coached.ASKERS
    assert found == set()


async def _lived() -> tuple[set[str], set[str], set[Finding]]:
    with ground("sqlite", {}) as here:
        stage = here.stage("life")
        async with opened(stage, terminal=False) as house:
            coaching = coached.of(house, 0)
            await coaching.live()
            found = set(here.search(stage, coached.TOGETHER).findings)
            return coaching.done, coaching.aliases, found | passed.look(stage, coaching.aliases)


def found(sent: Sent) -> set[Finding]:
    return problems(TOWN, Scanner.of(TOWN, [ASKER, COACH]), [sent])


def test_what_was_sent_to_a_coach_may_stand_in_their_window_and_nowhere_else() -> None:
    window = Sent(COACH.number, "views.open", {"view": {"text": WORDS}}, window=True)
    message = Sent(COACH.number, "chat.postMessage", {"text": WORDS})
    may = {COACH.number: (WORDS,)}

    assert found(window)
    assert found(coached.allowed(window, may)) == set()
    assert found(coached.allowed(message, may))
    assert found(coached.allowed(replace(window, to=1), may))


def test_other_words_of_the_same_person_may_not() -> None:
    other = ASKER.words(coached.SENT_FROM - 1, "nl")
    window = Sent(COACH.number, "views.open", {"view": {"text": other}}, window=True)

    assert found(coached.allowed(window, {COACH.number: (WORDS,)}))


def test_the_passphrase_of_a_desk_is_one_of_ours_and_carries_the_mark() -> None:
    assert tidy(grouped(COACH.desk_code)) == COACH.desk_code
    assert TOWN.mark in COACH.desk_code
    shown = Sent(COACH.number, "answer to Slack", {"text": grouped(COACH.desk_code)}, window=True)
    assert found(shown)
    assert found(coached.allowed(shown, {COACH.number: (grouped(COACH.desk_code),)})) == set()


@pytest.mark.parametrize(
    ("now", "hour", "is_it"),
    [
        (1_931_094_000.0, 15, True),  # a Wednesday
        (1_931_094_000.0, 16, False),
        (1_931_094_000.0 + 3 * 86_400, 15, False),  # a Saturday
    ],
)
def test_rounds_are_waited_for_on_working_days(now: float, hour: int, is_it: bool) -> None:
    assert coached.at(now, hour) is is_it
