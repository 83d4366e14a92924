"""Codes and tickets of the audit's house: ours in everything, but for the mark that they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit.canaries import Town
from bot.audit.locks import KEYBOARD, Noted, marked, whose
from bot.audit.scanner import Scanner
from conversations.passphrase import grouped, tidy
from storage.identities import Identities
from storage.lock import Locks
from storage.root import HeldRootKey
from tests.support.storage import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOWN = Town("qzvxkwjb")
PERSON = TOWN.person(7)
WHO = ("slack", TOWN.slack_team, PERSON.slack_user)


@pytest.fixture
def locks(tmp_path: Path) -> Iterator[Locks]:
    clock = Clock(1_795_521_600.0)
    made = Locks(Identities(HeldRootKey(bytes(32)), tmp_path, clock), clock)
    yield made
    made.close()


def found(data: bytes, noted: Noted | None = None) -> set[str]:
    return Scanner.of(TOWN, [PERSON], noted).look(data)


def test_a_code_is_one_of_ours_and_spells_the_mark(locks: Locks) -> None:
    with marked(TOWN, Noted()):
        (first, note), (second, _) = locks.propose(*WHO), locks.propose(*WHO)
        assert locks.proposed(*WHO, note) == first

    assert [tidy(grouped(each)) for each in (first, second)] == [first, second]
    assert [first, second] == [PERSON.code(0), PERSON.code(1)]
    assert TOWN.mark not in locks.propose(*WHO)[0]


@pytest.mark.parametrize("form", [str, str.upper, grouped, lambda code: code[::-1]])
def test_a_code_is_found_as_it_is_kept_and_as_it_is_shown(form: object) -> None:
    assert callable(form)
    assert any("code of a lock" in each for each in found(form(PERSON.code()).encode()))


async def test_a_ticket_is_found_written_decoded_and_by_its_end(locks: Locks) -> None:
    noted = Noted()
    with marked(TOWN, noted):
        opened = await locks.unlock(*WHO, PERSON.code())
        assert opened is not None
        again = locks.opened(*WHO, opened.ticket)

    assert again is not None
    assert again.ticket != opened.ticket
    for ticket in (opened.ticket, again.ticket):
        assert "ticket of a lock, plain" in found(ticket.encode())
        assert "the end of a ticket" in found(b"..." + ticket[-18:].encode(), noted)
    ((_, key),) = noted.keys[WHO]
    assert "the key behind a code" in found(b"some bytes" + key, noted)


def test_whoever_has_no_invented_id_sits_at_the_keyboard() -> None:
    assert whose(TOWN, PERSON.teams_user).number == whose(TOWN, PERSON.slack_user).number == 7
    assert whose(TOWN, "me").number == KEYBOARD
