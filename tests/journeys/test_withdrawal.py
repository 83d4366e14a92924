"""Taking a request back, in every state and while an answer is on its way: through windows and store."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import pytest

from conversations import library
from tests.journeys.test_coach import QUESTION, asked, at_the_desk, opened
from tests.support.cases import HOUR, World
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from conversations.turn import Turn

TEXTS = library.load()
RACES = 20


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    yield made
    await made.close()


async def waiting(_world: World, _coach: Window) -> None:
    """Nothing has left yet."""


async def received(world: World, _coach: Window) -> None:
    await world.pass_days(1)


async def read(world: World, coach: Window) -> None:
    await received(world, coach)
    await opened(coach)


async def claimed(world: World, coach: Window) -> None:
    await read(world, coach)
    await coach.press("dk_claim")


async def answering(world: World, coach: Window) -> None:
    """An answer waits for its round."""
    await claimed(world, coach)
    await coach.press("dk_answer")
    await coach.say("wat zou je missen?")


async def answered(world: World, coach: Window) -> None:
    await answering(world, coach)
    await world.pass_days(1)


async def handed_back(world: World, coach: Window) -> None:
    await claimed(world, coach)
    await coach.press("dk_hand_back")
    await coach.press("dk_yes")


STATES = (waiting, received, read, claimed, answering, answered, handed_back)


async def take_back(me: Window) -> Turn:
    await me.press("coach")
    await me.press("withdraw")
    return await me.press("yes")


@pytest.mark.parametrize("state", STATES, ids=lambda each: each.__name__)
async def test_whatever_the_state_it_is_gone_at_once_and_nothing_comes_any_more(
    world: World, state: Callable[[World, Window], Awaitable[None]]
) -> None:
    door = reception(world, "mill")
    coach, me = await at_the_desk(world, door), await asked(door)
    await state(world, coach)
    stood = coach.last
    turn = await take_back(me)
    assert turn.says == (TEXTS.coach.withdrawn.nl,)

    await nothing_left(coach, stood)
    await world.pass_days(2)
    await nothing_left(coach, stood)
    await me.press("lobby")
    assert TEXTS.coach.answer_here.nl not in me.told()
    await me.press("coach")
    assert me.told() == "\n".join(each.nl for each in TEXTS.coach.explain)


async def nothing_left(coach: Window, stood: Turn | None) -> None:
    """Neither in a window that was still open at the case, nor on the desk."""
    for name in ("dk_claim", "dk_look"):
        coach.last = stood
        turn = await coach.press(name)
        if turn.prompt is not None and turn.prompt.kind == "secret":
            turn = await coach.enter(coach.passphrase)
        assert not any(each.startswith("dk_open:") for each in coach.names)
        assert QUESTION not in f"{turn.says}{turn.sheet.lines if turn.sheet else ''}"


async def test_while_an_answer_is_on_its_way_nothing_is_delivered_after_the_confirmation(
    world: World,
) -> None:
    await races(world, RACES)


async def races(world: World, count: int) -> None:
    """So many times: an answer, a round and a withdrawal at once; in which order, chance decides."""
    door = reception(world, "mill")
    coach = await at_the_desk(world, door)
    for number in range(count):
        me = await asked(door, f"UEMP{number}")
        await world.quick_days(2)  # the round of the last race may have been tomorrow's
        await opened(coach)
        await coach.press("dk_claim")
        await coach.press("dk_answer")
        await me.press("coach")
        await me.press("withdraw")
        await _race(world, coach, me)


async def _race(world: World, coach: Window, me: Window) -> None:
    racing = asyncio.ensure_future(coach.say("wat zou je missen?"))
    round_ = asyncio.ensure_future(world.rounds.run(world.clock() + secrets.randbelow(24) * HOUR))
    for _ in range(secrets.randbelow(6)):
        await asyncio.sleep(0)
    turn = await me.press("yes")
    assert turn.says == (TEXTS.coach.withdrawn.nl,)
    await asyncio.gather(racing, round_)
    shown = await coach.press("dk_look")
    assert not any(each.startswith("dk_letters") for each in coach.names)
    assert QUESTION not in f"{shown.says}{shown.sheet.lines if shown.sheet else ''}"
    await me.press("coach")
    assert me.told() == "\n".join(each.nl for each in TEXTS.coach.explain)
