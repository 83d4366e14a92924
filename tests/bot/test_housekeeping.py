"""What has expired is erased by the process itself, and a failure of the store does not stop it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import psycopg
import pytest

from adapters.incoming import week
from bot import housekeeping
from bot.steady import Steady
from conversations.errors import StoreError
from conversations.person import Person, Place
from conversations.session import Session, Spot
from conversations.turn import Turn
from storage.destruction import Destroyed
from storage.errors import KeysError
from storage.ledger import KEEPING_HOUSE
from storage.sessions import SqlSessions
from tests.support.postgres import postgres_server, postgres_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url"]


MONDAY = (2969 * 7 - 3) * 86_400.0
"""The first second of week 2969."""

DAY = 86_400.0


def somebody(letter: bytes) -> Person:
    place = Place(683, letter * 16, letter * 32)
    return Person(place, (place,))


async def test_rows_whose_last_week_has_passed_are_erased(tmp_path: Path) -> None:
    sessions = SqlSessions(f"sqlite:///{tmp_path / 'luwte.db'}")
    for letter, last in ((b"a", 2967), (b"b", 2968), (b"c", 2969)):
        kept = Session(id="x", language="nl", at=Spot("frame", 1, "keep"), expires=last)
        turn = Turn(kept, "write", "nl")
        await sessions.visit(somebody(letter), partial(_always, turn))

    erased = await housekeeping.purge(sessions, lambda: MONDAY)
    left: list[int | None] = []
    for letter in (b"a", b"b", b"c"):
        await sessions.visit(somebody(letter), lambda found: _look(found, left))
    await sessions.close()

    assert erased == 2
    assert left == [None, None, 2969]


def _always(turn: Turn, _: Session | None) -> Turn:
    return turn


def _look(found: Session | None, left: list[int | None]) -> Turn:
    left.append(None if found is None else found.expires)
    return Turn(found, "leave", "nl")


def _unreadable_keys() -> None:
    raise StoreError("epochs_unreadable")


def _no_right_to_write() -> Destroyed:
    raise KeysError("not_destroyed", "check who may write")


class Failing:
    """A store that fails until it is mended."""

    def __init__(self) -> None:
        self.weeks: list[int] = []
        self.thrice = asyncio.Event()

    async def visit(
        self,
        person: Person,
        take: Callable[[Session | None], Turn],
        shut: Callable[[], Turn] | None = None,
        origin: object = None,
    ) -> Turn:
        raise StoreError(f"OperationalError {person} {take} {shut}")

    async def purge(self, week: int) -> int:
        self.weeks.append(week)
        if len(self.weeks) == 3:
            self.thrice.set()
        raise StoreError("OperationalError")


@pytest.mark.parametrize(("days", "weeks", "longest"), [(range(7), 1, 14), (range(7), 12, 90)])
async def test_whatever_the_day_a_row_is_gone_before_its_promised_last_day_has_passed(
    tmp_path: Path, days: range, weeks: int, longest: int
) -> None:
    for day in days:
        left = MONDAY + day * DAY
        sessions = SqlSessions(f"sqlite:///{tmp_path / str(day)}.db")
        kept = Session(
            id="x", language="nl", at=Spot("frame", 1, "keep"), expires=week(left) + weeks
        )
        turn = Turn(kept, "write", "nl")
        await sessions.visit(somebody(b"a"), partial(_always, turn))
        age = 0
        while not await housekeeping.purge(sessions, partial(float, left + age * DAY)):
            age += 1
        await sessions.close()

        assert 7 * weeks - 1 <= age <= longest


async def test_a_failure_is_logged_by_its_event_and_tried_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "PURGE_EVERY", 0.0)
    failing = Failing()
    chores = asyncio.create_task(
        housekeeping.keep_house(failing, _unreadable_keys, _no_right_to_write, lambda: MONDAY)
    )
    async with asyncio.timeout(5):
        await failing.thrice.wait()
    chores.cancel()

    assert {record.msg for record in caplog.records} == {
        "purge_failed",
        "keys_unreadable",
        "keys_not_destroyed",
    }


class Wall:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.seconds = MONDAY

    def __call__(self) -> float:
        return self.seconds


class Purged:
    """A store whose purges are counted; the first `failing` of them fail."""

    def __init__(self, failing: int = 0) -> None:
        self.weeks: list[int] = []
        self._failing, self._came = failing, asyncio.Semaphore(0)

    async def visit(self, *_: object, **__: object) -> Turn:
        raise StoreError("unused")

    async def purge(self, week: int) -> int:
        self.weeks.append(week)
        self._came.release()
        if len(self.weeks) <= self._failing:
            raise StoreError("OperationalError", "locked")
        return 0

    async def came(self, count: int) -> None:
        async with asyncio.timeout(5):
            for _ in range(count):
                await self._came.acquire()


@asynccontextmanager
async def kept(
    sessions: Purged, clock: Wall, steady: Steady | None = None
) -> AsyncIterator[list[str]]:
    """A house that is kept by this clock; the chores that succeeded, in their order."""
    done: list[str] = []

    async def noted(chore: str) -> None:
        done.append(chore)

    chores = asyncio.create_task(
        housekeeping.keep_house(
            sessions, lambda: None, _nothing_due, clock, steady=steady, noted=noted
        )
    )
    yield done
    chores.cancel()
    await asyncio.gather(chores, return_exceptions=True)


def _nothing_due() -> Destroyed:
    return Destroyed(0, root=False)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "LOOK_EVERY", 0.001)


async def _a_while() -> None:
    """Many looks at the clock."""
    await asyncio.sleep(0.05)


@pytest.mark.usefixtures("often")
async def test_a_machine_that_slept_does_at_once_what_it_missed() -> None:
    sessions, clock = Purged(), Wall()
    async with kept(sessions, clock):
        await sessions.came(1)
        clock.seconds += 3 * DAY
        await sessions.came(1)
        await _a_while()

    assert sessions.weeks == [2969, 2969]


@pytest.mark.usefixtures("often")
async def test_a_purge_that_failed_is_tried_again_in_minutes_and_then_once_a_day() -> None:
    sessions, clock = Purged(failing=2), Wall()
    async with kept(sessions, clock) as done:
        await sessions.came(1)
        for _ in range(2):
            clock.seconds += housekeeping.AGAIN
            await sessions.came(1)
        clock.seconds += DAY - 1
        await _a_while()
        assert len(sessions.weeks) == 3
        clock.seconds += 1
        await sessions.came(1)

    assert done.count("purge") >= 1


@pytest.mark.usefixtures("often")
async def test_over_ten_weeks_with_outages_every_day_is_purged_once() -> None:
    sessions, clock = Purged(), Wall()
    async with kept(sessions, clock):
        await sessions.came(1)
        for _ in range(70):
            for _ in range(3):
                clock.seconds += DAY / 3
                await _a_look()
            await sessions.came(1)

    assert len(sessions.weeks) == 71
    assert sessions.weeks[-1] == sessions.weeks[0] + 10


async def _a_look() -> None:
    await asyncio.sleep(0.01)


@pytest.mark.usefixtures("often")
async def test_nothing_is_erased_by_a_clock_that_jumped_until_it_says_so_for_an_hour() -> None:
    sessions, clock, running = Purged(), Wall(), Wall()
    async with kept(sessions, clock, Steady(clock, running)):
        await sessions.came(1)
        clock.seconds += 365 * DAY
        await _a_while()
        assert len(sessions.weeks) == 1
        for wall in (clock, running):
            wall.seconds += 3_600
        await sessions.came(1)

    assert sessions.weeks[1] == sessions.weeks[0] + 52


@pytest.mark.usefixtures("often")
async def test_one_chore_that_breaks_in_an_unknown_way_ends_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> None:
        raise LookupError("UCANARY")

    sessions, clock = Purged(), Wall()
    chores = asyncio.create_task(housekeeping.keep_house(sessions, broken, _nothing_due, clock))
    await sessions.came(1)
    clock.seconds += DAY
    await sessions.came(1)
    chores.cancel()

    assert "chore_failed" in caplog.text
    assert "UCANARY" not in caplog.text


async def test_two_processes_that_purge_at_once_erase_each_row_once(postgres_url: str) -> None:
    pair = [SqlSessions(postgres_url) for _ in range(2)]
    people = [somebody(bytes([number])) for number in range(40)]
    old = Session(id="x", language="nl", at=Spot("frame", 1, "keep"), expires=2960)
    for who in people:
        await pair[0].visit(who, partial(_always, Turn(old, "write", "nl")))

    erased = await asyncio.gather(*(housekeeping.purge(each, lambda: MONDAY) for each in pair * 5))

    assert sum(count or 0 for count in erased) == 40
    assert None not in erased
    for each in pair:
        await each.close()


async def test_while_another_process_keeps_house_there_is_nothing_to_do(postgres_url: str) -> None:
    sessions = SqlSessions(postgres_url)
    old = Session(id="x", language="nl", at=Spot("frame", 1, "keep"), expires=2960)
    await sessions.visit(somebody(b"a"), partial(_always, Turn(old, "write", "nl")))

    with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [KEEPING_HOUSE])
        assert await housekeeping.purge(sessions, lambda: MONDAY) == 0
    assert await housekeeping.purge(sessions, lambda: MONDAY) == 1

    await sessions.close()
