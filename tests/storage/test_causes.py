"""Real failures of real databases, each told by its cause, and none of them ends the store."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy.exc import InterfaceError, ProgrammingError

from bot.cluster import free_port
from conversations.errors import StoreError
from storage import database as opening
from storage import thread as threading
from storage.causes import cause
from storage.sessions import SqlSessions
from tests.support.storage import Gate, a_person, look, step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ANNA = a_person("anna")


@contextlib.asynccontextmanager
async def stored(url: str) -> AsyncIterator[SqlSessions]:
    store = SqlSessions(url)
    yield store
    await store.close()


async def cause_of(store: SqlSessions) -> str:
    """Why the next turn is not kept."""
    with pytest.raises(StoreError) as caught:
        await store.visit(ANNA, step)
    return caught.value.cause


async def turn_of(store: SqlSessions) -> int:
    session = (await store.visit(ANNA, look)).session
    return 0 if session is None else session.turn


async def test_on_a_full_disk_nothing_is_half_kept_and_with_room_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'luwte.db'}"
    async with stored(url) as roomy:
        await roomy.visit(ANNA, step)
    pages = (tmp_path / "luwte.db").stat().st_size // opening.PAGE_SIZE + 1
    monkeypatch.setitem(opening.SQLITE, "max_page_count", pages)
    async with stored(url) as store:
        crowd = [a_person(f"{number}") for number in range(40)]
        outcomes = await asyncio.gather(
            *(store.visit(each, step) for each in crowd), return_exceptions=True
        )
        assert {each.cause for each in outcomes if isinstance(each, StoreError)} == {"disk"}
        assert await turn_of(store) == 1

    monkeypatch.delitem(opening.SQLITE, "max_page_count")
    async with stored(url) as store:
        kept = [(await store.visit(each, look)).session for each in crowd]
        assert len([each for each in kept if each is not None]) == len(
            [each for each in outcomes if not isinstance(each, BaseException)]
        )
        await store.visit(ANNA, step)
        assert await turn_of(store) == 2


async def test_a_locked_file_is_told_as_locked(tmp_path: Path) -> None:
    file = tmp_path / "luwte.db"
    async with stored(f"sqlite:///{file}") as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        assert await cause_of(store) == "locked"
        with pytest.raises(StoreError) as caught:
            await store.ping()
        assert caught.value.cause == "locked"

        other.execute("ROLLBACK")
        other.close()
        assert await store.ping() == 0
        assert (await store.visit(ANNA, step)).fate == "write"


async def test_a_damaged_file_is_told_as_damaged_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "luwte.db"
    async with stored(f"sqlite:///{file}") as store:
        for number in range(30):
            await store.visit(a_person(f"{number}"), step)
        await store.visit(ANNA, step)
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(opening.PAGE_SIZE)
        damaged.write(os.urandom(size - opening.PAGE_SIZE))

    before = file.read_bytes()
    with contextlib.suppress(StoreError):
        async with stored(f"sqlite:///{file}") as store:
            assert await cause_of(store) == "damaged"

    assert file.read_bytes()[opening.PAGE_SIZE :] == before[opening.PAGE_SIZE :]


async def test_a_file_that_cannot_be_written_is_told_as_a_matter_of_the_disk(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'luwte.db'}"
    async with stored(url) as store:
        await store.perform(lambda live: live.exec_driver_sql("PRAGMA query_only = 1"))
        assert await cause_of(store) == "disk"

        await store.visit(ANNA, step)
        assert await turn_of(store) == 1


RAISES = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$;
CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION refuse();
"""


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("53100", "disk"),
        ("58030", "disk"),
        ("25006", "disk"),
        ("53300", "unreachable"),
        ("57P01", "unreachable"),
        ("08006", "unreachable"),
        ("55P03", "locked"),
        ("57014", "locked"),
        ("XX001", "damaged"),
        ("42P01", "unknown"),
    ],
)
async def test_what_postgresql_says_is_told_by_its_cause_and_goes_by(
    postgres_url: str, state: str, what: str
) -> None:
    plain = postgres_url.replace("+psycopg", "")
    async with stored(postgres_url) as store:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(RAISES.format(state=state).encode())
            assert await cause_of(store) == what
            connection.execute("DROP TRIGGER refuse ON person")

        await store.visit(ANNA, step)
        assert await turn_of(store) == 1


async def test_a_table_that_somebody_locks_is_told_as_locked(postgres_url: str) -> None:
    async with stored(postgres_url) as store:
        with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
            other.execute("LOCK TABLE person IN ACCESS EXCLUSIVE MODE")
            assert await cause_of(store) == "locked"
        assert (await store.visit(ANNA, step)).fate == "write"


async def test_a_server_that_is_gone_is_told_as_unreachable(postgres_url: str) -> None:
    plain = postgres_url.replace("+psycopg", "")
    name = plain.rpartition("/")[2]
    async with stored(postgres_url) as store:
        await store.ping()
        with psycopg.connect(plain.replace(name, "postgres"), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            with pytest.raises(StoreError):
                await store.ping()
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        assert await store.ping() == 0


def test_where_nobody_listens_nothing_starts() -> None:
    with pytest.raises(StoreError) as caught:
        SqlSessions(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing")

    assert caught.value.cause == "unreachable"


def test_what_is_no_failure_of_a_database_has_no_cause() -> None:
    assert cause(LookupError("words")) == "unknown"
    assert cause(ProgrammingError("x", None, psycopg.ProgrammingError("x"))) == "unknown"
    assert cause(InterfaceError("x", None, psycopg.InterfaceError("x"))) == "unreachable"


async def test_what_would_wait_too_long_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "WAITING", 3)
    async with stored(f"sqlite:///{tmp_path / 'luwte.db'}") as store:
        gate = Gate()
        held = store.visit(a_person("gatekeeper"), gate)
        await asyncio.to_thread(gate.reached.wait, 10)
        waiting = [store.visit(a_person(f"{number}"), step) for number in range(3)]

        assert store.waiting() == 3
        with pytest.raises(StoreError) as caught:
            store.visit(ANNA, step)
        assert caught.value.cause == "crowded"

        gate.open()
        await held
        assert [turn.fate for turn in await asyncio.gather(*waiting)] == ["write"] * 3
        assert store.waiting() == 0
        await store.visit(ANNA, step)
