"""What of people's requests to coaches opens for whoever took database and server keys: nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conversations.cases import Card, CardLine
from storage import caserows, envelopes
from storage.database import engine
from tests.support import casethief
from tests.support.cases import CARD, Withdraw, World, send
from tests.support.postgres import postgres_server, postgres_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url"]

PEOPLE = 40
OTHER_CARD = Card((CardLine("question", "Hoe gaat het verder?"), CardLine("why_now", "Nu dan.")))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    url = f"sqlite:///{tmp_path}/luwte.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    made = World(tmp_path / "keys", url)
    yield made
    await made.close()


async def test_database_server_keys_and_the_coaches_accounts_open_no_case_and_no_reply_block(
    world: World,
) -> None:
    locators, cases, key = await casethief.fill(world, PEOPLE)

    loot = casethief.taken(world, locators, cases)

    assert (loot.cards, loot.letters, loot.blocks) == (0, 0, 0)
    with engine(world.url).connect() as live:
        row = caserows.read(live, cases[0], whole=True)
    assert row is not None
    opened = envelopes.open_card(
        row.id, row.case_keys, row.card, bytes.fromhex(key.coach), key.private
    )
    assert b"U00000" in opened  # with the passphrase it opens, so the attempt was a fair one


async def test_no_order_in_the_database_joins_a_case_to_its_person(world: World) -> None:
    """By chance alone one in a hundred runs is above the bar; then it has to be so a second time."""
    for _ in range(2):
        locators, cases, _ = await casethief.fill(world, PEOPLE)
        loot = casethief.taken(world, locators, cases)
        if loot.joined <= loot.bar and loot.correlation <= loot.bar_of_correlation:
            break
        for user in range(PEOPLE):
            await world.forget(f"U{user:05}")
        await world.coaches.remove((await world.coaches.listed())[0].id)
        await world.pass_days(1)
    else:
        pytest.fail("an order of rows tells whose case is whose")


async def test_no_value_of_a_case_stands_in_the_row_of_a_person(world: World) -> None:
    await casethief.fill(world, 8)

    assert casethief.names_in_common(world) == 0


async def test_nothing_about_a_case_is_written_in_the_transaction_of_a_session(
    world: World,
) -> None:
    await world.coach("UCARLA")
    await world.visit("anna", send())

    with engine(world.url).connect() as live:
        assert caserows.of_organisation(live, world.keys.organisation("mill")) == []


async def test_two_cases_of_one_person_have_nothing_in_common(world: World) -> None:
    """For a coach, who opens both, as little as for whoever has the database."""
    key = await world.coach("UCARLA")
    rows = []
    for alias, card in (("Blauwe reiger", CARD), ("Groene ekster", OTHER_CARD)):
        await world.visit("anna", send(alias, card=card, notify=True), address=b"U-ANNA")
        await world.pass_days(1)
        with engine(world.url).connect() as live:
            case = bytes.fromhex((await world.look("anna")).id)
            rows.append(caserows.read(live, case, whole=True))
        await world.visit("anna", Withdraw())
        await world.pass_days(1)

    one, other = (
        envelopes.open_card(row.id, row.case_keys, row.card, bytes.fromhex(key.coach), key.private)
        for row in rows
        if row is not None
    )
    mine, theirs = json.loads(one), json.loads(other)
    assert {name for name in mine if mine[name] == theirs[name]} == {
        "name", "language", "organisation", "week"
    }  # fmt: skip
    first, second = rows
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert not {w for w, _ in envelopes.places(first.case_keys)} & {
        w for w, _ in envelopes.places(second.case_keys)
    }
