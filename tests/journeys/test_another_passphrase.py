"""A coach who wants another passphrase for the desk, or is invited anew with other particulars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library
from tests.journeys.test_coach import QUESTION, asked, at_the_desk, opened
from tests.support.cases import World, an_invitation
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from adapters.reception import Reception

TEXTS = library.load().desk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}")
    yield made
    await made.close()


@pytest.fixture
def door(world: World) -> Reception:
    return reception(world, "mill")


async def proposed(coach: Window) -> str:
    """The new passphrase, which does not count yet."""
    turn = await coach.press("dk_renew")
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"
    return coach.sheet[TEXTS.passphrase_label.nl]


async def tried(door: Reception, passphrase: str) -> str:
    """What somebody with the coach's account is told after entering it."""
    again = Window(door, "TBUREAU", "UANNE")
    await again.press("desk")
    await again.enter(passphrase)
    return again.told()


async def test_a_new_passphrase_opens_the_desk_and_all_cases_and_the_old_one_does_not(
    world: World, door: Reception
) -> None:
    coach, _ = await at_the_desk(world, door), await asked(door)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_look")
    fingerprint = (await world.coaches.listed())[0].coach
    old, new = coach.passphrase, await proposed(coach)
    assert new != old
    await coach.enter(new)
    assert TEXTS.renewed.nl in coach.told()

    assert TEXTS.not_open.nl in await tried(door, old)
    coach.passphrase = new
    await opened(coach)
    assert coach.sheet["Mijn vraag"] == QUESTION
    assert (await world.coaches.listed())[0].coach == fingerprint


async def test_before_it_is_entered_only_the_old_one_counts(world: World, door: Reception) -> None:
    coach = await at_the_desk(world, door)
    new = await proposed(coach)
    assert TEXTS.not_open.nl in await tried(door, new)
    assert TEXTS.list_empty.nl in await tried(door, coach.passphrase)


async def test_another_code_than_the_one_shown_changes_nothing_and_shows_a_fresh_one(
    world: World, door: Reception
) -> None:
    coach = await at_the_desk(world, door)
    first = await proposed(coach)
    for slip in (coach.passphrase, "0" * 13, "", "é"):
        await coach.enter(slip)
        assert TEXTS.not_renewed.nl in coach.told()
        assert coach.sheet[TEXTS.passphrase_label.nl] != first
    await coach.enter(first)
    assert TEXTS.not_renewed.nl in coach.told()
    assert TEXTS.list_empty.nl in await tried(door, coach.passphrase)


async def test_entered_twice_it_is_one_and_a_window_that_was_open_is_shut(
    world: World, door: Reception
) -> None:
    coach = await at_the_desk(world, door)
    other, stood = Window(door, "TBUREAU", "UANNE"), coach.last
    new = await proposed(coach)
    asked_for = coach.last
    await coach.enter(new)
    coach.last = asked_for
    await coach.enter(new)
    assert TEXTS.list_empty.nl in coach.told()

    other.last = stood
    await other.press("dk_look")
    assert TEXTS.closed.nl in other.told()


async def test_too_late_it_counts_no_more(world: World, door: Reception) -> None:
    coach = await at_the_desk(world, door)
    new = await proposed(coach)
    world.clock.seconds += 901
    await coach.enter(new)
    assert TEXTS.not_open.nl in coach.told()
    assert TEXTS.list_empty.nl in await tried(door, coach.passphrase)


async def test_nobody_else_can_enter_it(world: World, door: Reception) -> None:
    coach = await at_the_desk(world, door)
    new = await proposed(coach)
    thief = Window(door, "TBUREAU", "UTHIEF")
    thief.last = coach.last
    await thief.enter(new)
    assert TEXTS.no_code.nl in thief.told()
    assert TEXTS.list_empty.nl in await tried(door, coach.passphrase)


async def test_a_coach_who_is_invited_anew_is_as_that_says_and_keeps_key_and_passphrase(
    world: World, door: Reception
) -> None:
    coach = await at_the_desk(world, door)
    before = (await world.coaches.listed())[0]
    said = replace(
        an_invitation("Anne de Wit"), route="email", to="anne@bureau.example", answers_within=5
    )
    code = await world.coaches.invite(said)
    coach.last = None
    await coach.press("desk")
    await coach.enter(code)
    assert TEXTS.added.nl.replace("{organisations}", "mill") in coach.told()
    assert TEXTS.list_empty.nl in await tried(door, coach.passphrase)

    (after,) = await world.coaches.listed()
    assert after.id == before.id
    assert after.invitation == said
    assert after.coach is not None
    assert before.coach is not None
    assert after.coach.fingerprint == before.coach.fingerprint
    await asked(door)
    await world.pass_days(1)
    await world.to_work()
    (due,) = await world.rounds.due(world.clock())
    assert (due.address.route, due.address.to) == ("email", "anne@bureau.example")
