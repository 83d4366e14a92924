"""Notices leave after a round, each one once, however long a coach's platform is down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.rounds import Chores
from conversations.caseports import Address, ReturnAddress
from conversations.errors import StoreError, UndeliveredError
from tests.support.cases import HOUR, World, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@dataclass
class Post:
    """A notifier whose roads may be closed."""

    closed: bool = False
    final: bool = False
    coaches: list[Address] = field(default_factory=list)
    people: list[ReturnAddress] = field(default_factory=list)
    tried: int = 0

    async def notify(self, address: Address) -> None:
        self._try()
        self.coaches.append(address)

    async def answer_is_here(self, address: ReturnAddress) -> None:
        self._try()
        self.people.append(address)

    def _try(self) -> None:
        self.tried += 1
        if self.closed:
            error = UndeliveredError("closed")
            error.final = self.final
            raise error


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    yield made
    await made.close()


async def day(world: World, chores: Chores) -> None:
    """A day with a look every quarter of an hour."""
    for _ in range(24 * 4):
        world.clock.seconds += 900
        await chores.once()


async def test_a_request_is_one_notice_without_anything_in_it(world: World) -> None:
    await world.coach("carla")
    post = Post()
    chores = Chores(world.rounds, post, world.clock)
    await world.visit("anna", send())
    assert await chores.once()
    assert post.coaches == []

    await day(world, chores)
    assert post.coaches == [Address("slack", "TBUREAU", "carla")]


async def test_a_coachs_platform_that_is_down_for_a_day_gets_the_notice_once_after_it(
    world: World,
) -> None:
    await world.coach("carla")
    post = Post(closed=True)
    chores = Chores(world.rounds, post, world.clock)
    await world.visit("anna", send())
    await day(world, chores)
    assert post.tried > 5
    (entry,) = await world.coaches.listed()
    assert entry.notice == "failing"

    post.closed = False
    await day(world, chores)
    assert len(post.coaches) == 1
    (entry,) = await world.coaches.listed()
    assert entry.notice == "sent"


async def test_a_person_is_told_of_an_answer_once_after_a_day_without_their_platform(
    world: World,
) -> None:
    key = await world.coach("carla")
    post = Post()
    chores = Chores(world.rounds, post, world.clock)
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await day(world, chores)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.answer(key, handle, "Dag")
    await day(world, chores)
    assert [each.to for each in post.people] == [b"U-ANNA"]

    await world.desks.answer(key, handle, "Nog iets")
    post.closed = True
    await day(world, chores)
    assert len(post.people) == 1
    post.closed = False
    await day(world, chores)
    assert len(post.people) == 2


async def test_nobody_is_told_at_night_because_an_outage_ended_then(world: World) -> None:
    key = await world.coach("carla")
    post = Post()
    chores = Chores(world.rounds, post, world.clock)
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await day(world, chores)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.answer(key, handle, "Dag")

    world.clock.seconds += 12 * HOUR
    assert await chores.once()
    assert post.people == []
    await world.to_work()
    assert await chores.once()
    assert len(post.people) == 1


async def test_a_person_who_blocked_the_bot_is_not_tried_again(world: World) -> None:
    key = await world.coach("carla")
    post = Post()
    chores = Chores(world.rounds, post, world.clock)
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await day(world, chores)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.answer(key, handle, "Dag")
    post.closed = post.final = True
    post.tried = 0
    await day(world, chores)
    assert post.tried == 1


async def test_nothing_is_done_while_the_clock_is_not_believed(world: World) -> None:
    await world.coach("carla")
    await world.visit("anna", send())
    chores = Chores(world.rounds, Post(), world.clock, believed=lambda: False)
    world.clock.seconds += 86_400

    assert not await chores.once()
    assert (await world.look("anna")).state == "waiting"


async def test_a_store_that_fails_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chores = Chores(world.rounds, Post(), world.clock)

    async def failing(_: float) -> None:
        raise StoreError("OperationalError")

    with monkeypatch.context() as broken:
        broken.setattr(world.rounds, "run", failing)
        assert not await chores.once()
    assert await chores.once()
