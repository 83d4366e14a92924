"""A passphrase on its way through the reception: set, opened, mistaken, forgotten; kept nowhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from adapters.attempts import ATTEMPTS
from adapters.identity import PlatformId
from adapters.incoming import BusyError, Incoming, Taken, stays
from adapters.reception import Reception
from conversations.organisation import Organisation
from conversations.person import Person, Place
from conversations.tokens import UNKNOWN
from storage.memory import MemorySessions
from tests.support import content
from tests.support.locks import CODE, WRONG, QuickLocks
from tests.support.storage import Clock

if TYPE_CHECKING:
    from conversations.ports import Opened
    from conversations.turn import Turn

ANNA = PlatformId("slack", "TEXAMPLE", "UANNA")
BRAM = PlatformId("slack", "TEXAMPLE", "UBRAM")
NOW = 1_795_521_600.0


class Known:
    def identify(self, platform: str, tenant: str, user: str) -> Person:
        name = f"{platform}{tenant}{user}".encode()
        place = Place(682, name[-16:].rjust(16), bytes(32))
        return Person(place, (place,))


@dataclass
class House:
    """A reception with all that stands behind it, and somebody who talks to it."""

    clock: Clock = field(default_factory=lambda: Clock(NOW))
    sessions: MemorySessions = field(default_factory=MemorySessions)
    locks: QuickLocks = field(init=False)
    reception: Reception = field(init=False)
    ticket: str | None = None

    def __post_init__(self) -> None:
        self.locks = QuickLocks(Known(), self.clock)
        self.reception = Reception(
            identities=Known(),
            locks=self.locks,
            sessions=self.sessions,
            scripts=content.scripts(),
            organisations={("slack", "TEXAMPLE"): Organisation("example", "employer")},
            clock=self.clock,
        )

    async def taken(self, incoming: Incoming, who: PlatformId = ANNA) -> Taken:
        return await self.reception.take(who, incoming)

    async def press(self, name: str, ticket: str | None = None, who: PlatformId = ANNA) -> Turn:
        incoming = Incoming(pressed=name, language="nl", ticket=ticket)
        return (await self.taken(incoming, who)).turn

    async def say(self, words: str, ticket: str | None = None) -> Turn:
        return (await self.taken(Incoming(said=words, language="nl", ticket=ticket))).turn

    async def enter(self, code: str, ticket: str | None = None, who: PlatformId = ANNA) -> Turn:
        incoming = Incoming(secret=code, token="new.nl.promise", language="nl", ticket=ticket)
        return (await self.taken(incoming, who)).turn

    async def begin(self, who: PlatformId = ANNA) -> None:
        for name in ("start", "4", "walk"):
            await self.press(name, who=who)

    async def lock(self) -> str:
        """Begin and set a lock; the ticket of its window."""
        await self.begin()
        await self.press("lock")
        proposed = await self.press("lock_yes")
        turn = await self.enter(CODE, proposed.ticket)
        assert turn.ticket is not None
        return turn.ticket


@pytest.fixture
def house() -> House:
    return House()


async def test_a_code_is_proposed_typed_back_and_then_the_lock_closes(house: House) -> None:
    await house.begin()
    await house.press("lock")
    proposed = await house.press("lock_yes")
    assert proposed.sheet is not None
    assert proposed.sheet.lines[0].words == "7k2m-9xqa0-v3tf"
    rows = set(house.sessions.rows)

    turn = await house.enter("7K2M 9XQAO V3TF", proposed.ticket)

    assert turn.says == ("lock_locked nl",)
    assert turn.session is not None
    assert turn.session.locked
    assert len(house.sessions.rows) == 1
    assert not rows & set(house.sessions.rows)


async def test_a_slip_shows_the_same_code_once_more_and_locks_nothing(house: House) -> None:
    await house.begin()
    await house.press("lock")
    proposed = await house.press("lock_yes")
    rows = set(house.sessions.rows)

    turn = await house.enter(WRONG, proposed.ticket)

    assert turn.says == ("lock_mistyped nl",)
    assert turn.ticket == proposed.ticket
    assert turn.sheet is not None
    assert turn.sheet.lines[0].words == "7k2m-9xqa0-v3tf"
    assert set(house.sessions.rows) == rows
    assert house.locks.derived == 0


async def test_a_code_that_was_proposed_too_long_ago_is_replaced(house: House) -> None:
    await house.begin()
    await house.press("lock")
    proposed = await house.press("lock_yes")
    house.clock.seconds += 900

    turn = await house.enter(CODE, proposed.ticket)

    assert turn.says == ("lock_too_late nl",)
    assert turn.sheet is not None
    assert turn.ticket not in (None, proposed.ticket)


async def test_while_locked_nothing_is_known_of_the_person(house: House) -> None:
    await house.lock()

    turn = await house.say("hallo")

    assert turn.session is None
    assert turn.prompt is not None
    assert turn.prompt.token.startswith("new.")


async def test_the_right_code_leads_back_to_where_they_were(house: House) -> None:
    await house.lock()

    turn = await house.enter(CODE)

    assert turn.says[0] == "lock_opened nl"
    assert turn.session is not None
    assert turn.session.at.script == "walk"
    assert turn.ticket is not None
    assert stays(turn, Incoming())


async def test_with_the_ticket_the_conversation_goes_on_behind_the_lock(house: House) -> None:
    ticket = await house.lock()
    rows = set(house.sessions.rows)

    turn = await house.press("wood", ticket)

    assert turn.session is not None
    assert turn.session.locked
    assert turn.session.at.step == "often"
    assert turn.ticket is not None
    assert set(house.sessions.rows) == rows


async def test_a_wrong_code_and_somebody_without_a_lock_are_told_the_same(house: House) -> None:
    await house.lock()

    wrong = await house.enter(WRONG)
    none = await house.enter(CODE, who=BRAM)

    assert wrong.says == none.says == ("lock_not_found nl",)
    assert wrong.ticket is None
    assert wrong.prompt is not None
    assert wrong.prompt.kind == "secret"


async def test_five_wrong_codes_in_an_hour_and_no_more_is_tried(house: House) -> None:
    await house.lock()
    derived = house.locks.derived
    for _ in range(ATTEMPTS):
        await house.enter(WRONG)
        house.clock.seconds += 60

    assert (await house.enter(CODE)).says == ("lock_too_many nl",)
    assert house.locks.derived == derived + ATTEMPTS
    assert (await house.enter(WRONG, who=BRAM)).says == ("lock_not_found nl",)

    house.clock.seconds += 3_600
    assert (await house.enter(CODE)).says[0] == "lock_opened nl"


async def test_the_right_code_takes_the_slips_back(house: House) -> None:
    await house.lock()
    for _ in range(3):
        for code in (WRONG, WRONG, WRONG, WRONG, CODE):
            turn = await house.enter(code)
        assert turn.says[0] == "lock_opened nl"


async def test_after_a_quarter_of_an_hour_what_is_sent_is_not_kept_and_the_code_is_asked(
    house: House,
) -> None:
    ticket = await house.lock()
    house.clock.seconds += 900
    rows = dict(house.sessions.rows)

    turn = await house.say("wat ik te laat zei", ticket)

    assert turn.says == ("lock_closed nl",)
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"
    assert turn.ticket is None
    assert house.sessions.rows == rows


@pytest.mark.parametrize("late", [0, 900])
async def test_words_of_danger_get_the_card_with_an_open_and_with_a_closed_lock(
    house: House, late: int
) -> None:
    ticket = await house.lock()
    house.clock.seconds += late

    turn = await house.say("ik wil er niet meer zijn", ticket)

    assert "crisis_intro nl" in " ".join(turn.says)


@pytest.mark.parametrize(
    ("words", "shown"), [("help", "help_intro nl"), ("Wie ben je", "about nl")]
)
async def test_help_and_who_sees_this_are_in_reach_of_the_field_for_the_code(
    house: House, words: str, shown: str
) -> None:
    await house.lock()

    turn = await house.enter(words)

    assert any(line.startswith(shown) for line in turn.says)
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"
    assert {"lock_no", "help", "about"} == {each.name for each in turn.prompt.controls}
    assert house.locks.derived == 1


@pytest.mark.parametrize(("name", "shown"), [("help", "help_intro nl"), ("about", "about nl")])
async def test_a_window_that_was_open_for_too_long_still_gives_help(
    house: House, name: str, shown: str
) -> None:
    ticket = await house.lock()
    house.clock.seconds += 900

    turn = await house.press(name, ticket)

    assert any(line.startswith(shown) for line in turn.says)
    assert turn.says[-1] == "lock_closed nl"
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"


async def test_help_in_place_of_the_code_that_is_being_set_shows_both(house: House) -> None:
    await house.begin()
    await house.press("lock")
    proposed = await house.press("lock_yes")

    turn = await house.enter("help", proposed.ticket)

    assert turn.says[0] == "help_intro nl"
    assert turn.says[-1] == "lock_copy_it nl"
    assert turn.sheet is not None
    assert turn.ticket == proposed.ticket


@pytest.mark.parametrize("late", [False, True])
async def test_erasing_is_in_reach_while_the_lock_is_closed_and_reaches_what_lies_outside(
    house: House, late: bool
) -> None:
    ticket = await house.lock()
    (locked,) = house.sessions.rows
    await house.begin()
    house.clock.seconds += 900

    asked = await house.press("forget", ticket) if late else await house.enter("vergeet mij")
    assert asked.prompt is not None
    assert [option.name for option in asked.prompt.options] == ["forget_yes", "forget_no"]
    told = (await house.press("forget_yes")).says

    assert told == ("forgotten nl", "copies nl", "lock_beside nl")
    assert set(house.sessions.rows) == {locked}


async def test_where_no_language_is_known_the_code_is_asked_in_each(house: House) -> None:
    ticket = await house.lock()
    house.clock.seconds += 900

    incoming = Incoming(pressed="help", token="0badcafe.3", ticket=ticket)
    turn = (await house.taken(incoming)).turn

    assert turn.says[-1] == "lock_closed en"
    assert "lock_closed nl" in turn.says
    assert {"help_intro nl", "help_intro en"} <= set(turn.says)
    assert turn.prompt is not None
    assert turn.prompt.ask == "lock_ask_code nl · lock_ask_code en"
    assert turn.prompt.token == UNKNOWN


def damage(house: House) -> bytes:
    """The one row that there is does not open any more; where it lies."""
    ((place, row),) = house.sessions.rows.items()
    house.sessions.rows[place] = replace(row, sealed=bytes(len(row.sealed)))
    return place


async def test_a_row_that_is_shut_behind_the_lock_is_told_and_goes_with_their_yes(
    house: House,
) -> None:
    await house.lock()
    locked = damage(house)
    await house.begin()
    outside = set(house.sessions.rows) - {locked}

    asked = await house.enter(CODE)
    assert asked.says == ("shut nl",)
    assert asked.prompt is not None
    assert asked.ticket is not None
    helped = await house.press("help", asked.ticket)
    assert helped.says[0] == "help_intro nl"
    assert helped.ticket is not None
    left = await house.press("forget_no", helped.ticket)
    assert left.says == ("left_shut nl",)
    assert set(house.sessions.rows) == {locked, *outside}
    told = await house.press("forget_yes", helped.ticket)

    assert told.says[0] == "forgotten nl"
    assert told.ticket is None
    assert house.sessions.rows == {}


async def test_a_row_that_is_shut_outside_the_lock_bars_nobodys_way_to_their_code(
    house: House,
) -> None:
    ticket = await house.lock()
    (locked,) = house.sessions.rows
    kept = house.sessions.rows.pop(locked)
    await house.begin()
    damage(house)
    house.sessions.rows[locked] = kept

    assert (await house.enter(WRONG)).says == ("lock_not_found nl",)
    assert (await house.enter(CODE)).says[0] == "lock_opened nl"
    house.clock.seconds += 900
    assert (await house.press("mydata", ticket)).says == ("lock_closed nl",)
    danger = await house.say("ik wil er niet meer zijn", ticket)
    assert "crisis_intro nl" in " ".join(danger.says)
    assert len(house.sessions.rows) == 2


async def test_a_row_that_is_shut_is_not_locked_and_that_is_said(house: House) -> None:
    await house.begin()
    await house.press("lock")
    proposed = await house.press("lock_yes")
    damage(house)

    for code in (WRONG, CODE):
        turn = await house.enter(code, proposed.ticket)
        assert turn.says == ("shut nl",)
        assert turn.ticket is None
    assert len(house.sessions.rows) == 1


async def test_words_of_danger_in_the_field_for_the_code_get_the_card_too(house: House) -> None:
    turn = await house.enter("ik wil er niet meer zijn")

    assert "crisis_intro nl" in " ".join(turn.says)


async def test_forget_without_the_code_erases_what_it_reaches_and_says_when_the_rest_dies(
    house: House,
) -> None:
    await house.lock()
    (locked,) = house.sessions.rows
    await house.begin()
    assert len(house.sessions.rows) == 2
    await house.press("forget")

    told = (await house.press("forget_yes")).says

    assert told == ("forgotten nl", "copies nl", "lock_beside nl")
    assert set(house.sessions.rows) == {locked}


async def test_forget_with_the_code_erases_both_and_the_window_holds_no_ticket(
    house: House,
) -> None:
    ticket = await house.lock()
    await house.begin()
    assert len(house.sessions.rows) == 2
    await house.press("forget", ticket)

    turn = await house.press("forget_yes", ticket)

    assert turn.says == ("forgotten nl", "copies nl")
    assert turn.ticket is None
    assert house.sessions.rows == {}


async def test_nothing_is_begun_behind_a_lock_where_the_row_is_gone(house: House) -> None:
    ticket = await house.lock()
    house.sessions.rows.clear()

    turn = await house.press("start", ticket)
    assert turn.ticket is None
    turn = await house.say("4", ticket)

    assert turn.ticket is None
    assert house.sessions.rows == {}


async def test_a_ticket_of_somebody_else_leads_nowhere(house: House) -> None:
    ticket = await house.lock()

    turn = await house.press("mydata", ticket, who=BRAM)

    assert turn.says == ("lock_closed nl",)
    assert turn.sheet is None


async def test_my_data_is_shown_with_an_open_lock(house: House) -> None:
    ticket = await house.lock()

    turn = await house.press("mydata", ticket)

    assert turn.sheet is not None
    assert "mydata_readers_locked nl" in turn.sheet.whole


async def test_neither_code_nor_ticket_is_remembered_by_the_reception(house: House) -> None:
    ticket = await house.lock()
    await house.press("wood", ticket)
    await house.enter(CODE)

    remembered = [
        kept.result() for _, kept in house.reception._outcomes._known._kept.values() if kept.done()
    ]
    assert remembered
    assert [turn for turn in remembered if turn.ticket is not None] == []
    assert not any(
        line.words.startswith(CODE[:4])
        for turn in remembered
        if turn.sheet is not None
        for line in turn.sheet.lines
    )


async def test_a_second_delivery_gets_the_same_turn_with_a_ticket(house: House) -> None:
    ticket = await house.lock()
    incoming = Incoming(pressed="wood", language="nl", ticket=ticket, event="one")

    first, second = await house.taken(incoming), await house.taken(incoming)

    assert (first.again, second.again) == (False, True)
    assert second.turn.ticket is not None
    assert second.turn.says == first.turn.says


async def test_whoever_waits_too_long_for_the_derivation_is_told_to_try_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: str) -> Opened | None:
        await asyncio.Event().wait()
        return None

    monkeypatch.setattr(house.locks, "unlock", never)
    monkeypatch.setattr("adapters.locker.PATIENCE", 0.01)

    with pytest.raises(BusyError):
        await house.enter(CODE)


@pytest.mark.parametrize("name", ["lock", "lock_yes", "unlock"])
async def test_no_sentence_of_a_turn_around_a_lock_holds_the_code(house: House, name: str) -> None:
    await house.begin()
    await house.press("lock")
    turn = await house.press(name)

    assert CODE[:4] not in f"{turn.says} {turn.prompt} {turn!r}"
