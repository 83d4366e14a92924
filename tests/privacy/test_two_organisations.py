"""Two organisations on one server, with the same ids in each, and the same code: they never meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.attempts import ATTEMPTS
from adapters.identity import PlatformId
from adapters.incoming import Incoming, Taken
from bot import wiring
from conversations.organisation import Organisation
from storage import lock
from tests.support.storage import SqlTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.wiring import House
    from conversations.turn import Turn
    from storage.rows import Row

NOW = 1_795_521_600.0
TENANTS = (("slack", "T1"), ("slack", "T2"), ("teams", "T1"))


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(lock, "MEMORY_KIB", 64)
    monkeypatch.setattr(lock, "PASSES", 1)
    made = wiring.house(
        database=f"sqlite:///{tmp_path}/luwte.db",
        keys=tmp_path / "keys",
        organisations={
            tenant: Organisation(f"label{number}", "bureau")
            for number, tenant in enumerate(TENANTS)
        },
        clock=lambda: NOW,
        env={},
        development=True,
    )
    yield made
    await made.close()


class Somebody:
    """The same id in each organisation; the same words, buttons, events and code."""

    def __init__(self, house: House, platform: str, tenant: str) -> None:
        self._house = house
        self.who = PlatformId(platform, tenant, "U0SAMEINBOTH")
        self.ticket: str | None = None

    async def taken(self, incoming: Incoming) -> Taken:
        taken = await self._house.reception.take(self.who, incoming)
        self.ticket = taken.turn.ticket
        return taken

    async def press(self, name: str | None, token: str | None = None, event: str = "") -> Turn:
        pressed = Incoming(
            pressed=name, token=token, language="nl", event=event or None, ticket=self.ticket
        )
        return (await self.taken(pressed)).turn

    async def enter(self, code: str) -> Turn:
        entered = Incoming(secret=code, language="nl", ticket=self.ticket)
        return (await self.taken(entered)).turn

    async def begin(self) -> None:
        turn = await self.press(None)
        for name in ("start", "4"):
            assert turn.prompt is not None
            turn = await self.press(name, turn.prompt.token)

    async def lock(self) -> str:
        await self.press("lock")
        turn = await self.press("lock_yes")
        assert turn.sheet is not None
        code = turn.sheet.lines[0].words
        assert (await self.enter(code)).ticket is not None
        return code


def rows(folder: Path) -> set[Row]:
    return set(SqlTable(f"sqlite:///{folder}/luwte.db").rows())


@pytest.mark.parametrize("other", TENANTS[1:])
async def test_whatever_one_does_leaves_the_other_as_it_was_to_the_byte(
    house: House, tmp_path: Path, other: tuple[str, str]
) -> None:
    mine, theirs = Somebody(house, *TENANTS[0]), Somebody(house, *other)
    await mine.begin()
    (untouched,) = rows(tmp_path)

    await theirs.begin()
    assert len(rows(tmp_path)) == 2
    code = await theirs.lock()
    assert len(rows(tmp_path)) == 2
    ticket, theirs.ticket = theirs.ticket, None
    for _ in range(ATTEMPTS):
        await theirs.enter(code[:-1] + ("0" if code[-1] != "0" else "1"))
    theirs.ticket = ticket
    await theirs.press("forget")
    await theirs.press("forget_yes")

    assert rows(tmp_path) == {untouched}


async def test_neither_a_code_nor_a_ticket_nor_an_event_of_one_is_known_in_the_other(
    house: House, tmp_path: Path
) -> None:
    mine, theirs = Somebody(house, *TENANTS[0]), Somebody(house, *TENANTS[1])
    phrases = house.reception.scripts(*TENANTS[0]).phrases
    for each in (mine, theirs):
        await each.begin()
    code = await mine.lock()
    before = rows(tmp_path)

    theirs.ticket = mine.ticket
    assert (await theirs.press("mydata")).says == (phrases.lock.closed.nl,)
    theirs.ticket = None
    assert (await theirs.enter(code)).says == (phrases.lock.not_found.nl,)
    assert rows(tmp_path) == before
    first = await theirs.taken(Incoming(said="hallo", language="nl", event="ev:1"))
    second = await mine.taken(Incoming(said="hallo", language="nl", event="ev:1"))
    assert (first.again, second.again) == (False, False)
    assert first.key != second.key
