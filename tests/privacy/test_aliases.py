"""Whether a coach can tell which cases come from one person, by all that a desk shows of them."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.caseports import Desk, Door, Listed
from conversations.desk import screens
from conversations.desk.places import Place
from tests.journeys.test_coach import asked, at_the_desk
from tests.support.cases import World
from tests.support.deskturns import COACH
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE, CASES = 12, 3
SHUFFLES = 1_000
TEXTS = library.load()

Guess = set[tuple[int, int]]
"""Pairs of cases, by their place in the list, that a guesser takes for those of one person."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


def same(part: Callable[[Listed], object]) -> Callable[[list[Listed]], Guess]:
    """Takes those for one person's in which this part is the same."""

    def guess(seen: list[Listed]) -> Guess:
        parts = [part(each) for each in seen]
        pairs = combinations(range(len(seen)), 2)
        return {(one, two) for one, two in pairs if parts[one] == parts[two]}

    return guess


def neighbours(seen: list[Listed]) -> Guess:
    return set(pairwise(range(len(seen))))


GUESSERS: dict[str, Callable[[list[Listed]], Guess]] = {
    "alias": same(lambda each: each.alias),
    "first word": same(lambda each: each.alias.split()[0]),
    "last word": same(lambda each: each.alias.split()[-1]),
    "initials": same(lambda each: tuple(word[0] for word in each.alias.split())),
    "length": same(lambda each: len(each.alias)),
    "handle": same(lambda each: each.id[0]),
    "end of the handle": same(lambda each: each.id[-1]),
    "language and week": same(lambda each: (each.language, each.week)),
    "neighbours": neighbours,
}


def rate(guess: Guess, owners: list[str]) -> float:
    """How many of the pairs really are of one person."""
    return sum(owners[one] == owners[two] for one, two in guess) / len(guess) if guess else 0.0


def above_chance(seen: list[Listed], owners: list[str]) -> list[str]:
    """The guessers who did better than in 99 of 100 worlds in which the cases are anybody's.

    As many guessers try, so each gets a share of that hundredth.
    """
    chance, found = random.Random(11), []
    last = int(SHUFFLES * (1 - 0.01 / len(GUESSERS)))
    for name, guesser in GUESSERS.items():
        guess = guesser(seen)
        rates = sorted(rate(guess, chance.sample(owners, len(owners))) for _ in range(SHUFFLES))
        if rate(guess, owners) > rates[last]:
            found.append(name)
    return found


async def desk_of(world: World, people: int, cases: int) -> tuple[list[Listed], list[str]]:
    """Everybody asks once a day; what the coach sees in the end, and whose each case is."""
    door = reception(world, "mill")
    coach = await at_the_desk(world, door)
    owner: dict[str, str] = {}
    kept: list[Listed] = []
    for _ in range(cases):
        for number in range(people):
            user = f"UEMP{number}"
            me = await asked(door, user)
            owner[(await world.look(user)).id] = user
            assert me.last is not None
        await world.pass_days(1)
        key = await world.desks.enter("slack", "TBUREAU", coach.who.user, coach.passphrase)
        assert key is not None
        kept += (await world.desks.look(key)).open
        for number in range(people):
            await take_back(Window(door, "Tmill", f"UEMP{number}"))
        await world.pass_days(1)
    return kept, [owner[each.id] for each in kept]


async def take_back(me: Window) -> None:
    for name in ("lobby", "coach", "withdraw", "yes"):
        await me.press(name)


async def linked(folder: Path, people: int, cases: int) -> list[str]:
    world = World(folder / "keys", f"sqlite:///{folder}/luwte.db")
    seen, owners = await desk_of(world, people, cases)
    assert len(seen) == people * cases
    await world.close()
    return above_chance(seen, owners)


async def test_nobody_tells_by_what_a_desk_shows_which_cases_are_of_one_person(
    tmp_path: Path,
) -> None:
    """By chance one run in a hundred is above; then it has to be so again among other people."""
    first = await linked(tmp_path / "one", PEOPLE, CASES)
    assert not first or not set(first) & set(await linked(tmp_path / "two", PEOPLE, CASES))


def test_a_name_that_came_back_would_be_noticed() -> None:
    """The same guessers, where an alias follows from the person."""
    seen = [
        Listed(f"{n:032x}", f"Stille Merel{n % PEOPLE}", "nl", "mill", 2970, False, "received", False)
        for n in range(PEOPLE * CASES)
    ]  # fmt: skip
    owners = [f"U{n % PEOPLE}" for n in range(PEOPLE * CASES)]
    assert {"alias", "last word"} <= set(above_chance(seen, owners))


def test_two_cases_under_one_alias_are_told_apart_on_the_desk() -> None:
    listed = tuple(
        Listed(f"{n:04x}" * 8, alias, "nl", "mill", 2970, False, "received", False)
        for n, alias in ((1, "Stille Merel"), (2, "Stille Merel"), (3, "Groene Eik"))
    )
    door = Door(COACH, ("mill",), waits=False, confirmed=True, away_until=None)
    turn = screens.listing(TEXTS, Place("nl", "list"), Desk(listed, (), 0), door)
    assert turn.prompt is not None
    labels = [each.label.split(" · ")[0] for each in turn.prompt.options[:3]]
    assert labels == ["Stille Merel 0001", "Stille Merel 0002", "Groene Eik"]
