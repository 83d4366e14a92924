"""`luwte bench crypto` prints what a turn costs beside the cipher alone, for people and for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.bench.crypto import FLOOR, SESSION, crypto
from conversations.session import ROOM, decode, encode

if TYPE_CHECKING:
    import pytest


def test_the_figures_are_printed_for_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert crypto(as_json=True, turns=20, rounds=2) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["bench"], told["messages"], told["rounds"]) == ("crypto", 20, 2)
    assert told["median_us"].keys() == {"derive", "seal", "open"}
    assert told["compared"].keys() == {FLOOR}
    assert 0 < told["ratio_to_floor"] < 1
    assert all(told[name] > 0 for name in ("messages_per_second", "peak"))
    assert {"p50", "p99", "cpu"} <= told.keys()


def test_the_figures_are_printed_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    crypto(as_json=False, turns=20, rounds=1)

    _, ours, floor, parts = capsys.readouterr().out.splitlines()
    assert ours.startswith("secrecy of a turn")
    assert floor.startswith(FLOOR)
    assert parts.startswith("median_us")


def test_what_is_measured_is_a_session_as_people_write_them() -> None:
    assert 1_500 < len(encode(SESSION)) < ROOM
    assert decode(encode(SESSION)) == SESSION
