"""The figures that are promised of speed and memory; minutes each, on a machine that does nothing else.

What is compared stands beside it in the same run, so these hold on any machine of two processors.
"""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from bot.bench import slack, store, teams
from bot.bench.figures import Sheet, median
from bot.bench.flow import STEPS, Person
from bot.bench.ground import Kind, ground
from bot.bench.load import Load
from bot.bench.options import Options
from bot.bench.slackside import SlackSide
from bot.bench.wire import Stub, listen

ORDINARY = "the ordinary way, sqlite"
BLOCKS, PEOPLE = 20, 1_000
SETTLED = 4
"""Blocks after which everything that is remembered for minutes is full."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_durable_message_is_fast_beside_the_floor_and_the_ordinary_way(kind: Kind) -> None:
    sheet = await slack.measure({}, Options(database=kind, rates=(100.0, 500.0)))

    _told(sheet)
    assert sheet.ratio(ORDINARY) >= 3
    assert sheet.ratio(slack.FLOOR) >= (0.55 if kind == "sqlite" else 0.45)
    assert [median(runs).p99 < 50 for runs in sheet.open_loop.values()] == [True, True]


async def test_slow_commits_are_shared() -> None:
    sheet = await slack.measure({}, Options(slow_commit=3.0))

    _told(sheet)
    assert sheet.told["rate_to_usual"] >= 0.6


async def test_two_processes_on_postgresql_cost_little_more_than_one() -> None:
    sheet = await slack.measure({}, Options(database="postgresql", processes=2))

    _told(sheet)
    assert sheet.told["cpu_to_usual"] <= 1.25
    assert median(sheet.runs[sheet.ours]).p99 <= 100


async def test_teams_is_faster_than_the_stock_adapter_by_far() -> None:
    sheet = await teams.measure({}, Options(at_once=16))

    _told(sheet)
    assert sheet.ratio(teams.FLOOR) >= 8


async def test_replies_that_take_200_ms_do_not_hold_up_others_in_teams() -> None:
    sheet = await teams.measure({}, Options(at_once=64, people=300, reply=0.2))

    _told(sheet)
    assert median(sheet.runs[sheet.ours]).messages_per_second >= 200


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_million_stored_sessions_cost_little_more_than_a_thousand(kind: Kind) -> None:
    sheet = await store.measure({}, kind, [1_000, 1_000_000], 5)

    _told(sheet)
    assert sheet.told["cpu_to_fewest"] <= 1.3


async def test_memory_stays_flat_over_two_hundred_thousand_messages_of_twenty_thousand_people() -> (
    None
):
    held: list[float] = []
    with ground("sqlite", {}) as here:
        async with AsyncExitStack() as leaving:
            side = SlackSide()
            server, port = await listen(lambda: Stub(side.answered))
            leaving.callback(server.close)
            side.base = f"http://127.0.0.1:{port}"
            ((command, env),) = slack.ours(here, Options()).start(side.base)
            child = await leaving.enter_async_context(here.child(command, env))
            load = await Load.begin(side, [child.port], 0, 0)
            leaving.callback(load.close)
            for block in range(BLOCKS):
                first = 10 + block * PEOPLE
                load.people.extend(Person(number) for number in range(first, first + PEOPLE))
                await load.closed(32)
                held.append(child.resident)

    print("MiB after each block:", [round(each) for each in held])
    assert len(load.waited) == BLOCKS * PEOPLE * STEPS
    assert (load.failed, load.wrong) == (0, 0)
    middle = held[SETTLED]
    assert all(0.95 * middle <= each <= 1.05 * middle for each in held[SETTLED:])


def _told(sheet: Sheet) -> None:
    """For whoever runs this, whatever comes of it."""
    print(f"\n{sheet.as_text()}")
    assert sheet.sound
