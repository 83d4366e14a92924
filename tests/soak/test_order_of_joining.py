"""What the database tells about who joined when, after a life like that of a real one.

2 000 people join one by one, 10 000 turns follow in any order, then the nightly purge. Printed is
Spearman's rank correlation of the order of joining with the order in which the rows lie: 0 tells
nothing, 1 tells all. By chance alone it is 0.02 away from 0 for so many people.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import psycopg

from storage.sessions import SqlSessions
from storage.tables import row_number
from tests.bench.page_order import newest_place, places, rank_correlation
from tests.support.storage import a_person, step

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from conversations.person import Person

PEOPLE, TURNS, TOGETHER = 2_000, 10_000, 16
CROWD = [a_person(f"joiner {number}") for number in range(PEOPLE)]
ORDER = [row_number(person.home.locator) for person in CROWD]


async def a_life(url: str) -> None:
    """Everybody joins, comes back at random, and the night falls."""
    sessions = SqlSessions(url)
    for person in CROWD:
        await sessions.visit(person, step)
    chance = random.Random(1)
    for _ in range(TURNS // TOGETHER):
        crowd: list[Person] = chance.choices(CROWD, k=TOGETHER)
        await asyncio.gather(*(sessions.visit(person, step) for person in crowd))
    await sessions.purge(0)
    await sessions.close()


async def test_sqlite_keeps_nothing_of_the_order_of_joining(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_life(f"sqlite:///{tmp_path}/luwte.db")

    found = places(tmp_path / "luwte.db")
    pages = {k: (page, 0) for k, (page, _) in found.items()}
    by_page, by_place = rank_correlation(ORDER, pages), rank_correlation(ORDER, found)
    newest = newest_place(ORDER, found)
    with capsys.disabled():
        print(f"\nSQLite: page {by_page:+.3f}, place {by_place:+.3f}, newest 5 % at {newest:.2f}")

    assert set(found) == set(ORDER)
    assert abs(by_page) <= 0.05
    assert abs(by_place) <= 0.05


async def test_postgresql_keeps_an_order_that_the_documents_own_up_to(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_life(postgres_url)

    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        rows = connection.execute("SELECT k FROM person ORDER BY ctid").fetchall()
        by_xmin = connection.execute("SELECT k FROM person ORDER BY xmin::text::bigint").fetchall()
    figures = [
        rank_correlation(ORDER, {k: (place, 0) for place, (k,) in enumerate(each)})
        for each in (rows, by_xmin)
    ]
    with capsys.disabled():
        print("\nPostgreSQL: ctid {:+.3f}, xmin {:+.3f}".format(*figures))

    assert len(rows) == PEOPLE
