"""A thousand people who ask a coach through the reception: what leaves, when, and in which order."""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import time
from typing import TYPE_CHECKING

import pytest

from adapters.notices import Notice, Notices
from bot.audit.link import spearman
from bot.rounds import Chores
from conversations import library
from conversations.desk.places import Place
from storage.timetable import Timetable
from tests.journeys.test_coach import asked, at_the_desk, opened
from tests.journeys.test_withdrawal import races
from tests.privacy.test_aliases import linked
from tests.support.canary import found
from tests.support.cases import World
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from adapters.notices import Kind
    from conversations.turn import Turn

DAYS, A_DAY, RACES, TRIES = 20, 50, 500, 200
TEXTS = library.load().desk
SHUFFLES = 2_000
PEOPLE_AND_CASES = (50, 4)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


class Platform:
    """Takes every notice, with the moment at which it came."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.taken: list[tuple[float, str, str]] = []

    async def send(self, tenant: str, to: str, kind: Kind, notice: Notice) -> None:
        del tenant, kind
        self.taken.append((self.clock(), to, f"{notice.text}{notice.label}"))


def shown(turn: Turn) -> str:
    """All that went to the coach's window."""
    prompt, sheet = turn.prompt, turn.sheet
    lines = [f"{each.label}{each.words}" for each in sheet.lines] if sheet else []
    asked_ = f"{prompt.ask}{prompt.token}{[each for each in prompt.options]}" if prompt else ""  # noqa: C416
    return f"{turn.says}{sheet.title if sheet else ''}{lines}{asked_}{turn.ticket}"


async def test_of_a_thousand_requests_nothing_tells_whose_they_are(tmp_path: Path) -> None:
    world = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    door = reception(world, "mill")
    coach = await at_the_desk(world, door)
    platform = Platform(world.clock)
    chores = Chores(world.rounds, Notices(TEXTS, {"slack": platform}), world.clock)
    received, orders = [], []
    for day in range(DAYS):
        people = [f"UCANARY{day:03}{number:03}" for number in range(A_DAY)]
        for user in people:
            await asked(door, user)
        for _ in range(24):
            world.clock.seconds += 3_600
            await chores.once()
        coach.last = None
        await coach.press("desk")
        received.append(shown(await coach.enter(coach.passphrase)))
        orders.append(await in_the_database(world, tmp_path, people))
        for _ in range(A_DAY):
            received.append(shown(await first_case(coach)))
            received.append(shown(await coach.press("dk_claim")))
            await coach.press("dk_close")
            received.append(shown(await coach.press("dk_note:finished")))
        coach.last = None
    nothing_of_anybody(platform, received)
    in_rounds_and_one_text(platform)
    assert sum(len(each) for each in orders) == DAYS * A_DAY
    by_chance(orders)
    await world.close()


async def first_case(coach: Window) -> Turn:
    """The first case on the desk: an open one, since closed ones stand behind them."""
    return await coach.press(next(name for name in coach.names if name.startswith("dk_open:")))


async def in_the_database(world: World, folder: Path, people: list[str]) -> list[int]:
    """For each case of this day, in the order in which the file has it, as the how-manieth it was asked."""
    handles = {(await world.look(user)).id: at for at, user in enumerate(people)}
    with sqlite3.connect(folder / "luwte.db") as database:
        rows = database.execute("SELECT id FROM 'case' ORDER BY rowid").fetchall()
    return [handles[row[0].hex()] for row in rows if row[0].hex() in handles]


def nothing_of_anybody(platform: Platform, received: list[str]) -> None:
    told = "\n".join([*received, *(text for _, _, text in platform.taken)])
    assert "UCANARY" not in told
    assert found({"Europe/Amsterdam", "slack.com/archives"}, told.encode()) == set()
    assert not any(trace in told for trace in ("Tmill", "nl-NL", "nl_NL", "+01:00"))
    assert re.search(r"\d:\d\d", told) is None


def in_rounds_and_one_text(platform: Platform) -> None:
    table = Timetable(daily=True)
    assert len({text for _, _, text in platform.taken}) == 1
    assert len({len(text) for _, _, text in platform.taken}) == 1
    assert all(table.at_work(moment) for moment, _, _ in platform.taken)
    assert 0 < len(platform.taken) <= DAYS


def by_chance(orders: list[list[int]]) -> None:
    """The order of asking is found in none, by no more than what chance gives in 99 of 100 worlds."""
    measured = abs(statistics.mean(spearman(each) for each in orders))
    chance = random.Random(7)
    means = []
    for _ in range(SHUFFLES):
        drawn = [chance.sample(range(len(each)), len(each)) for each in orders]
        means.append(abs(statistics.mean(spearman(each) for each in drawn)))
    assert measured <= sorted(means)[int(SHUFFLES * 0.99)]


async def test_of_two_hundred_cases_nobody_tells_which_are_of_one_person(tmp_path: Path) -> None:
    first = await linked(tmp_path / "one", *PEOPLE_AND_CASES)
    assert not first or not set(first) & set(await linked(tmp_path / "two", *PEOPLE_AND_CASES))


async def test_in_five_hundred_races_through_the_windows_nothing_comes_after_a_withdrawal(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    await races(world, RACES)
    await world.close()


async def test_how_long_a_refusal_takes_at_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Printed, not judged: medians of the same press on a case of another's, on none, and on one's own."""
    world = World(tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db")
    door = reception(world, "mill")
    carla = await at_the_desk(world, door, "UCARLA")
    await asked(door)
    await world.pass_days(1)
    await opened(carla)
    assert carla.last is not None
    assert carla.last.prompt is not None
    handle = carla.last.prompt.token.rpartition(".")[2]
    await carla.press("dk_claim")
    other = await at_the_desk(world, door, "UDIEDE")
    assert other.last is not None
    for name, who, case in (
        ("another's case", other, handle),
        ("no case", other, "ab" * 16),
        ("one's own case", carla, handle),
    ):
        took = []
        assert who.last is not None
        for _ in range(TRIES):
            began = time.perf_counter()
            await who.at_place(Place("nl", "list"), who.last.ticket, pressed=f"dk_open:{case}")
            took.append(time.perf_counter() - began)
        with capsys.disabled():
            print(f"\n{name}, at the window: median {statistics.median(took) * 1e3:.2f} ms")
    await world.close()
