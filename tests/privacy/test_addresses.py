"""Where somebody is reached who asks a coach: kept nowhere, or sealed for server and coach together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import departure
from conversations.caseports import Origin
from conversations.cases import Write
from conversations.turn import Reply
from storage import deskroom, returns
from storage.database import engine
from tests.support.canary import found, left_behind
from tests.support.cases import World, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.caseports import DeskKey

ADDRESS = "U0KWIKSTAARTADRES"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    yield made
    await made.close()


async def block_in(world: World, key: DeskKey, user: str) -> bytes | None:
    """What the coach's own key finds in the card of this person to reach them by."""
    handle = bytes.fromhex((await world.look(user)).id)
    with engine(world.url).connect() as live:
        sheaf = deskroom.fetch(live, world.work, bytes.fromhex(key.coach), handle)
    opened = deskroom.card_of(sheaf, key)
    assert opened is not None
    return deskroom.letters_of(sheaf, key, opened)[1]


async def test_an_address_is_kept_nowhere_unless_a_notice_was_asked_for(
    world: World, tmp_path: Path
) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(), address=ADDRESS.encode())
    assert found({ADDRESS}, left_behind(tmp_path)) == set()
    await world.pass_days(1)
    assert found({ADDRESS}, left_behind(tmp_path)) == set()
    assert await block_in(world, key, "anna") is None


async def test_asked_for_it_lies_in_no_clear_and_opens_for_server_and_coach_together_only(
    world: World, tmp_path: Path
) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(notify=True), address=ADDRESS.encode())
    assert found({ADDRESS}, left_behind(tmp_path)) == set()
    await world.pass_days(1)
    assert found({ADDRESS}, left_behind(tmp_path)) == set()

    block = await block_in(world, key, "anna")
    assert block is not None
    assert found({ADDRESS}, block) == set()
    case = bytes.fromhex((await world.look("anna")).id)
    opened = returns.opened(world.keys, case, block, world.work.week)
    assert opened is not None
    assert opened.to == ADDRESS.encode()


async def test_whoever_removed_the_bot_sends_no_address_with_what_they_write_later(
    world: World,
) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(notify=True), address=ADDRESS.encode())
    await world.pass_days(1)
    await world.desks.claim(key, (await world.look("anna")).id)
    assert await block_in(world, key, "anna") is not None

    gone = Reply(world.work.week, "0a1b2c3d", gone=True)
    person = world.identities.identify("slack", "Tmill", "anna")
    origin = Origin("mill", "slack", "Tmill", ADDRESS.encode())
    await world.sessions.visit(
        person, lambda session: departure.taken(session, gone), origin=origin
    )
    await world.visit("anna", Write("words", "nog iets"), address=ADDRESS.encode())
    await world.pass_days(1)

    assert await block_in(world, key, "anna") is None
