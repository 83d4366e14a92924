"""Requests to coaches in large numbers: nothing opens, nothing joins, nothing is lost or told too late."""

from __future__ import annotations

import asyncio
import secrets
import statistics
import time
from typing import TYPE_CHECKING

import pytest

from conversations.caseports import DeskKey
from storage import envelopes
from tests.storage.test_case_kills import lives
from tests.support import casethief
from tests.support.cases import HOUR, Withdraw, World, send

if TYPE_CHECKING:
    from pathlib import Path

CASES, RACES, A_DAY, TRIES = 1_000, 500, 25, 1_000


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_of_a_thousand_cases_none_opens_and_none_is_joined_to_its_person(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/luwte.db"
    if kind == "postgresql":
        url = request.getfixturevalue("postgres_url")
    world = World(tmp_path / "keys", url)
    loot = casethief.taken(world, *(await casethief.fill(world, CASES))[:2])
    with capsys.disabled():
        print(f"\n{kind}: {loot}")

    assert (loot.cards, loot.letters, loot.blocks) == (0, 0, 0)
    assert loot.joined <= loot.bar
    assert loot.correlation <= loot.bar_of_correlation
    assert casethief.names_in_common(world) == 0
    await world.close()


async def test_in_five_hundred_races_nothing_is_delivered_after_a_withdrawal(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    key = await world.coach("carla")
    for day in range(RACES // A_DAY):
        people = [f"person {day} {number}" for number in range(A_DAY)]
        for user in people:
            await world.visit(user, send())
        await world.pass_days(1)
        await world.desks.look(key)
        handles = [(await world.look(user)).id for user in people]
        for handle in handles:
            await world.desks.claim(key, handle)
        for user, handle in zip(people, handles, strict=True):
            await _race(world, key, user, handle)
    await world.pass_days(3)
    assert (await world.desks.look(key)).mine == ()
    await world.close()


async def _race(world: World, key: DeskKey, user: str, handle: str) -> None:
    """An answer, a round and a withdrawal at once; in which order, chance decides."""
    racing = [
        asyncio.ensure_future(world.desks.answer(key, handle, "Dag")),
        asyncio.ensure_future(world.rounds.run(world.clock() + secrets.randbelow(24) * HOUR)),
    ]
    for _ in range(secrets.randbelow(6)):
        await asyncio.sleep(0)
    await world.visit(user, Withdraw())
    assert await world.desks.read(key, handle) is None
    await asyncio.gather(*racing)
    assert await world.desks.read(key, handle) is None
    session = await world.visit(user)
    assert session is not None
    assert session.case is None


def test_at_no_step_does_a_kill_lose_anything_or_bring_it_twice(tmp_path: Path) -> None:
    found = lives(tmp_path, 1)

    assert len(found) > 70
    names = ("cases", "letters", "answers", "left", "after")
    assert {tuple(each[name] for name in names) for each in found} == {(1, 1, 1, 0, 0)}


async def test_how_long_a_refusal_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Printed, not judged: the medians for a handle of another's case, and for none at all."""
    world = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    carla, diede = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send(coaches=(carla.coach,)))
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    stranger = DeskKey("00" * 16, envelopes.new_key()[0], "")
    for name, key, tried in (
        ("another's case", diede, handle),
        ("no case", diede, "ab" * 16),
        ("no coach", stranger, handle),
    ):
        took = []
        for _ in range(TRIES):
            began = time.perf_counter()
            assert await world.desks.read(key, tried) is None
            took.append(time.perf_counter() - began)
        with capsys.disabled():
            print(f"\n{name}: median {statistics.median(took) * 1e3:.2f} ms")
    await world.close()
