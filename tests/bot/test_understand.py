"""`luwte understand`: one object for each line, also for an empty one."""

from __future__ import annotations

import io
import json

import pytest

from bot.bench.understand import TEXTS, measure
from bot.bench.understand import understand as bench
from bot.understand import understand


def test_every_line_gets_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    lines = "mijn baas luistert niet\n\nik ben boos\nik wil weg maar voel me schuldig\nik wil er niet meer zijn"

    assert understand("nl", io.StringIO(lines)) == 0

    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["ack"] for each in said] == ["R1", "R0", "R2", "R3", "R0"]
    assert said[0] == {"safety": "none", "themes": ["manager"], "feelings": [], "ack": "R1"}
    assert said[1] == {"safety": "none", "themes": [], "feelings": [], "ack": "R0"}
    assert said[2]["feelings"] == ["angry"]
    assert said[4]["safety"] == "L2"


def test_themes_that_only_choose_a_way_are_not_named(capsys: pytest.CaptureFixture[str]) -> None:
    understand("nl", io.StringIO("ik heb een concurrentiebeding"))

    assert json.loads(capsys.readouterr().out)["themes"] == []


def test_the_measured_texts_have_sixty_words_and_the_parts_add_up() -> None:
    assert all(len(words.split()) == 60 for words in TEXTS.values())

    for parts in measure(3, 1).told["median_us"].values():
        assert parts["all"] == pytest.approx(parts["safety"] + parts["listening"], abs=0.01)


def test_what_it_costs_is_printed_for_a_script_beside_its_floor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench(as_json=True, times=5, rounds=2) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["bench"], told["messages"], told["rounds"]) == ("understand", 5, 2)
    assert 0 < told["ratio_to_floor"] < 1
    assert {"messages_per_second", "p50", "p99", "cpu", "peak"} <= told.keys()
