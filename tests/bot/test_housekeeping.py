"""What has expired is erased by the process itself, and a failure of the store does not stop it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from adapters.reception import week
from bot import housekeeping
from conversations.errors import StoreError
from conversations.person import Person, Place
from conversations.session import Session, Spot
from conversations.turn import Turn
from storage.errors import KeysError
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.destruction import Destroyed


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
