"""A coach who is away for fourteen weeks: whatever was sealed to them opens when they are back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.errors import StoreError
from storage import epoch_files
from storage.inspection import Inspection
from storage.months import month
from storage.root import ORGANISATION, HeldRootKey
from storage.roots import Roots
from tests.support.cases import ROOT, World, send, write
from tests.support.postgres import postgres_server, postgres_url

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url"]

WEEKS, SEEN_FOR = 14, 9
A_WEEK = 3
"""People who ask in each week in which the coach still can be asked."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


async def restarted(world: World) -> World:
    """The process ended, the root key was rotated, and another one began."""
    await world.close()
    successor = HeldRootKey(bytes(reversed(range(32))), ROOT.derive(ORGANISATION))
    roots = Roots(successor, previous=ROOT)
    after = World(world.folder, world.url, clock=world.clock, roots=roots)
    after.passphrases = world.passphrases
    return after


def earlier_months_die(world: World) -> int:
    """Every secret but that of the present month is destroyed; how many that were."""
    old = [
        file
        for file in epoch_files.listed(world.folder / "epochs")
        if file.epoch < month(world.clock())
    ]
    for file in old:
        file.path.unlink()
    return len(old)


async def test_none_is_unreadable_after_a_rotation_and_the_end_of_every_month_before(
    url: str, tmp_path: Path
) -> None:
    world = World(tmp_path / "keys", url)
    key = await world.coach("carla")
    await world.visit("anna", send("Blauwe reiger"))
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.look(key)
    sent, refused = 1, []
    for week in range(WEEKS):
        for number in range(A_WEEK):
            try:
                await world.visit(f"person {week} {number}", send(f"Alias {week} {number}"))
                sent += 1
            except StoreError as error:
                refused.append(str(error))
        if week % 4 == 0:
            await world.visit("anna", write(f"Brief van week {week}"))
        if week == SEEN_FOR:
            world = await restarted(world)
        await world.quick_days(7)
    assert sent >= SEEN_FOR * A_WEEK - A_WEEK
    assert set(refused) == {"no_coach"}
    assert len(refused) == (WEEKS * A_WEEK + 1) - sent
    assert earlier_months_die(world) >= 3

    back = await world.desks.enter("slack", "TBUREAU", "carla", world.passphrases["carla"])
    assert back is not None
    desk = await world.desks.look(back)
    listed = (*desk.open, *desk.mine)
    with Inspection(world.url) as seen:
        assert len(listed) == len(list(seen.rows("case")))
    assert len(listed) > 2 * A_WEEK
    unreadable = [each for each in listed if await world.desks.read(back, each.id) is None]
    assert unreadable == []

    mine = await world.desks.read(back, handle)
    assert mine is not None
    assert [each.words for each in mine.letters] == [f"Brief van week {n}" for n in (0, 4, 8, 12)]
    door = await world.desks.door("slack", "TBUREAU", "carla")
    assert door is not None
    assert door.coach.available
    await world.close()
