"""Failures on purpose: one function of the program after another raises with a person's data in it.

What a library raises in production quotes requests, rows and paths; so each injected error quotes
everything about the person. Afterwards the logs are searched like everything else.
"""

from __future__ import annotations

import inspect
import sqlite3
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import aiohttp

from bot import housekeeping
from bot.audit.lockup import locker_of
from bot.audit.plan import Plan
from bot.audit.points import POINTS
from bot.audit.replacing import replaced
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.audit.canaries import Invented
    from bot.audit.lockers import Locker
    from bot.audit.plan import Talker
    from bot.audit.points import Kind, Point, Surface
    from bot.audit.stage import House

TWICE = 2
"""Each point fails so often, then works again."""

PATIENCE = 30
"""Things a person does at most until the point was reached."""

LIVES = 4
"""Locks that a person sets and erases at most until the point was reached."""


@dataclass
class Injected:
    """How often each point failed; the ones that nobody passed stay at zero."""

    counts: dict[Point, int] = field(default_factory=dict)

    @property
    def missed(self) -> list[Point]:
        return [point for point, count in self.counts.items() if count == 0]


async def inject(
    house: House, somebody: Invented, tracks: Iterable[str], points: Iterable[Point] = POINTS
) -> Injected:
    """Let each point fail while this person talks on Slack or in Teams."""
    known = tuple(tracks)
    talkers: dict[Surface, tuple[Talker, Plan]] = {
        surface: (
            talker,
            Plan(
                somebody,
                "en",
                known * 1_000,
                frozenset(known),
                private=True,
                place="chat",
                most=10**9,
            ),
        )
        for surface, talker in _surfaces(house, somebody)
    }
    lockers: dict[Surface, Locker] = {
        "a lock in Slack": locker_of(house.in_slack(somebody), somebody, "en", known, house),
        "a lock in Teams": locker_of(house.in_teams(somebody), somebody, "en", known, house),
    }
    injected = Injected()
    sessions = SqlSessions(house.stage.database)
    for point in points:
        injected.counts[point] = 0

        def count(point: Point = point) -> bool:
            injected.counts[point] += 1
            return injected.counts[point] <= TWICE

        breaking = _breaking(_error(point.kind, somebody), count)
        try:
            with replaced(point.where, breaking):
                if point.surface == "purge":
                    await housekeeping.purge(sessions, house.stage.clock)
                elif point.surface in lockers:
                    await _locking(lambda p=point: injected.counts[p] > 0, lockers[point.surface])  # type: ignore[misc]
                else:
                    await _until(lambda p=point: injected.counts[p] > 0, *talkers[point.surface])  # type: ignore[misc]
        except LookupError:
            continue
        if point.surface in talkers:
            await _until(lambda: False, *talkers[point.surface], most=2)
    await sessions.close()
    return injected


def _surfaces(house: House, somebody: Invented) -> tuple[tuple[Surface, Talker], ...]:
    return (("Slack", house.in_slack(somebody)), ("Teams", house.in_teams(somebody)))


async def _until(
    reached: Callable[[], bool], talker: Talker, plan: Plan, most: int = PATIENCE
) -> None:
    for _ in range(most):
        if reached():
            return
        deed = plan.next(talker.shown)
        if deed is None:
            await talker.open(plan.language)
        else:
            await talker.do(deed)


async def _locking(reached: Callable[[], bool], locker: Locker) -> None:
    for _ in range(LIVES):
        if not reached():
            await locker.with_the_code()


def _breaking(
    error: Exception, fails: Callable[[], bool]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The same function, which raises as often as `fails` says so."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original, updated=())
        async def later(*given: Any, **named: Any) -> Any:
            if fails():
                raise error
            return await original(*given, **named)

        @wraps(original, updated=())
        def now(*given: Any, **named: Any) -> Any:
            if fails():
                raise error
            return original(*given, **named)

        return later if inspect.iscoroutinefunction(original) else now

    return make


def _error(kind: Kind, somebody: Invented) -> Exception:
    """What a library would raise there, with everything about the person in its words."""
    quoted = (
        f"{somebody.identifiers} {somebody.words(0, 'en')} {somebody.response_url} "
        f"{somebody.codes} {somebody.ticket_mark}"
    )
    error: Exception
    match kind:
        case "database":
            error = sqlite3.OperationalError(quoted)
        case "HTTP":
            error = aiohttp.ClientConnectionError(quoted)
        case "crypto":
            error = ValueError(quoted)
        case _:
            error = KeyError(quoted)
    error.add_note(quoted)
    return error
