"""`luwte bench teams`, `turn` and `store`, with a few people each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.__main__ import main
from bot.bench import store, teams, turn
from bot.bench.figures import Figures, Sheet, median
from bot.bench.flow import LONG, STEPS, deeds

if TYPE_CHECKING:
    import pytest

FEW = ("--people", "3", "--at-once", "2", "--rounds", "1")


def test_teams_is_measured_beside_the_stock_adapters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "teams", *FEW, "--reply-ms", "5", "--json"], {}) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["messages"], told["failed"], told["wrong"]) == (3 * STEPS, 0, 0)
    assert told["ratio_to_floor"] == told["compared"][teams.FLOOR]["ratio"] > 0
    assert "stock agents, echo" in told["compared"]
    assert told["p50"] >= 5


def test_a_turn_without_http_is_measured_beside_bare_aiohttp(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "turn", *FEW, "--json"], {}) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["bench"], told["messages"]) == ("turn", 3 * STEPS)
    assert told["ratio_to_floor"] == told["compared"][turn.FLOOR]["ratio"] > 0


def test_the_store_is_measured_with_more_and_more_sessions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PEOPLE", 2)
    monkeypatch.setattr(store, "TURNS", 40)

    assert main(["bench", "store", "--sizes", "50", "20", "--rounds", "1", "--json"], {}) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["compared"].keys() == {"luwte, sqlite, 20 sessions", store.FLOOR}
    assert told["cpu_to_fewest"] > 0
    assert told["ratio_to_floor"] > 0


def test_the_figures_are_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench", "turn", *FEW], {})

    head, ours, floor, *_ = capsys.readouterr().out.splitlines()
    assert head.split() == [
        "messages/s",
        "p50",
        "ms",
        "p99",
        "ms",
        "CPU",
        "us",
        "MiB",
        "ours",
        "is",
    ]
    assert ours.startswith("luwte, sqlite ")
    assert floor.startswith(turn.FLOOR)
    assert floor.endswith(" x")


def test_six_clicks_lead_to_four_texts_of_200_characters_and_no_two_are_the_same() -> None:
    hello, *rest = deeds(123)

    assert hello.what == "hallo"
    assert sum(each.kind == "press" for each in rest) == 6
    texts = [each.what for each in rest if each.kind == "say"]
    assert [len(each) for each in texts] == [LONG] * 4
    assert not {each.what for each in deeds(124) if len(each.what) == LONG} & {*texts}


def run(rate: float, wrong: int = 0) -> Figures:
    return Figures(10, rate, p50=rate, p99=2, cpu=3, peak=4, wrong=wrong)


def test_medians_are_taken_figure_by_figure_and_what_went_wrong_is_added_up() -> None:
    middle = median([run(1), run(9), run(2, wrong=3)])

    assert (middle.messages_per_second, middle.p50, middle.wrong) == (2, 2, 3)


def test_a_ratio_is_that_of_each_round_by_itself() -> None:
    sheet = Sheet(
        "any", "floor", {"ours": [run(2), run(30), run(4)], "floor": [run(4), run(10), run(8)]}
    )

    assert sheet.ratio("floor") == 0.5
    assert sheet.sound


def test_one_wrong_answer_makes_the_whole_bench_fail() -> None:
    assert not Sheet("any", "floor", {"ours": [run(2)], "floor": [run(2, wrong=1)]}).sound


def test_what_waits_at_a_fixed_rate_is_a_row_of_its_own_and_one_wrong_answer_fails_as_well() -> (
    None
):
    runs = {"ours": [run(2)], "floor": [run(1)]}
    sheet = Sheet("any", "floor", runs, open_loop={100.0: [run(2)], 500.0: [run(3, wrong=1)]})

    rows = [line.split()[:3] for line in sheet.as_text().splitlines()[3:5]]
    assert rows == [["ours,", "at", "100/s"], ["ours,", "at", "500/s"]]
    assert not sheet.sound
