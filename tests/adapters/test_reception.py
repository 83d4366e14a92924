"""One turn at a time for each person, and no event answered twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from adapters import inturn
from adapters.identity import PlatformId
from adapters.incoming import BusyError, Incoming, StrangerError, week
from adapters.reception import Reception
from conversations.errors import StoreError
from conversations.organisation import Organisation
from conversations.person import Person, Place
from tests.support import content
from tests.support.locks import QuickLocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.session import Session
    from conversations.turn import Turn

NOW = 1_795_000_000.0
ANNA = PlatformId("slack", "TEXAMPLE", "UANNA")
BRAM = PlatformId("slack", "TEXAMPLE", "UBRAM")


class FakeIdentities:
    def identify(self, platform: str, tenant: str, user: str) -> Person:
        name = f"{platform}{tenant}{user}".encode()
        place = Place(683, name[-16:].rjust(16), bytes(32))
        return Person(place, (place,))


class FakeSessions:
    """Keeps sessions in a dictionary; can be told to be slow or to fail."""

    def __init__(self) -> None:
        self.kept: dict[bytes, Session] = {}
        self.visits = 0
        self.gate: asyncio.Event | None = None
        self.broken = False
        self.both = asyncio.Event()

    async def visit(
        self,
        person: Person,
        take: Callable[[Session | None], Turn],
        shut: Callable[[], Turn] | None = None,
        origin: object = None,
    ) -> Turn:
        self.visits += 1
        if self.visits == 2:
            self.both.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise StoreError("OperationalError")
        turn = take(self.kept.get(person.home.locator))
        if turn.fate == "write" and turn.session is not None:
            self.kept[person.home.locator] = turn.session
        return turn

    async def purge(self, week: int) -> int:
        return week * 0


@pytest.fixture
def sessions() -> FakeSessions:
    return FakeSessions()


@pytest.fixture
def here(sessions: FakeSessions) -> Reception:
    identities = FakeIdentities()
    return Reception(
        identities=identities,
        locks=QuickLocks(identities, lambda: NOW),
        sessions=sessions,
        scripts=content.scripts(),
        organisations={("slack", "TEXAMPLE"): Organisation("example", "bureau")},
        clock=lambda: NOW,
    )


async def begin(here: Reception, who: PlatformId = ANNA) -> None:
    for step in ("start", "4", "walk"):
        opened = await here.take(who, Incoming(language="nl"))
        token = opened.turn.prompt.token if opened.turn.prompt else None
        if step == "4":
            token = "new.nl.clarity_before"
        await here.take(who, Incoming(pressed=step, token=token, language="nl"))


async def test_an_organisation_that_is_not_ours_is_refused(here: Reception) -> None:
    with pytest.raises(StrangerError):
        await here.take(PlatformId("slack", "TOTHER", "UANNA"), Incoming(said="hi"))


async def test_the_same_event_twice_at_once_is_one_turn(
    here: Reception, sessions: FakeSessions
) -> None:
    incoming = Incoming(said="hallo", event="Ev1", language="nl")

    first, second = await asyncio.gather(here.take(ANNA, incoming), here.take(ANNA, incoming))

    assert (first.again, second.again) == (False, True)
    assert sessions.visits == 1


async def test_one_event_id_of_two_people_is_two_turns(
    here: Reception, sessions: FakeSessions
) -> None:
    incoming = Incoming(said="hallo", event="Ev1", language="nl")

    taken = await asyncio.gather(here.take(ANNA, incoming), here.take(BRAM, incoming))

    assert [each.again for each in taken] == [False, False]
    assert sessions.visits == 2


async def test_a_second_turn_of_a_person_waits_and_then_gives_up(
    here: Reception, sessions: FakeSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inturn, "PATIENCE", 0.01)
    sessions.gate = asyncio.Event()
    first = asyncio.create_task(here.take(ANNA, Incoming(said="hallo", event="Ev1")))
    await asyncio.sleep(0)

    with pytest.raises(BusyError):
        await here.take(ANNA, Incoming(said="hallo", event="Ev2"))

    sessions.gate.set()
    assert not (await first).again


async def test_somebody_else_never_waits(here: Reception, sessions: FakeSessions) -> None:
    sessions.gate = asyncio.Event()
    both = asyncio.gather(
        here.take(ANNA, Incoming(said="hallo")), here.take(BRAM, Incoming(said="hallo"))
    )
    async with asyncio.timeout(5):
        await sessions.both.wait()

    sessions.gate.set()
    assert len(await both) == 2


async def test_a_failed_turn_can_be_tried_again_with_the_same_event(
    here: Reception, sessions: FakeSessions
) -> None:
    sessions.broken = True
    with pytest.raises(StoreError):
        await here.take(ANNA, Incoming(said="hallo", event="Ev1"))

    sessions.broken = False
    assert not (await here.take(ANNA, Incoming(said="hallo", event="Ev1"))).again


async def test_words_that_ask_for_the_help_card_get_it_even_when_nothing_can_be_kept(
    here: Reception, sessions: FakeSessions
) -> None:
    sessions.broken = True

    taken = await here.take(ANNA, Incoming(said="ik wil dood", event="Ev1", language="nl"))

    assert taken.turn.says[0] == "crisis_intro nl"
    assert any("112" in line for line in taken.turn.says)


async def test_typed_words_find_the_question_of_somebody_without_a_row(here: Reception) -> None:
    first = await here.take(ANNA, Incoming(pressed="nl"))
    assert first.turn.prompt is not None
    await here.take(ANNA, Incoming(pressed="start", token=first.turn.prompt.token))

    answered = await here.take(ANNA, Incoming(said="4"))

    assert answered.turn.says[0] == "first_kept nl"


async def test_words_sent_before_the_open_question_join_the_answer_before_it(
    here: Reception, sessions: FakeSessions
) -> None:
    await begin(here)
    await here.take(ANNA, Incoming(said="langs de zee", sent_at=NOW))

    late = await here.take(ANNA, Incoming(said="en door de duinen", sent_at=NOW - 0.5))
    next_one = await here.take(ANNA, Incoming(said="7", sent_at=NOW + 0.5))

    assert late.turn.says == ("joined nl",)
    assert next_one.turn.says != ("joined nl",)
    session = next(iter(sessions.kept.values()))
    assert session.slots["walk.where"].words == "langs de zee\nen door de duinen"


async def test_no_lock_outlives_its_turn(here: Reception) -> None:
    await asyncio.gather(*(here.take(ANNA, Incoming(said="hallo")) for _ in range(5)))

    assert here._in_turn._locks == {}


@pytest.mark.parametrize(
    ("seconds", "number"), [(0, 0), (4 * 86_400 - 1, 0), (4 * 86_400, 1), (NOW, 2968)]
)
def test_weeks_begin_on_monday(seconds: float, number: int) -> None:
    assert week(seconds) == number


def test_ids_and_replies_never_print_what_they_hold() -> None:
    shown = f"{ANNA} {ANNA!r} {Incoming(said='geheim')} {[Incoming(said='geheim')]}"

    assert "UANNA" not in shown
    assert "geheim" not in shown
