"""Somebody who took the database and every key of the server, and knows where the coaches are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.audit.link import bar, spearman
from storage import casekeys, caserows, coachrows, envelopes
from storage.database import engine
from storage.epoch_files import listed
from storage.errors import SealError
from storage.inspection import Inspection
from storage.returns import BLOCK
from storage.returns import opened as opened_block
from tests.support.cases import World, send

if TYPE_CHECKING:
    from conversations.caseports import DeskKey


@dataclass(frozen=True)
class Loot:
    """What was reached."""

    cards: int
    letters: int
    blocks: int
    joined: int
    bar: int
    correlation: float
    bar_of_correlation: float


async def fill(world: World, people: int) -> tuple[list[bytes], list[bytes], DeskKey]:
    """So many people ask on one day, in this order; their locators, their cases, the desk."""
    key = await world.coach("UCARLA")
    names = [f"U{number:05}" for number in range(people)]
    for user in names:
        await world.visit(user, send(user, notify=True), address=user.encode())
    await world.pass_days(1)
    locators = [world.identities.identify("slack", "Tmill", user).home.locator for user in names]
    cases = [bytes.fromhex((await world.look(user)).id) for user in names]
    for case in cases[:5]:
        await world.desks.claim(key, case.hex())
        await world.desks.answer(key, case.hex(), "Dag")
    return locators, cases, key


def taken(world: World, locators: list[bytes], cases: list[bytes]) -> Loot:
    """With the database, root key, epoch secrets, spool, and each coach's account."""
    with engine(world.url).connect() as live:
        rows = [caserows.read(live, case, whole=True) for case in cases]
        letters = [each for case in cases for each in caserows.letters(live, case)]
        coaches = coachrows.every(live, world.keys)
    desk = world.keys.desk("slack", "TBUREAU", "UCARLA")
    tried = [_row_key_alone(desk, row.desk) for row in coaches]
    privates = [private for private in tried if private is not None]
    labels = (casekeys.DESK, casekeys.PROFILE, envelopes.CARD)
    server = [world.keys.lasting(label) for label in labels]
    publics = [bytes.fromhex(row.profile.public) for row in coaches]
    guesses = [*privates, *server, *publics, *world_secrets(world)]
    cards = sum(
        _opens(row, coach.id, key) for row in rows if row for coach in coaches for key in guesses
    )
    open_letters = sum(_reads(letter, key, publics) for letter in letters for key in guesses)
    blocks = sum(_block_in(world, row) for row in rows if row)
    joined, most, correlation, bar_of = _joined(world, locators, cases)
    return Loot(cards, open_letters, blocks, joined, most, correlation, bar_of)


def world_secrets(world: World) -> list[bytes]:
    """Every secret in the key folder, opened with the root key."""
    found = []
    for file in listed(world.folder / "epochs"):
        _, secret = world.roots.opened(file)
        found.append(secret)
    return found


def _row_key_alone(desk: bytes, sealed: bytes) -> bytes | None:
    """The outer layer opens with account and server; what is inside it is no key yet."""
    try:
        return casekeys.open_desk(desk, casekeys.behind_passphrase(desk, bytes(32)), sealed)
    except SealError:
        return None


def _opens(row: caserows.CaseRow, coach: bytes, private: bytes) -> bool:
    try:
        envelopes.open_card(row.id, row.case_keys, row.card, coach, private)
    except SealError:
        return False
    return True


def _reads(letter: caserows.LetterRow, private: bytes, inboxes: list[bytes]) -> bool:
    for inbox in (*inboxes, envelopes.public_of(private)):
        try:
            envelopes.open_letter(
                letter.case, letter.id, by_coach=letter.by_coach, sealed=letter.sealed,
                inbox=inbox, private=private,
            )  # fmt: skip
        except SealError:
            continue
        return True
    return False


def _block_in(world: World, row: caserows.CaseRow) -> bool:
    """Whether any stretch of the row is a reply block that the server opens."""
    whole = row.case_keys + row.card
    week = world.work.week
    return any(
        opened_block(world.keys, row.id, whole[at : at + BLOCK], week) is not None
        for at in range(0, len(whole) - BLOCK, 61)
    )


def _joined(
    world: World, locators: list[bytes], cases: list[bytes]
) -> tuple[int, int, float, float]:
    """The best of the guessers that put both tables in an order and say: the first is the first."""
    person_of = dict(zip(cases, locators, strict=True))
    best, correlation = 0, 0.0
    with Inspection(world.url) as seen:
        hidden = ("rowid",) if seen.dialect == "sqlite" else ("ctid", "xmin")
        people_orders = {how: seen.order(how) for how in hidden}
        case_orders = {how: seen.order(how, "case") for how in hidden}
        by_value = list(seen.rows("case"))
    random.SystemRandom().shuffle(by_value)
    by_value.sort(key=lambda row: [str(row[each]) for each in ("expires_week", "rounds", "state")])
    case_orders["values"] = [bytes(row["id"]) for row in by_value]  # type: ignore[arg-type]
    people_orders["asked"] = locators
    guessers = len(people_orders) * len(case_orders)
    for people in people_orders.values():
        place = {locator: at for at, locator in enumerate(people)}
        for ordered in case_orders.values():
            ranks = [place[person_of[case]] for case in ordered if case in person_of]
            last = len(ranks) - 1
            right = max(
                sum(at == rank for at, rank in enumerate(ranks)),
                sum(last - at == rank for at, rank in enumerate(ranks)),
            )
            best, correlation = max(best, right), max(correlation, abs(spearman(ranks)))
    most, limit = bar(guessers, len(cases))
    return best, most, correlation, limit


def names_in_common(world: World) -> int:
    """Values of eight bytes and more that a row of a case and a row of a person share."""
    with Inspection(world.url) as seen:
        person = [value for row in seen.rows("person") for value in row.values()]
        whole = b"".join(value for value in person if isinstance(value, bytes))
        found = 0
        for table in ("case", "letter", "tombstone"):
            for row in seen.rows(table):
                values = [v for v in row.values() if isinstance(v, bytes)]
                found += sum(value[:16] in whole for value in values)
    return found
