"""Somebody removes the bot from Teams, or blocks it: no notice follows them, and nothing tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.coaching import a_coach, at_the_case, plain, write_a_card
from tests.support.teams import Answer
from tests.support.towns import towns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.towns import Towns
    from tests.support.townspeople import InTeams, Townsman


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Towns]:
    async with towns(tmp_path, monkeypatch) as made:
        yield made


async def asked(both: Towns) -> tuple[InTeams, Townsman]:
    """Somebody who wants to be told of an answer, and a coach who is about to write one."""
    coach = await a_coach(both, "teams", "teams", "nl")
    both.clock.seconds += 61
    me: InTeams = both.somebody("teams", "mill", "kwikzilver", "nl")  # type: ignore[assignment]
    await me.ask()
    await write_a_card(me, "nl")
    await me.press("send")
    await both.to_hour(16)
    await at_the_case(coach)
    await coach.press("dk_claim")
    return me, coach


async def answered(coach: Townsman, words: str) -> None:
    await coach.press("dk_answer")
    await coach.fill(words)


def told(both: Towns) -> list[str]:
    """Every line of our own in the log."""
    return [line for line in both.house.log.getvalue().splitlines() if '"event"' in line]


async def test_whoever_removed_the_bot_is_told_of_no_answer_and_finds_it_when_they_come_back(
    both: Towns,
) -> None:
    me, coach = await asked(both)
    await answered(coach, "wat zou je missen?")
    await both.to_hour(17)
    assert len(me.notices) == 1

    before, posts = told(both), len(both.cloud.posts)
    status, _ = await me.send(me.me.activity("installationUpdate", action="remove"))
    assert (status, len(both.cloud.posts), told(both)) == (200, posts, before)
    await me.look("coach")
    await me.press("write")
    await me.fill("de mensen")
    await me.press("send")
    await both.to_hour(9)
    await at_the_case(coach)
    await answered(coach, "en daarna?")
    await both.to_hour(13)
    await both.to_hour(13)

    assert len(me.notices) == 1
    await me.look("coach")
    assert "en daarna?" in plain(me)


async def test_whoever_blocked_the_bot_is_tried_once_and_no_line_says_so(both: Towns) -> None:
    me, coach = await asked(both)
    await answered(coach, "wat zou je missen?")
    before, attempts = told(both), both.cloud.attempts
    both.cloud.answers.append(Answer(403))
    await both.to_hour(17)
    await both.to_hour(13)

    assert both.cloud.attempts == attempts + 1
    assert me.notices == []
    assert told(both) == before
