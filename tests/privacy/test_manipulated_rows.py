"""Whoever writes in the database can destroy a row and nothing else: all is refused, with one kind answer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from bot import wiring
from conversations import library
from conversations.organisation import Organisation
from conversations.person import Place
from storage.sealing import seal
from tests.support.storage import SqlTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.wiring import House
    from conversations.turn import Turn
    from storage.rows import Row

    Change = Callable[[Row, Row, Row], dict[str, object]]

NOW = 1_795_521_600.0
KEY = bytes(range(32))


def _sealed(change: Callable[[bytes], bytes]) -> Change:
    return lambda row, _before, _other: {"sealed": change(row.sealed)}


def _flipped(at: int) -> Change:
    return _sealed(lambda s: s[:at] + bytes([s[at] ^ 1]) + s[at + 1 :])


def _anew(row: Row) -> bytes:
    return seal(Place(row.epoch, row.locator, KEY), row.version, b'{"format":1}')


MANIPULATIONS: dict[str, Change] = {
    "another person's row": lambda _r, _b, other: {
        "sealed": other.sealed,
        "version": other.version,
    },
    "another person's words": lambda _r, _b, other: {"sealed": other.sealed},
    "an earlier state of their own": lambda _r, before, _o: {"sealed": before.sealed},
    "an earlier version": lambda row, _b, _o: {"version": row.version - 1},
    "a later version": lambda row, _b, _o: {"version": row.version + 1},
    "no version at all": lambda _r, _b, _o: {"version": 0},
    "an earlier epoch": lambda row, _b, _o: {"epoch": row.epoch - 1},
    "a later epoch": lambda row, _b, _o: {"epoch": row.epoch + 1},
    "sealed with another key": lambda row, _b, _o: {"sealed": _anew(row)},
    "another format": _sealed(lambda s: b"\x02" + s[1:]),
    "a bit of the nonce": _flipped(1),
    "the first bit of the words": _flipped(13),
    "a bit of the padding": _flipped(8_000),
    "a bit of the tag": _flipped(8_220),
    "cut short": _sealed(lambda s: s[:-1]),
    "lengthened": _sealed(lambda s: s + b"\0"),
    "two blocks swapped": _sealed(lambda s: s[:13] + s[29:45] + s[13:29] + s[45:]),
    "emptied": _sealed(lambda _: b""),
    "all zeros": _sealed(lambda s: bytes(len(s))),
    "words in clear": _sealed(lambda s: b'{"format":1}'.ljust(len(s), b"\0")),
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = wiring.house(
        database=f"sqlite:///{tmp_path}/luwte.db",
        keys=tmp_path / "keys",
        organisations={("slack", "T1"): Organisation("mill", "bureau", "NL")},
        clock=lambda: NOW,
        env={},
        development=True,
    )
    yield made
    await made.close()


class Somebody:
    """Answers a few questions; `row` is what lies of them in the database."""

    def __init__(self, house: House, table: SqlTable, name: str) -> None:
        self._house, self._table = house, table
        self._who = PlatformId("slack", "T1", hashlib.sha256(name.encode()).hexdigest()[:9])

    async def press(self, name: str | None, token: str | None = None) -> Turn:
        incoming = Incoming(pressed=name, token=token, language="nl")
        return (await self._house.reception.take(self._who, incoming)).turn

    async def begin(self) -> Row:
        """Past the first answer; the row that there is then."""
        here = {row.locator for row in self._table.rows()}
        turn = await self.press(None)
        for name in ("start", "4"):
            assert turn.prompt is not None
            turn = await self.press(name, turn.prompt.token)
        (new,) = [row for row in self._table.rows() if row.locator not in here]
        return new

    async def go_on(self) -> None:
        assert (await self.press("language")).fate == "write"

    def row(self, locator: bytes) -> Row | None:
        return next((row for row in self._table.rows() if row.locator == locator), None)


async def test_every_manipulation_of_a_row_is_refused_with_one_kind_answer(
    house: House, tmp_path: Path
) -> None:
    table = SqlTable(f"sqlite:///{tmp_path}/luwte.db")
    phrases = library.load().phrases
    other = await Somebody(house, table, "the other").begin()

    for name, change in MANIPULATIONS.items():
        person = Somebody(house, table, name)
        before = await person.begin()
        await person.go_on()
        row = person.row(before.locator)
        assert row is not None
        table.change(row.locator, **change(row, before, other))
        manipulated = person.row(row.locator)

        told = [await person.press(None), await person.press("forget"), await person.press("7")]

        assert {turn.says for turn in told} == {(phrases.shut.nl,)}, name
        assert {turn.fate for turn in told} == {"leave"}, name
        assert person.row(row.locator) == manipulated, name

    assert len(MANIPULATIONS) >= 15


async def test_somebody_whose_row_was_manipulated_can_erase_it_and_begin_anew(
    house: House, tmp_path: Path
) -> None:
    table = SqlTable(f"sqlite:///{tmp_path}/luwte.db")
    person = Somebody(house, table, "anna")
    row = await person.begin()
    table.change(row.locator, sealed=bytes(8221))

    asked = await person.press("forget")
    assert asked.prompt is not None
    first = await person.press("forget_yes", asked.prompt.token)

    assert table.rows() == []
    assert first.says[0] == library.load().phrases.forgotten.nl
    assert first.prompt is not None
    assert (await person.begin()).locator == row.locator


async def test_what_was_not_touched_still_opens(house: House, tmp_path: Path) -> None:
    table = SqlTable(f"sqlite:///{tmp_path}/luwte.db")
    person = Somebody(house, table, "anna")
    row = await person.begin()
    table.change(row.locator, sealed=row.sealed, version=row.version)

    await person.go_on()
