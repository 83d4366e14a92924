"""Every role with a handle that is not theirs: the same refusal, after the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.caseports import DeskKey
from conversations.cases import Times
from conversations.errors import StoreError
from storage import envelopes
from storage.lock import Locks
from tests.support.cases import World, an_invitation, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TIMES = Times(("di 10:00",), "place", "De serre")
ACTIONS = ("claim", "answer", "offer", "hand_back", "close_case")
HANDLES = ("", "x", "z" * 32, "0" * 32, "ab" * 16, "../" * 10, "é" * 32)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(
        tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db", organisations=("mill", "yard")
    )
    yield made
    await made.close()


async def act(world: World, key: DeskKey, action: str, handle: str) -> str:
    match action:
        case "claim":
            return await world.desks.claim(key, handle)
        case "answer":
            return await world.desks.answer(key, handle, "Dag")
        case "offer":
            return await world.desks.offer(key, handle, TIMES)
        case "hand_back":
            return await world.desks.hand_back(key, handle)
        case _:
            return await world.desks.close_case(key, handle, "wish_you_well")


async def everybody(world: World) -> tuple[str, dict[str, DeskKey]]:
    """A case that Carla of the mill has, and all who have nothing to do with it."""
    carla = await world.coach("carla")
    others = {
        "another coach": await world.coach("diede"),
        "another organisation's coach": await world.coach("eva", ("yard",)),
        "a removed coach": await world.coach("frits"),
        "a coach with another's id": DeskKey(carla.coach, envelopes.new_key()[0], ""),
        "nobody": DeskKey("00" * 16, envelopes.new_key()[0], ""),
    }
    await world.visit("anna", send(coaches=(carla.coach,)))
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(carla, handle)
    await world.coaches.remove(others["a removed coach"].coach)
    return handle, others


async def test_whoever_it_does_not_concern_is_refused_everything(world: World) -> None:
    handle, others = await everybody(world)

    for key in others.values():
        assert await world.desks.read(key, handle) is None
        assert [await act(world, key, action, handle) for action in ACTIONS] == ["refused"] * 5
    assert (await world.look("anna")).state == "opened"


@pytest.mark.parametrize("handle", HANDLES)
async def test_a_handle_that_is_none_is_refused_like_a_foreign_one(
    world: World, handle: str
) -> None:
    key = await world.coach("carla")

    assert await world.desks.read(key, handle) is None
    assert [await act(world, key, action, handle) for action in ACTIONS] == ["refused"] * 5


async def test_a_refusal_tries_the_same_decryption(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle, others = await everybody(world)
    tried = []
    open_card = envelopes.open_card

    def counted(*given: bytes) -> bytes:
        tried.append(tuple(len(part) for part in given))
        return open_card(*given)

    monkeypatch.setattr("storage.deskroom.envelopes.open_card", counted)
    for unknown in (handle, "ab" * 16, "x"):
        await world.desks.read(others["another coach"], unknown)

    assert tried == [(16, 769, 8221, 16, 32)] * 3


async def test_a_passphrase_or_ticket_of_another_opens_no_desk(world: World) -> None:
    carla, _ = await world.coach("carla"), await world.coach("diede")
    code = world.passphrases["carla"]

    assert await world.desks.enter("slack", "TBUREAU", "diede", code) is None
    assert await world.desks.enter("slack", "TOTHER", "carla", code) is None
    assert await world.desks.enter("slack", "TBUREAU", "nobody", code) is None
    assert await world.desks.opened("slack", "TBUREAU", "diede", carla.ticket) is None
    assert await world.desks.opened("slack", "TBUREAU", "carla", carla.ticket) is not None


async def test_a_ticket_of_a_desk_lasts_a_quarter_of_an_hour_and_opens_no_notes(
    world: World,
) -> None:
    carla = await world.coach("carla")
    locks = Locks(world.identities, world.clock)
    assert locks.opened("slack", "TBUREAU", "carla", carla.ticket) is None
    locks.close()

    world.clock.seconds += 899
    renewed = await world.desks.opened("slack", "TBUREAU", "carla", carla.ticket)
    assert renewed is not None
    assert len(renewed.ticket) < 400
    world.clock.seconds += 1
    assert await world.desks.opened("slack", "TBUREAU", "carla", carla.ticket) is None
    assert await world.desks.opened("slack", "TBUREAU", "carla", renewed.ticket) is not None


async def test_a_code_is_good_once_for_its_platform_and_for_two_weeks(world: World) -> None:
    async def invited() -> str:
        return await world.coaches.invite(an_invitation("carla"))

    first, second, third = [await invited() for _ in range(3)]
    shown = await world.desks.invited(first)
    assert shown is not None
    assert shown.name == "carla"
    assert await world.desks.register("teams", "TBUREAU", "carla", first, "a") is None
    assert await world.desks.register("slack", "TBUREAU", "carla", first, "a") is not None
    assert await world.desks.register("slack", "TBUREAU", "diede", first, "a") is None
    assert await world.desks.register("slack", "TBUREAU", "diede", "0" * 13, "a") is None
    assert await world.desks.register("slack", "TBUREAU", "diede", "nonsense", "a") is None
    again = await world.desks.register("slack", "TBUREAU", "carla", second, "a")
    assert again is not None
    assert again.passphrase == ""

    world.clock.seconds += 21 * 86_400
    assert await world.desks.invited(third) is None
    assert await world.desks.register("slack", "TBUREAU", "diede", third, "a") is None


async def test_a_coach_whom_no_notice_could_reach_is_not_registered(world: World) -> None:
    code = await world.coaches.invite(an_invitation("carla"))

    with pytest.raises(StoreError, match=r"^no_address$"):
        await world.desks.register("slack", "TBUREAU", "carla", code, None)
    assert await world.desks.register("slack", "TBUREAU", "carla", code, "U1") is not None


async def test_a_coach_who_is_invited_again_serves_more_organisations_with_the_same_key(
    world: World,
) -> None:
    key = await world.coach("carla", ("mill",))
    code = await world.coaches.invite(an_invitation("carla", ("yard",)))
    await world.desks.register("slack", "TBUREAU", "carla", code, "carla")

    door = await world.desks.door("slack", "TBUREAU", "carla")
    assert door is not None
    assert door.organisations == ("mill", "yard")
    assert door.coach.id == key.coach
    await world.visit("anna", send(), organisation="yard")
    await world.pass_days(1)
    assert len((await world.desks.look(key)).open) == 1
