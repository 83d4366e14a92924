"""A lock: with it, database, keys and staff list together open nothing, and tell nothing."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

import pytest

from conversations.passphrase import COUNT, SYMBOLS
from conversations.person import Person
from conversations.ports import NOTE, Opened
from storage import lock, tickets
from storage.identities import Identities
from storage.keys import place_of
from storage.lock import Locks
from storage.memory import MemorySessions
from storage.root import HeldRootKey
from tests.support.storage import Clock, a_session, keep, look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = HeldRootKey(bytes(range(32)))
NOVEMBER, DECEMBER = 1_795_521_600.0, 1_796_083_200.0
ANNA, BRAM = ("slack", "TEXAMPLE", "UANNA"), ("slack", "TEXAMPLE", "UBRAM")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOVEMBER)


@pytest.fixture
def identities(tmp_path: Path, clock: Clock) -> Identities:
    return Identities(ROOT, tmp_path, clock)


@pytest.fixture
def locks(identities: Identities, clock: Clock) -> Iterator[Locks]:
    made = Locks(identities, clock)
    yield made
    made.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id as small as it goes, where its cost is not the question."""
    monkeypatch.setattr(lock, "MEMORY_KIB", 8)
    monkeypatch.setattr(lock, "PASSES", 1)


async def opened(locks: Locks, who: tuple[str, str, str], code: str) -> Opened:
    found = await locks.unlock(*who, code)
    assert found is not None
    return found


def test_a_code_always_leads_to_the_same_place() -> None:
    """A fixed vector: when this fails, every locked row that exists is out of reach."""
    key = lock.stretched(bytes(range(32)), "7k2m9xqa0v3tf")
    place = place_of(lock.behind(bytes(range(32)), key), 682)

    assert key.hex() == "5e3e7a7e3aaec1e71804c4fa42622953c97f21f5cb63e22dc9eae8ace0dc0c14"
    assert place.locator.hex() == "c6f163bf4eb953aac9497fb8b0361afd"


def test_the_derivation_is_as_slow_as_the_design_says() -> None:
    assert (lock.MEMORY_KIB, lock.PASSES, lock.LANES, lock.TOGETHER) == (65_536, 3, 1, 2)


def test_codes_are_made_of_thirteen_symbols_by_chance(locks: Locks) -> None:
    codes = {locks.propose(*ANNA)[0] for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == COUNT and set(code) <= set(SYMBOLS) for code in codes)
    assert set("".join(codes)) == set(SYMBOLS)


@pytest.mark.usefixtures("quick")
async def test_the_same_code_leads_to_other_places_for_each_person_and_code(locks: Locks) -> None:
    code, other = locks.propose(*ANNA)[0], locks.propose(*ANNA)[0]
    places = [
        (await opened(locks, who, each)).person.home.locator
        for who in (ANNA, BRAM)
        for each in (code, other)
    ]

    assert len(set(places)) == 4
    assert (await opened(locks, ANNA, code)).person.home.locator == places[0]


async def test_what_cannot_be_a_code_of_ours_costs_no_derivation(locks: Locks) -> None:
    assert await locks.unlock(*ANNA, "x" * 100_000) is None
    assert await locks.unlock(*ANNA, "hunter2") is None


@pytest.mark.usefixtures("quick")
async def test_holders_of_all_keys_and_the_staff_list_open_every_row_and_no_locked_one(
    locks: Locks, identities: Identities
) -> None:
    store, staff = MemorySessions(), [("slack", "TEXAMPLE", f"U{number}") for number in range(20)]
    for who in staff:
        await store.visit(identities.identify(*who), keep(a_session()))
    assert [await _opens(store, identities.identify(*who)) for who in staff] == [True] * 20
    before = set(store.rows)
    for who in staff[:10]:
        behind = (await opened(locks, who, locks.propose(*who)[0])).person
        moving = Person(home=behind.home, places=identities.identify(*who).places)
        await store.visit(moving, keep(a_session()))

    found = [await _opens(store, identities.identify(*who)) for who in staff]

    assert found == [False] * 10 + [True] * 10
    assert len(store.rows) == 20
    assert len(store.rows.keys() - before) == 10


@pytest.mark.usefixtures("quick")
async def test_a_locked_row_looks_like_any_other(locks: Locks, identities: Identities) -> None:
    store = MemorySessions()
    await store.visit(identities.identify(*BRAM), keep(a_session()))
    behind = (await opened(locks, ANNA, locks.propose(*ANNA)[0])).person
    await store.visit(behind, keep(a_session()))

    one, other = store.rows.values()
    assert (one.epoch, one.expires_week, len(one.sealed)) == (
        other.epoch,
        other.expires_week,
        len(other.sealed),
    )


@pytest.mark.usefixtures("quick")
async def test_a_row_behind_a_lock_is_found_in_the_next_month_and_dies_with_its_secret(
    locks: Locks, clock: Clock, tmp_path: Path
) -> None:
    store, code = MemorySessions(), locks.propose(*ANNA)[0]
    await store.visit((await opened(locks, ANNA, code)).person, keep(a_session()))
    november = _only_file(tmp_path)

    clock.seconds = DECEMBER
    later = (await opened(locks, ANNA, code)).person
    assert len(later.places) == 2
    assert await _opens(store, later)
    november.unlink()
    clock.seconds += 120

    assert not await _opens(store, (await opened(locks, ANNA, code)).person)


@pytest.mark.usefixtures("quick")
async def test_erasing_with_an_open_lock_reaches_the_places_before_it(
    locks: Locks, identities: Identities
) -> None:
    behind = (await opened(locks, ANNA, locks.propose(*ANNA)[0])).person

    assert behind.beside == identities.identify(*ANNA).places
    assert not {place.locator for place in behind.places} & {
        place.locator for place in behind.beside
    }


@pytest.mark.usefixtures("quick")
async def test_a_ticket_is_good_for_a_quarter_of_an_hour_after_each_use_and_for_an_hour_in_all(
    locks: Locks, clock: Clock
) -> None:
    first = await opened(locks, ANNA, locks.propose(*ANNA)[0])
    clock.seconds += 899
    second = locks.opened(*ANNA, first.ticket)
    assert second is not None
    assert second.person == first.person
    clock.seconds += 1
    assert locks.opened(*ANNA, first.ticket) is None

    ticket = second.ticket
    for _ in range(3):
        clock.seconds += 800
        renewed = locks.opened(*ANNA, ticket)
        assert renewed is not None
        ticket = renewed.ticket
    clock.seconds = NOVEMBER + 3_599
    assert locks.opened(*ANNA, ticket) is not None
    clock.seconds = NOVEMBER + 3_600
    assert locks.opened(*ANNA, ticket) is None


@pytest.mark.usefixtures("quick")
async def test_a_ticket_is_of_use_to_nobody_else_and_bears_no_change(locks: Locks) -> None:
    ticket = (await opened(locks, ANNA, locks.propose(*ANNA)[0])).ticket
    data = bytearray(base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4)))
    changed = []
    for place in (0, 5, 20, 40, len(data) - 1):
        data[place] ^= 1
        changed.append(base64.urlsafe_b64encode(bytes(data)).decode().rstrip("="))
        data[place] ^= 1
    nonsense = ["", "a", "é", "x" * 500, "====", ticket[:-4], NOTE]

    assert locks.opened(*BRAM, ticket) is None
    assert [each for each in (*changed, *nonsense) if locks.opened(*ANNA, each)] == []
    assert locks.opened(*ANNA, ticket) is not None


@pytest.mark.usefixtures("quick")
async def test_a_ticket_fits_into_a_window_at_all_times(
    locks: Locks, clock: Clock, identities: Identities
) -> None:
    for month in range(5):
        clock.seconds = NOVEMBER + month * 30.5 * 86_400
        identities.identify(*ANNA)
    found = await opened(locks, ANNA, locks.propose(*ANNA)[0])

    assert len(found.person.places) == 4
    assert len(found.ticket) < tickets.CHARACTERS


def test_a_note_holds_the_code_for_this_person_and_a_quarter_of_an_hour(
    locks: Locks, clock: Clock
) -> None:
    code, note = locks.propose(*ANNA)

    assert code not in note
    assert locks.proposed(*ANNA, note) == code
    assert locks.proposed(*BRAM, note) is None
    assert locks.opened(*ANNA, note.removeprefix(NOTE)) is None
    clock.seconds += 900
    assert locks.proposed(*ANNA, note) is None


@pytest.mark.usefixtures("quick")
async def test_a_ticket_is_no_note(locks: Locks) -> None:
    ticket = (await opened(locks, ANNA, locks.propose(*ANNA)[0])).ticket

    assert locks.proposed(*ANNA, NOTE + ticket) is None


@pytest.mark.usefixtures("quick")
async def test_another_root_key_opens_no_ticket(locks: Locks, tmp_path: Path, clock: Clock) -> None:
    ticket = (await opened(locks, ANNA, locks.propose(*ANNA)[0])).ticket
    other = Locks(Identities(HeldRootKey(bytes(32)), tmp_path / "other", clock), clock)

    assert other.opened(*ANNA, ticket) is None
    other.close()


async def test_others_go_on_while_a_code_is_tried(locks: Locks) -> None:
    """The derivation lets go of the interpreter: the loop turns many times before it is done."""
    trying = asyncio.ensure_future(locks.unlock(*ANNA, locks.propose(*ANNA)[0]))
    turns = 0
    while not trying.done():
        turns += 1
        await asyncio.sleep(0)

    assert await trying is not None
    assert turns > 100


@pytest.mark.usefixtures("quick")
async def test_nothing_of_a_code_or_a_key_stays_in_the_locks(locks: Locks) -> None:
    code = locks.propose(*ANNA)[0]
    found = await opened(locks, ANNA, code)
    locks.opened(*ANNA, found.ticket)

    held = {name: repr(vars(value)) for name, value in _inside(locks)}
    assert code not in str(held)
    assert repr(found) == "<opened>"
    assert found.person.home.key.hex() not in str(held)


def _inside(value: object) -> Iterator[tuple[str, object]]:
    for name, part in vars(value).items():
        if hasattr(part, "__dict__"):
            yield name, part


def _only_file(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


async def _opens(store: MemorySessions, person: Person) -> bool:
    return (await store.visit(person, look)).session is not None
