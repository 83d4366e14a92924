"""Who puts a lock on their notes in an audit, in which of three ways, and whether all of it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audit.lockers import Locker
from bot.audit.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.audit.canaries import Invented
    from bot.audit.lockers import Windowed
    from bot.audit.stage import House
    from conversations.script import Language

ALWAYS = frozenset({"locked", "slipped", "talked", "late", "opened", "looked"})
WITH_CODE = ALWAYS | {"erased"}
WITHOUT_CODE = ALWAYS | {"renewed", "told"}
HALF_WAY = frozenset({"proposed"})
"""What somebody manages who erases with the code; who comes back and erases without it; who stops."""


async def lock_up(house: House, numbers: Sequence[int], tracks: Iterable[str]) -> list[str]:
    """These people, in turn in Slack and Teams, each way in turn; what did not come about."""
    missed = []
    ways = (
        ("with the code", Locker.with_the_code, WITH_CODE),
        ("without the code", Locker.without_the_code, WITHOUT_CODE),
        ("half way", Locker.half_way, HALF_WAY),
    )
    for at, number in enumerate(numbers):
        how, live, wanted = ways[at // 2 % len(ways)]
        locker = of(house, number, tuple(tracks))
        await live(locker)
        where = "Teams" if number % 2 else "Slack"
        missed += [f"{where}, {how}: {each}" for each in sorted(wanted - locker.done)]
    return missed


def of(
    house: House, number: int, tracks: tuple[str, ...], language: Language | None = None
) -> Locker:
    """Somebody of this number: in Teams where it is odd, else in Slack."""
    person = house.stage.town.person(number)
    talker = house.in_teams(person) if number % 2 else house.in_slack(person)
    spoken: Language = language or ("en" if number % 4 > 1 else "nl")
    return locker_of(talker, person, spoken, tracks, house)


def locker_of(
    talker: Windowed, person: Invented, language: Language, tracks: tuple[str, ...], house: House
) -> Locker:
    """This person on this surface."""
    plan = Plan(
        person,
        language,
        tracks * 1_000,
        frozenset(tracks),
        private=True,
        place="chat",
        most=10**9,
        asides=(),
    )
    return Locker(talker, plan, house.stage.clock)
