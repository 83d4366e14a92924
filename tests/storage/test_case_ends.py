"""How cases end, and what people and coaches are told meanwhile: taken back, silent, overdue, expired."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from conversations.errors import StoreError
from storage.inspection import Inspection
from tests.support.cases import DAY, HOUR, MONDAY, Withdraw, World, send, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.caseports import DeskKey

STATES = ("waiting", "received", "opened", "claimed", "written", "answered", "closed", "returned")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    yield made
    await made.close()


def rows(world: World) -> dict[str, int]:
    """How many rows each table has."""
    with Inspection(world.url) as seen:
        return {table: len(list(seen.rows(table))) for table in ("case", "letter", "tombstone")}


async def bring_to(world: World, state: str, key: DeskKey) -> str:
    """Anna's case in this state; its handle."""
    await world.visit("anna", send())
    handle = (await world.look("anna")).id
    order = STATES.index(state)
    if order >= STATES.index("received"):
        await world.pass_days(1)
    if order >= STATES.index("opened"):
        await world.desks.read(key, handle)
    if order >= STATES.index("claimed"):
        await world.desks.claim(key, handle)
    if state == "returned":
        await world.desks.hand_back(key, handle)
        return handle
    if order >= STATES.index("written"):
        await world.visit("anna", write("Nog een vraag"))
    if order >= STATES.index("answered"):
        await world.desks.answer(key, handle, "Mijn antwoord")
        await world.pass_days(1)
    if state == "closed":
        await world.desks.close_case(key, handle, "wish_you_well")
        await world.pass_days(1)
    return handle


@pytest.mark.parametrize("state", STATES)
async def test_what_is_taken_back_is_shown_to_nobody_from_then_on_and_erased_with_the_next_round(
    world: World, state: str
) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, state, key)

    kept = await world.visit("anna", Withdraw())
    assert kept is not None
    assert kept.case is None
    desk = await world.desks.look(key)
    assert (desk.open, desk.mine) == ((), ())
    assert await world.desks.read(key, handle) is None
    for outcome in (
        await world.desks.claim(key, handle),
        await world.desks.answer(key, handle, "Toch nog"),
        await world.desks.hand_back(key, handle),
        await world.desks.close_case(key, handle, "wish_you_well"),
    ):
        assert outcome == "refused"

    await world.pass_days(1)
    assert rows(world) == {"case": 0, "letter": 0, "tombstone": 1}
    assert [path for path in (world.folder / "spool").rglob("*") if path.is_file()] == []
    had = state in ("claimed", "written", "answered", "closed")
    assert (await world.desks.look(key)).gone == int(had)
    after = await world.visit("anna")
    assert after is not None
    assert after.withdrawn == ()


@pytest.mark.parametrize("number", range(12))
async def test_nothing_is_delivered_after_a_withdrawal_is_confirmed(
    world: World, number: int
) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, "claimed", key)
    withdrawing = asyncio.ensure_future(world.visit("anna", Withdraw()))
    answering = [
        asyncio.ensure_future(world.desks.answer(key, handle, f"Antwoord {number}")),
        asyncio.ensure_future(world.rounds.run(world.clock() + number * HOUR)),
    ]
    await withdrawing

    assert await world.desks.read(key, handle) is None
    await asyncio.gather(*answering)
    await world.pass_days(1)
    assert rows(world) == {"case": 0, "letter": 0, "tombstone": 1}
    session = await world.visit("anna")
    assert session is not None
    assert session.case is None


async def test_a_request_that_is_posted_again_after_it_was_taken_back_is_not_let_in(
    world: World,
) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send())
    (found,) = world.spool.entries(world.keys.organisation("mill"))
    await world.visit("anna", Withdraw())
    await world.pass_days(1)

    assert found.entry is not None
    world.spool.put(world.keys.organisation("mill"), found.entry)
    await world.pass_days(1)

    assert (await world.desks.look(key)).open == ()
    assert rows(world)["case"] == 0


@pytest.mark.parametrize("state", ["waiting", "written"])
async def test_what_got_lost_in_the_spool_is_posted_again_at_the_next_visit(
    world: World, state: str
) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, state, key)
    for path in list((world.folder / "spool").rglob("*")):
        if path.is_file():
            path.unlink()

    await world.look("anna")
    await world.pass_days(1)

    read = await world.desks.read(key, handle)
    assert read is not None
    assert len(read.letters) == int(state == "written")
    assert rows(world)["case"] == 1


async def test_a_withdrawal_that_got_lost_in_the_spool_is_posted_again(world: World) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, "received", key)
    await world.visit("anna", Withdraw())
    for path in list((world.folder / "spool").rglob("w-*")):
        path.unlink()

    await world.visit("anna")
    assert await world.desks.read(key, handle) is None
    await world.pass_days(1)
    assert rows(world)["case"] == 0


async def test_where_the_spool_cannot_be_written_nothing_is_confirmed_and_nothing_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await world.coach("carla")

    def full(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("storage.spool.files.create_once", full)
        with pytest.raises(StoreError, match=r"^spool$"):
            await world.visit("anna", send())
    assert (await world.look("anna")).state == "waiting"
    await world.pass_days(1)

    assert len((await world.desks.look(key)).open) == 1


async def test_requests_wait_for_each_other_where_few_people_ask(tmp_path: Path) -> None:
    world = World(tmp_path / "few", f"sqlite:///{tmp_path}/few.db", daily=False)
    key = await world.coach("carla")
    await world.visit("anna", send("een"))
    told = (await world.coaches.coaching("mill")).latest_day
    days = []
    while not (await world.desks.look(key)).open:
        await world.pass_hours(1)
        days.append(datetime.fromtimestamp(world.clock(), UTC).date())
    assert days[-1] == told

    for user, alias in (("bram", "twee"), ("cor", "drie"), ("dirk", "vier")):
        await world.visit(user, send(alias))
    await world.pass_days(1)
    assert len((await world.desks.look(key)).open) == 4
    await world.close()


async def test_a_batch_that_was_missed_is_made_up_for(tmp_path: Path) -> None:
    world = World(tmp_path / "few", f"sqlite:///{tmp_path}/few.db", daily=False)
    key = await world.coach("carla")
    await world.rounds.run(world.clock())
    await world.visit("anna", send())
    world.clock.seconds += 4 * DAY
    await world.rounds.run(world.clock())

    assert len((await world.desks.look(key)).open) == 1
    await world.close()


async def test_a_case_ends_after_sixty_days_of_silence_and_both_are_told_before(
    world: World,
) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, "answered", key)
    await world.quick_days(47)
    case = await world.look("anna")
    assert case.news is not None
    assert case.news.ends_soon
    (listed,) = (await world.desks.look(key)).mine
    assert listed.ends_soon

    await world.quick_days(14)

    assert (await world.look("anna")).state == "ended"
    assert await world.desks.read(key, handle) is None
    assert (await world.desks.look(key)).gone == 1
    assert rows(world) == {"case": 0, "letter": 0, "tombstone": 1}


async def test_a_case_ends_eighty_days_after_the_persons_own_last_message(world: World) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, "claimed", key)
    asked = MONDAY
    while (await world.desks.answer(key, handle, f"Ben je er nog? {world.clock()}")) == "done":
        assert world.clock() - asked < 80 * DAY
        await world.quick_days(1)
        await world.desks.look(key)

    assert world.clock() - asked > 60 * DAY
    assert rows(world)["case"] == 0


async def test_who_is_not_answered_is_told_and_the_coach_is_reminded(world: World) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send())
    notices = 0
    for _ in range(7 * 24):
        await world.pass_hours(1)
        for due in await world.rounds.due(world.clock()):
            notices += 1
            await world.rounds.told(due.coach, delivered=True)

    assert notices == 3
    case = await world.look("anna")
    assert case.news is not None
    assert case.news.overdue
    await world.desks.read(key, case.id)
    assert await takes_long(world)
    await world.desks.claim(key, case.id)
    assert not await takes_long(world)


async def takes_long(world: World) -> bool:
    """Whether Anna is told that it does."""
    news = (await world.look("anna")).news
    assert news is not None
    return news.overdue


@pytest.mark.parametrize(("within", "days"), [(1, 5), (3, 6), (10, 15)])
async def test_a_coach_who_has_it_and_does_not_answer_is_slow_by_their_own_measure(
    world: World, within: int, days: int
) -> None:
    key = await world.coach("carla", answers_within=within)
    handle = await bring_to(world, "claimed", key)
    for _ in range(days - 1):
        await world.quick_days(1)
        assert not await takes_long(world)
    await world.quick_days(1)
    assert await takes_long(world)

    await world.desks.answer(key, handle, "Hier ben ik")
    await world.quick_days(2)
    assert not await takes_long(world)


async def test_many_messages_before_the_coach_looks_are_one_notice(world: World) -> None:
    key = await world.coach("carla")
    handle = await bring_to(world, "claimed", key)
    await world.desks.look(key)
    await world.to_work()
    notices, written = 0, 0
    for hours in (4, 4, 16) * 3:
        for _ in range(4):
            await world.visit("anna", write(f"Bericht {written}"))
            written += 1
        await world.pass_hours(hours)
        for due in await world.rounds.due(world.clock()):
            notices += 1
            await world.rounds.told(due.coach, delivered=True)

    assert (notices, written) == (1, 36)
    read = await world.desks.read(key, handle)
    assert read is not None
    assert len(read.letters) == 36


async def test_a_notice_that_is_not_delivered_is_due_again_until_it_is(world: World) -> None:
    await world.coach("carla")
    await world.visit("anna", send())
    await world.pass_days(1)
    await world.to_work()
    tried = 0
    for _ in range(6):
        for due in await world.rounds.due(world.clock()):
            tried += 1
            await world.rounds.told(due.coach, delivered=False)
        world.clock.seconds += 300
    assert tried == 6

    (due,) = await world.rounds.due(world.clock())
    await world.rounds.told(due.coach, delivered=True)
    world.clock.seconds += 300
    assert list(await world.rounds.due(world.clock())) == []


async def test_of_two_processes_one_does_a_round_and_one_sends_the_notices(
    world: World, tmp_path: Path
) -> None:
    other = World(tmp_path / "keys", world.url, clock=world.clock)
    await world.coach("carla")
    await world.visit("anna", send())
    world.clock.seconds += DAY
    await asyncio.gather(*(each.rounds.run(world.clock()) for each in (world, other) * 3))
    assert rows(world)["case"] == 1
    await world.to_work()

    found = [len(await each.rounds.due(world.clock())) for each in (world, other)]
    assert sorted(found) == [0, 1]
    await other.close()


async def test_a_person_who_asked_for_it_is_told_of_an_answer_after_its_round(
    world: World,
) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await world.visit("bram", send("twee"), address=b"U-BRAM")
    await world.pass_days(1)
    for user in ("anna", "bram"):
        handle = (await world.look(user)).id
        await world.desks.claim(key, handle)
        await world.desks.answer(key, handle, "Dag")
    assert list(await world.rounds.returns(world.clock())) == []
    await world.pass_days(1)

    found = await world.rounds.returns(world.clock())
    assert [(each.platform, each.tenant, each.to) for each in found] == [
        ("slack", "Tmill", b"U-ANNA")
    ]
    assert list(await world.rounds.returns(world.clock())) == []

    world.clock.seconds += 600
    (again,) = await world.rounds.returns(world.clock())
    world.rounds.reached(again)
    world.clock.seconds += HOUR
    assert list(await world.rounds.returns(world.clock())) == []


async def test_who_cannot_be_reached_for_a_week_is_not_told_any_more(world: World) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.answer(key, handle, "Dag")
    await world.pass_days(6)
    await world.to_work()
    assert len(await world.rounds.returns(world.clock())) == 1
    await world.pass_days(2)
    await world.to_work()
    assert list(await world.rounds.returns(world.clock())) == []


async def test_nobody_is_told_of_an_answer_in_a_case_that_was_taken_back(world: World) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send(notify=True), address=b"U-ANNA")
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(key, handle)
    await world.desks.answer(key, handle, "Dag")
    await world.visit("anna", Withdraw())
    await world.pass_days(1)

    assert list(await world.rounds.returns(world.clock())) == []


async def test_after_fourteen_weeks_away_nothing_that_is_there_is_unreadable(world: World) -> None:
    key = await world.coach("carla")
    await world.desks.look(key)
    people = [f"person {number}" for number in range(6)]
    for user in people:
        await world.visit(user, send(user))
        await world.quick_days(10)
    await world.quick_days(7)
    assert not (await world.coaches.coaching("mill")).available
    with pytest.raises(StoreError, match=r"^no_coach$"):
        await world.visit("somebody else", send())
    await world.quick_days(14 * 7 - 67)

    opened = await world.desks.enter("slack", "TBUREAU", "carla", world.passphrases["carla"])
    assert opened is not None
    listed = (await world.desks.look(opened)).open
    assert listed
    read = [await world.desks.read(opened, each.id) for each in listed]
    assert rows(world)["case"] == len(listed)
    assert None not in read
