"""Brings invented people to every surface and every script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.audit import terminal
from bot.audit.plan import MOST, Plan, converse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.audit.stage import House

IN_TERMINAL = 2
"""People at the keyboard, all the same one as far as the store can tell."""


@dataclass
class Driven:
    """What was done."""

    plans: list[Plan] = field(default_factory=list)

    @property
    def scripts(self) -> set[str]:
        """Those that somebody took to their end."""
        return {track for plan in self.plans for track in plan.ended}

    @property
    def answers(self) -> int:
        return sum(plan.typed for plan in self.plans)


async def everybody(house: House, people: int, tracks: Sequence[str]) -> Driven:
    """So many people, in turn in Slack and in Teams, and the last ones in the terminal.

    Everybody takes one track, or as many as are needed that all are taken on each surface.
    """
    driven = Driven()
    every = frozenset(tracks)
    each = max(1, -(-2 * len(tracks) // max(1, people - IN_TERMINAL)))
    for number in range(people):
        chosen = tuple(tracks[(number // 2 * each + at) % len(tracks)] for at in range(each))
        plan = Plan(
            house.stage.town.person(number),
            "nl" if number % 3 else "en",
            chosen,
            every,
            private=number % 4 < 2,  # noqa: PLR2004  half of those on each surface
            most=MOST * each,
        )
        driven.plans.append(plan)
        if house.terminal is not None and number >= people - IN_TERMINAL:
            await terminal.talk(house.terminal, plan)
        elif number % 2:
            await converse(house.in_teams(plan.person), plan)
        else:
            await converse(house.in_slack(plan.person), plan)
    return driven
