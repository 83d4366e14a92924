"""Two processes and one person, and a database that goes away."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from functools import partial
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine, event

from conversations.errors import StoreError
from storage.sessions import SqlSessions
from tests.support.storage import (
    NOW,
    Gate,
    SqlTable,
    a_person,
    a_session,
    forget,
    keep,
    look,
    step,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import Self

    from conversations.person import Person
    from conversations.session import Session
    from conversations.turn import Turn
    from storage.batch import Take

ANNA, BRAM = a_person("anna"), a_person("bram")


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[SqlSessions, SqlSessions]]:
    first, second = SqlSessions(postgres_url), SqlSessions(postgres_url)
    yield first, second
    await asyncio.gather(first.close(), second.close())


class Overtaken:
    """A turn during which another process takes one with the same person, `times` over."""

    def __init__(self, other: SqlSessions, person: Person, take: Take, times: int = 1) -> None:
        self.saw: list[int | None] = []
        self._other, self._person, self._take, self._times = other, person, take, times

    def __call__(self, session: Session | None) -> Turn:
        self.saw.append(None if session is None else session.turn)
        if len(self.saw) <= self._times:
            asyncio.run(self._overtake())
        return step(session)

    async def _overtake(self) -> None:
        await self._other.visit(self._person, self._take)


async def turn_of(store: SqlSessions, person: Person) -> int | None:
    session = (await store.visit(person, look)).session
    return None if session is None else session.turn


async def test_a_turn_that_was_overtaken_is_taken_again(
    pair: tuple[SqlSessions, SqlSessions],
) -> None:
    first, second = pair
    await first.visit(ANNA, keep(a_session(5)))
    take = Overtaken(second, ANNA, step)

    await first.visit(ANNA, take)

    assert take.saw == [5, 6]
    assert await turn_of(second, ANNA) == 7


async def test_two_first_turns_at_once_make_one_row(
    pair: tuple[SqlSessions, SqlSessions], postgres_url: str
) -> None:
    first, second = pair
    take = Overtaken(second, ANNA, step)

    await first.visit(ANNA, take)

    assert take.saw == [None, 1]
    assert len(SqlTable(postgres_url).rows()) == 1


async def test_a_row_that_was_forgotten_meanwhile_does_not_come_back(
    pair: tuple[SqlSessions, SqlSessions],
) -> None:
    first, second = pair
    await first.visit(ANNA, keep(a_session(5)))
    take = Overtaken(second, ANNA, forget)

    await first.visit(ANNA, take)

    assert take.saw == [5, None]
    assert await turn_of(first, ANNA) == 1


async def test_a_row_forgotten_and_begun_anew_meanwhile_is_not_overwritten(
    pair: tuple[SqlSessions, SqlSessions],
) -> None:
    first, second = pair
    await first.visit(ANNA, keep(a_session(5)))

    class ForgottenAndBegun(Overtaken):
        async def _overtake(self) -> None:
            await self._other.visit(ANNA, forget)
            await self._other.visit(ANNA, keep(a_session(1)))

    take = ForgottenAndBegun(second, ANNA, step)
    await first.visit(ANNA, take)

    assert take.saw == [5, 1]


async def test_a_row_that_was_moved_meanwhile_is_followed(
    pair: tuple[SqlSessions, SqlSessions], postgres_url: str
) -> None:
    first, second = pair
    await first.visit(ANNA, keep(a_session(5)))
    take = Overtaken(second, a_person("anna", NOW + 1), step)

    await first.visit(a_person("anna", NOW, newer=True), take)

    assert take.saw == [5, 6]
    assert [row.epoch for row in SqlTable(postgres_url).rows()] == [NOW + 1]


async def test_a_turn_that_is_always_overtaken_fails_alone(
    pair: tuple[SqlSessions, SqlSessions],
) -> None:
    first, second = pair
    take, gate = Overtaken(second, ANNA, step, times=100), Gate()
    held = first.visit(a_person("gatekeeper"), gate)
    anna, bram = first.visit(ANNA, take), first.visit(BRAM, step)
    gate.open()
    await held

    with pytest.raises(StoreError, match=r"^conflict$"):
        await anna

    assert (await bram).fate == "write"
    assert len(take.saw) == 5
    assert await turn_of(first, ANNA) == 5
    assert await turn_of(first, BRAM) == 1


async def test_a_deadlock_is_a_collision_and_no_failure(
    pair: tuple[SqlSessions, SqlSessions], postgres_url: str
) -> None:
    first, _ = pair
    await asyncio.gather(first.visit(ANNA, step), first.visit(BRAM, step))

    with Embrace(postgres_url, has=BRAM, wants=ANNA) as other:
        turns = await asyncio.gather(first.visit(ANNA, step), first.visit(BRAM, forget))

    assert other.embraced
    assert [turn.fate for turn in turns] == ["write", "erase"]
    assert (await turn_of(first, ANNA), await turn_of(first, BRAM)) == (2, None)


class Embrace:
    """Somebody with one row who waits for the other, which the store holds when it asks for the first.

    Each step waits for the one before, and this side never looks for a deadlock: so it is always the
    store whom PostgreSQL lets fail, however busy the machine is.
    """

    def __init__(self, url: str, *, has: Person, wants: Person) -> None:
        self._has, self._wants = has.home.locator, wants.home.locator
        self._connect = partial(psycopg.connect, url.replace("+psycopg", ""))
        self._thread = threading.Thread(target=self._wait_for_the_store)
        self.embraced = False

    def __enter__(self) -> Self:
        self._mine = self._connect()
        self._mine.execute("SET deadlock_timeout = '10min'")
        self._touch(self._has)
        event.listen(Engine, "before_cursor_execute", self._on_the_way)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._on_the_way)
        self._thread.join()
        self._mine.close()

    def _touch(self, locator: bytes) -> None:
        self._mine.execute("UPDATE person SET version = version WHERE locator = %s", [locator])

    def _on_the_way(self, *told: object) -> None:
        """The store has written one row and is about to delete the other."""
        if self.embraced or not str(told[2]).startswith("DELETE FROM person"):
            return
        self.embraced = True
        self._thread.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"
        with self._connect(autocommit=True) as look:
            while look.execute(waits, [self._mine.info.backend_pid]).fetchone() == (0,):
                assert self._thread.is_alive()

    def _wait_for_the_store(self) -> None:
        self._touch(self._wants)
        self._mine.rollback()


async def test_a_lost_connection_is_made_again_and_nobody_notices(
    pair: tuple[SqlSessions, SqlSessions], postgres_url: str
) -> None:
    first, second = pair
    await first.visit(ANNA, step)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"{end} AND datname = current_database()")

    await first.visit(ANNA, step)

    assert await turn_of(second, ANNA) == 2


async def test_a_database_that_went_away_fails_the_turn_and_is_found_again(
    postgres_url: str,
) -> None:
    store = SqlSessions(postgres_url)
    await store.visit(ANNA, step)
    plain = postgres_url.replace("+psycopg", "")
    name = plain.rpartition("/")[2]
    with psycopg.connect(plain.replace(name, "postgres"), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        with pytest.raises(StoreError, match=r"^OperationalError$"):
            await store.visit(ANNA, step)
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())

    await store.visit(ANNA, step)

    assert await turn_of(store, ANNA) == 2
    await store.close()


async def test_a_locked_sqlite_file_fails_the_turn_and_not_the_store(tmp_path: Path) -> None:
    file = tmp_path / "luwte.db"
    store = SqlSessions(f"sqlite:///{file}")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match=r"^OperationalError$"):
        await store.visit(ANNA, step)
    other.execute("ROLLBACK")
    other.close()

    assert (await store.visit(ANNA, step)).fate == "write"
    await store.close()
