"""`luwte bench slack` starts the real program, the floors and the ordinary way, and has people talk to all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot import commandline
from bot.__main__ import main
from bot.bench import slack
from bot.bench.contest import Pressure, once
from bot.bench.flow import STEPS
from bot.bench.ground import ground
from bot.bench.options import Options
from bot.bench.slackside import SlackSide
from bot.errors import SettingsError
from tests.support.postgres import need_programs

if TYPE_CHECKING:
    from pathlib import Path

FEW = ("--people", "4", "--at-once", "2", "--rounds", "1")


def test_the_figures_are_printed_for_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["bench", "slack", *FEW, "--rate", "20", "40", "--seconds", "0.5", "--json"], {}) == 0
    )

    told = json.loads(capsys.readouterr().out)
    assert (told["bench"], told["rounds"], told["messages"]) == ("slack", 1, 4 * STEPS)
    assert (told["failed"], told["wrong"]) == (0, 0)
    assert 0 < told["p50"] <= told["p99"]
    assert told["messages_per_second"] > 0
    assert told["cpu"] >= 0
    assert told["peak"] > 10
    assert told["floor"] == slack.FLOOR
    assert told["ratio_to_floor"] == told["compared"][slack.FLOOR]["ratio"] > 0
    assert told["compared"].keys() == {
        slack.FLOOR,
        "bare aiohttp, no reply",
        "the ordinary way, sqlite",
    }
    loops = told["open_loop"]
    assert [(each["rate"], each["failed"], each["wrong"]) for each in loops] == [
        (20.0, 0, 0),
        (40.0, 0, 0),
    ]
    assert all(0 < each["p50"] <= each["p99"] for each in loops)


def test_unless_others_are_asked_for_the_latency_is_told_at_100_and_500_a_second() -> None:
    given = commandline.parser().parse_args(["bench", "slack"])

    assert tuple(given.rate) == (100.0, 500.0)


async def test_two_processes_on_postgresql_answer_the_same_people() -> None:
    need_programs()
    options = Options(database="postgresql", people=4, processes=2, at_once=2)
    with ground("postgresql", {}, apart=False) as here:
        ours, usual = slack.ours(here, options), slack.usual(here, options)
        figures = await once(here, SlackSide(), ours, Pressure(2))

    assert [each.name for each in usual] == ["luwte, postgresql"]
    assert ours.name == "luwte, postgresql, 2 processes"
    assert (figures.messages, figures.failed, figures.wrong) == (4 * STEPS, 0, 0)


async def test_slow_commits_are_answered_all_the_same() -> None:
    options = Options(people=2, slow_commit=2.0)
    with ground("sqlite", {}) as here:
        figures = await once(here, SlackSide(), slack.ours(here, options), Pressure(2))

    assert (figures.messages, figures.failed, figures.wrong) == (2 * STEPS, 0, 0)


def test_what_is_configured_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with (
        pytest.raises(SettingsError, match="TMPDIR"),
        ground("sqlite", {"LUWTE_DATA": str(tmp_path)}),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
