"""Forgetting on SQLite: nothing of the sealed rows is left in the file or its log."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage.erasure import Erasure
from storage.sessions import SqlSessions
from storage.tables import row_number
from tests.bench.page_order import places, rank_correlation, traces
from tests.support.storage import (
    SqlTable,
    a_person,
    a_session,
    forget,
    keep,
    look,
    step,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

PEOPLE = [a_person(f"person {number}") for number in range(120)]
GONE = PEOPLE[::3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "luwte.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlSessions]:
    made = SqlSessions(f"sqlite:///{file}")
    yield made
    await made.close()


@contextlib.contextmanager
def reader(file: Path) -> Iterator[None]:
    """Somebody who looks at the file and takes their time."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM person").fetchone()
    yield
    connection.execute("ROLLBACK")
    connection.close()


async def everybody_talks(store: SqlSessions, file: Path) -> list[bytes]:
    """Every sealed row that those who go ever had."""
    table, had = SqlTable(f"sqlite:///{file}"), []
    going = {person.home.locator for person in GONE}
    for _ in range(3):
        await asyncio.gather(*(store.visit(person, step) for person in PEOPLE))
        had += [row.sealed for row in table.rows() if row.locator in going]
    return had


def size(file: Path) -> int:
    return file.stat().st_size


async def until_clean(file: Path, rows: list[bytes]) -> None:
    async with asyncio.timeout(10):
        while traces(file, rows):  # noqa: ASYNC110 (a file tells nobody when it changes)
            await asyncio.sleep(0.05)


async def test_forty_erased_people_leave_no_trace(store: SqlSessions, file: Path) -> None:
    had = await everybody_talks(store, file)
    assert len(had) == 120
    assert traces(file, had[-40:]) == 40

    await asyncio.gather(*(store.visit(person, forget) for person in GONE))

    assert traces(file, had) == 0
    assert file.with_name("luwte.db-wal").stat().st_size == 0


async def test_the_others_are_still_there(store: SqlSessions, file: Path) -> None:
    await everybody_talks(store, file)

    await asyncio.gather(*(store.visit(person, forget) for person in GONE))

    turns = [await store.visit(person, look) for person in PEOPLE]
    left = [turn.session.turn for turn in turns if turn.session]
    assert left == [3] * 80


async def test_a_reader_delays_erasure_but_not_the_others(store: SqlSessions, file: Path) -> None:
    had = await everybody_talks(store, file)

    with reader(file):
        await asyncio.gather(*(store.visit(person, forget) for person in GONE))
        assert traces(file, had[-40:]) == 40
        await store.visit(PEOPLE[1], step)
    await until_clean(file, had)

    turn = await store.visit(PEOPLE[1], look)
    assert turn.session is not None
    assert turn.session.turn == 4


async def test_a_new_process_finishes_what_a_killed_one_could_not(
    store: SqlSessions, file: Path, tmp_path: Path
) -> None:
    had = await everybody_talks(store, file)
    left = tmp_path / "left" / "luwte.db"
    left.parent.mkdir()
    with reader(file):
        await asyncio.gather(*(store.visit(person, forget) for person in GONE))
        for name in ("luwte.db", "luwte.db-wal"):
            shutil.copy(file.with_name(name), left.with_name(name))
    assert traces(left, had[-40:]) == 40

    again = SqlSessions(f"sqlite:///{left}")
    await until_clean(left, had)
    await again.close()


async def test_the_purge_leaves_no_trace_either(store: SqlSessions, file: Path) -> None:
    for person in PEOPLE:
        week = 2970 if person in GONE else 2980
        await store.visit(person, keep(a_session(expires=week)))
    rows = SqlTable(f"sqlite:///{file}").rows()
    expired = [row.sealed for row in rows if row.expires_week == 2970]

    assert await store.purge(2975) == 40

    assert traces(file, expired) == 0


async def test_the_file_does_not_keep_the_order_of_joining(store: SqlSessions, file: Path) -> None:
    joining = [a_person(f"joiner {number}") for number in range(500)]
    for person in joining:
        await store.visit(person, step)
    order = [row_number(person.home.locator) for person in joining]

    await store.visit(a_person("nobody"), step)
    await store.visit(a_person("nobody"), forget)
    before = {k: place for k, place in places(file).items() if k in order}
    await store.purge(0)
    after = places(file)

    assert abs(rank_correlation(order, before)) < 0.15
    assert abs(rank_correlation(order, after)) < 0.1


async def test_a_purge_gives_the_room_of_the_erased_back(store: SqlSessions, file: Path) -> None:
    for person in PEOPLE:
        await store.visit(person, keep(a_session(expires=2970)))
    await store.purge(0)
    full = size(file)

    await store.purge(2980)

    assert size(file) < full / 3


async def test_a_large_file_is_left_in_its_order(
    store: SqlSessions, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.erasure.REORDERED_BELOW", 0)
    for person in PEOPLE:
        await store.visit(person, keep(a_session(expires=2970)))

    await store.purge(2980)

    assert size(file) > 120 * 8221


def test_an_erasure_is_due_from_the_start() -> None:
    assert Erasure().patience() == 0.0
