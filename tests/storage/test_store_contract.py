"""What every store of sessions promises, on memory, SQLite and PostgreSQL alike."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from conversations.errors import StoreError
from conversations.person import Person
from conversations.session import ROOM, Answer, encode
from conversations.turn import Turn
from storage.memory import MemorySessions
from storage.sealing import seal
from storage.sessions import SqlSessions
from tests.support.storage import (
    NOW,
    Gate,
    MemoryTable,
    SqlTable,
    a_person,
    a_place,
    a_session,
    forget,
    keep,
    look,
    step,
    stumble,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    Store = MemorySessions | SqlSessions
    Table = MemoryTable | SqlTable

ANNA, BRAM = a_person("anna"), a_person("bram")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    if request.param == "memory":
        return None
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
async def store(where: str | None) -> AsyncIterator[Store]:
    made = MemorySessions() if where is None else SqlSessions(where)
    yield made
    await made.close()


@pytest.fixture
def table(where: str | None, store: Store) -> Table:
    if isinstance(store, MemorySessions):
        return MemoryTable(store)
    assert where is not None
    return SqlTable(where)


async def together(store: Store, *visits: tuple[object, object]) -> list[object]:
    """The outcomes of visits that arrive while the store is busy, so that they share a commit."""
    gate = Gate()
    if isinstance(store, MemorySessions):
        gate.open()
    first = asyncio.ensure_future(store.visit(a_person("gatekeeper"), gate))
    await asyncio.to_thread(gate.reached.wait, 10)
    rest = [asyncio.ensure_future(store.visit(*visit)) for visit in visits]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    gate.open()
    await first
    return list(await asyncio.gather(*rest, return_exceptions=True))


async def seen(store: Store, person: object = ANNA) -> int | None:
    """The number of the question where this person is; None without a row."""
    turn = await store.visit(person, look)  # type: ignore[arg-type]
    return None if turn.session is None else turn.session.turn


def only_home(name: str) -> Person:
    """Somebody as a process sees them that has not noticed the earlier months."""
    return Person(a_place(name), (a_place(name),))


async def test_somebody_new_has_no_session(store: Store) -> None:
    turn = await store.visit(ANNA, look)

    assert turn.session is None


async def test_what_was_written_is_read_back(store: Store) -> None:
    session = a_session(3, slots={"check.energy": Answer(words="Moe, maar ook opgelucht ☀")})

    await store.visit(ANNA, keep(session))

    assert (await store.visit(ANNA, look)).session == session
    assert (await store.visit(BRAM, look)).session is None


async def test_a_turn_comes_back_as_it_was_taken(store: Store) -> None:
    turn = Turn(session=a_session(), fate="write", language="en", says=("Hello.",))

    assert await store.visit(ANNA, lambda _: turn) == turn


async def test_leaving_writes_nothing_and_moves_nothing(store: Store, table: Table) -> None:
    await store.visit(ANNA, keep(a_session()))
    before = table.rows()

    await store.visit(a_person("anna", NOW + 1), look)
    await store.visit(BRAM, look)

    assert table.rows() == before


async def test_every_write_is_new_bytes_of_one_length(store: Store, table: Table) -> None:
    words = "x" * (ROOM - len(encode(a_session(slots={"a.b": Answer(words="")}))))
    full = a_session(slots={"a.b": Answer(words=words)})
    assert len(encode(full)) == ROOM

    await store.visit(ANNA, keep(a_session()))
    await store.visit(BRAM, keep(full))
    (first,) = [row for row in table.rows() if row.locator == ANNA.home.locator]
    await store.visit(ANNA, keep(a_session()))
    (second,) = [row for row in table.rows() if row.locator == ANNA.home.locator]

    assert {len(row.sealed) for row in table.rows()} == {8221}
    assert second.sealed[1:] != first.sealed[1:]
    assert second.version == first.version + 1


async def test_a_session_that_is_too_long_is_not_kept(store: Store) -> None:
    await store.visit(ANNA, keep(a_session(1)))

    with pytest.raises(StoreError, match=r"^too_long$"):
        await store.visit(ANNA, keep(a_session(2, slots={"a.b": Answer(words="x" * ROOM)})))

    assert await seen(store) == 1


async def test_a_turn_that_writes_no_session_is_refused(store: Store, table: Table) -> None:
    with pytest.raises(StoreError, match=r"^no_session$"):
        await store.visit(ANNA, lambda _: Turn(session=None, fate="write", language="nl"))

    assert table.rows() == []


async def test_a_row_tells_its_last_week_and_nothing_else_about_the_session(
    store: Store, table: Table
) -> None:
    await store.visit(ANNA, keep(a_session(expires=2981)))

    (row,) = table.rows()
    assert (row.epoch, row.expires_week, row.locator) == (NOW, 2981, ANNA.home.locator)


async def test_forgetting_erases_every_row_of_the_person(store: Store, table: Table) -> None:
    await store.visit(a_person("anna", NOW - 2), keep(a_session()))
    await store.visit(BRAM, keep(a_session()))

    await store.visit(ANNA, forget)
    await store.visit(ANNA, forget)

    assert [row.locator for row in table.rows()] == [BRAM.home.locator]
    assert await seen(store) is None


async def test_after_forgetting_one_begins_anew(store: Store) -> None:
    await together(store, (ANNA, step), (ANNA, step), (ANNA, forget), (ANNA, step))

    assert await seen(store) == 1


async def test_an_old_row_moves_home_at_the_next_write(store: Store, table: Table) -> None:
    await store.visit(a_person("anna", NOW - 3), keep(a_session(7)))
    (old,) = table.rows()

    await store.visit(ANNA, step)

    (row,) = table.rows()
    assert (row.locator, row.epoch) == (ANNA.home.locator, NOW)
    assert row.locator != old.locator
    assert await seen(store) == 8


async def test_a_row_is_never_moved_back(store: Store, table: Table) -> None:
    await store.visit(a_person("anna", NOW + 1), keep(a_session(7)))

    await store.visit(a_person("anna", NOW, newer=True), step)

    (row,) = table.rows()
    assert row.epoch == NOW + 1
    assert await seen(store, a_person("anna", NOW + 1)) == 8


async def test_of_two_rows_the_newer_counts_and_the_older_goes(store: Store, table: Table) -> None:
    await store.visit(a_person("anna", NOW - 1), keep(a_session(5)))
    await store.visit(only_home("anna"), keep(a_session(2)))
    assert len(table.rows()) == 2

    await store.visit(ANNA, step)

    (row,) = table.rows()
    assert row.epoch == NOW
    assert await seen(store) == 3


async def test_a_row_older_than_three_months_is_out_of_reach(store: Store) -> None:
    await store.visit(a_person("anna", NOW - 4), keep(a_session()))

    assert await seen(store) is None


async def test_turns_of_one_person_that_arrive_together_follow_each_other(store: Store) -> None:
    await together(store, *[(ANNA, step)] * 12)

    assert await seen(store) == 12


async def test_a_failing_turn_fails_alone(store: Store) -> None:
    outcomes = await together(store, (ANNA, step), (BRAM, stumble), (ANNA, stumble), (ANNA, step))

    assert [type(outcome) for outcome in outcomes] == [Turn, StoreError, StoreError, Turn]
    assert (await seen(store, ANNA), await seen(store, BRAM)) == (2, None)


async def test_a_failure_tells_its_class_and_nothing_of_its_words(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        await store.visit(ANNA, stumble)

    assert caught.value.args == ("LookupError",)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("column", ["sealed", "version", "epoch"])
async def test_a_row_that_was_tampered_with_fails_alone_and_is_kept(
    store: Store, table: Table, column: str
) -> None:
    await store.visit(ANNA, keep(a_session()))
    (row,) = table.rows()
    changed = {"sealed": row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])}
    changed |= {"version": row.version + 1, "epoch": row.epoch - 1}  # type: ignore[dict-item]
    table.change(row.locator, **{column: changed[column]})
    tampered = table.rows()

    outcomes = await together(store, (BRAM, step), (ANNA, step))

    assert [str(outcome) for outcome in outcomes] == ["<turn write>", "unopened"]
    assert tampered[0] in table.rows()


def ask(says: str = "shut") -> Turn:
    """What is said in place of a turn where the row does not open."""
    return Turn(session=None, fate="leave", language="nl", says=(says,))


async def test_somebody_whose_row_does_not_open_is_told_and_the_row_stays(
    store: Store, table: Table
) -> None:
    await store.visit(ANNA, keep(a_session()))
    table.change(ANNA.home.locator, sealed=bytes(8221))
    before = table.rows()

    turn = await store.visit(ANNA, step, ask)

    assert turn.says == ("shut",)
    assert table.rows() == before


async def test_somebody_whose_row_does_not_open_can_have_it_erased_and_begins_anew(
    store: Store, table: Table
) -> None:
    await store.visit(a_person("anna", NOW - 1), keep(a_session()))
    (row,) = table.rows()
    table.change(row.locator, version=row.version + 1)

    await store.visit(ANNA, step, partial(forget, None))

    assert table.rows() == []
    await store.visit(ANNA, step, ask)
    assert await seen(store) == 1


async def test_a_row_that_does_not_open_is_never_written_over(store: Store, table: Table) -> None:
    await store.visit(ANNA, keep(a_session()))
    table.change(ANNA.home.locator, sealed=bytes(8221))
    before = table.rows()

    with pytest.raises(StoreError, match=r"^overwrites$"):
        await store.visit(ANNA, step, partial(step, None))

    assert table.rows() == before


async def test_a_shut_row_goes_in_its_week_like_any_other(store: Store, table: Table) -> None:
    await store.visit(ANNA, keep(a_session(expires=2970)))
    table.change(ANNA.home.locator, sealed=bytes(8221))
    await store.visit(ANNA, step, ask)

    assert await store.purge(2971) == 1
    assert table.rows() == []


async def test_a_row_of_a_newer_version_of_this_program_is_not_read_as_something_else(
    store: Store, table: Table
) -> None:
    await store.visit(ANNA, keep(a_session()))
    (row,) = table.rows()
    newer = encode(a_session()).replace(b'"format":1', b'"format":99')
    table.change(row.locator, sealed=seal(ANNA.home, row.version, newer))

    assert (await store.visit(ANNA, step, ask)).says == ("shut",)


async def test_a_row_cannot_be_put_in_another_persons_place(store: Store, table: Table) -> None:
    await store.visit(ANNA, keep(a_session()))
    await store.visit(BRAM, keep(a_session()))
    anna = next(row for row in table.rows() if row.locator == ANNA.home.locator)
    table.change(BRAM.home.locator, sealed=anna.sealed, version=anna.version)

    with pytest.raises(StoreError, match=r"^unopened$"):
        await store.visit(BRAM, look)


async def test_a_refused_row_leaves_no_key_in_the_traceback(store: Store, table: Table) -> None:
    await store.visit(ANNA, keep(a_session()))
    table.change(ANNA.home.locator, sealed=bytes(8221))

    with pytest.raises(StoreError) as caught:
        await store.visit(ANNA, look)

    held = [value for frame in caught.traceback for value in frame.locals.values()]
    assert ANNA.home not in held
    assert ANNA.home.key not in held


async def test_the_purge_erases_what_is_past_its_week_only(store: Store, table: Table) -> None:
    weeks = [2970, 2971, 2972, 2973]
    for week in weeks:
        await store.visit(a_person(f"week {week}"), keep(a_session(expires=week)))

    assert await store.purge(2972) == 2
    assert sorted(row.expires_week for row in table.rows()) == [2972, 2973]
    assert await store.purge(2972) == 0


async def test_three_hundred_people_at_once_each_get_their_own(store: Store) -> None:
    people = [a_person(f"person {number}") for number in range(300)]
    sessions = [a_session(number) for number in range(300)]

    await asyncio.gather(
        *(store.visit(who, keep(what)) for who, what in zip(people, sessions, strict=True))
    )

    turns = await asyncio.gather(*(store.visit(who, look) for who in people))
    assert [turn.session for turn in turns] == sessions


async def test_two_stores_on_one_database_lose_no_turn(url: str) -> None:
    first, second = SqlSessions(url), SqlSessions(url)

    await asyncio.gather(*(store.visit(ANNA, step) for store in [first, second] * 20))

    assert await seen(first) == await seen(second) == 40
    await asyncio.gather(first.close(), second.close())


async def test_what_was_written_outlives_the_process(url: str) -> None:
    first = SqlSessions(url)
    await first.visit(ANNA, keep(a_session(4)))
    await first.close()

    second = SqlSessions(url)
    assert await seen(second) == 4
    await second.close()


async def test_closing_keeps_what_waits_and_then_refuses(url: str) -> None:
    store, gate = SqlSessions(url), Gate()
    waiting = [store.visit(a_person("gatekeeper"), gate), store.visit(ANNA, step)]

    closing = asyncio.ensure_future(store.close())
    gate.open()
    await closing

    assert [turn.fate for turn in await asyncio.gather(*waiting)] == ["leave", "write"]
    with pytest.raises(StoreError, match=r"^closed$"):
        store.visit(ANNA, step)
    await store.close()


async def test_a_visitor_who_left_does_not_disturb_the_others(url: str) -> None:
    store, gate = SqlSessions(url), Gate()
    first = store.visit(a_person("gatekeeper"), gate)
    gone, there = store.visit(ANNA, step), store.visit(BRAM, step)

    gone.cancel()
    gate.open()
    await first

    assert (await there).fate == "write"
    await store.close()


async def test_a_row_that_moves_behind_a_lock_is_one_row_that_tells_nothing_of_the_other(
    store: Store, table: Table
) -> None:
    for person in (ANNA, BRAM):
        await store.visit(person, keep(a_session()))
    (before,) = [row for row in table.rows() if row.locator == ANNA.home.locator]
    behind = a_place("anna behind a lock")

    await store.visit(Person(home=behind, places=ANNA.places), step)

    after = {row.locator: row for row in table.rows()}
    assert after.keys() == {behind.locator, BRAM.home.locator}
    moved = after[behind.locator]
    assert abs(moved.version - before.version) > 1_000
    assert len(moved.sealed) == len(before.sealed)
    assert moved.epoch == before.epoch


async def test_places_beside_go_when_everything_is_erased_and_are_never_read_or_overwritten(
    store: Store, table: Table
) -> None:
    behind = a_place("anna behind a lock")
    opened = Person(home=behind, places=(behind,), beside=ANNA.places)
    await store.visit(ANNA, keep(a_session(7)))
    await store.visit(opened, keep(a_session(3)))

    seen = await store.visit(opened, step)
    assert seen.session is not None
    assert seen.session.turn == 4
    other = await store.visit(ANNA, look)
    assert other.session is not None
    assert other.session.turn == 7

    await store.visit(opened, forget)
    assert table.rows() == []


async def test_a_place_beside_is_erased_also_where_nothing_else_is(
    store: Store, table: Table
) -> None:
    behind = a_place("anna behind a lock")
    await store.visit(ANNA, keep(a_session()))

    await store.visit(Person(home=behind, places=(behind,), beside=ANNA.places), forget)

    assert table.rows() == []
