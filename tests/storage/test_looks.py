"""Who only looks goes in one transaction with all others who look, and what fails there fails alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from conversations.errors import StoreError
from storage.sessions import SqlSessions
from tests.support.storage import a_person, step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Connection


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlSessions]:
    local = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/luwte.db" if local else request.getfixturevalue("postgres_url")
    made = SqlSessions(url)
    yield made
    await made.close()


def people(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM person")).scalar_one())


def damaged(_: Connection) -> int:
    raise StoreError("unopened")


async def test_a_look_sees_what_was_kept_and_one_that_fails_fails_alone(store: SqlSessions) -> None:
    await store.visit(a_person("anna"), step)

    seen = await asyncio.gather(
        store.look(people), store.look(damaged), store.look(people), return_exceptions=True
    )

    assert [seen[0], seen[2]] == [1, 1]
    assert isinstance(seen[1], StoreError)
    assert str(seen[1]) == "unopened"
    await store.visit(a_person("bram"), step)
    assert await store.look(people) == 2


async def test_whoever_looks_at_the_same_time_shares_one_transaction(store: SqlSessions) -> None:
    begun: list[object] = []
    engine = store._thread._ledger._engine
    await store.look(people)
    event.listen(engine, "begin", begun.append)

    await asyncio.gather(*(store.look(people) for _ in range(20)))

    assert len(begun) == 1


async def test_a_look_that_breaks_the_transaction_is_told_to_all_of_it_and_to_no_later_one(
    store: SqlSessions,
) -> None:
    def wrong(connection: Connection) -> int:
        return int(connection.execute(text("SELECT no_such FROM person")).scalar_one())

    seen = await asyncio.gather(store.look(people), store.look(wrong), return_exceptions=True)

    assert all(isinstance(each, StoreError) for each in seen)
    assert await store.look(people) == 0
