"""`luwte bench crypto` prints what a turn costs, for people and for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.bench.crypto import SESSION, crypto
from conversations.session import ROOM, decode, encode

if TYPE_CHECKING:
    import pytest


def test_the_figures_are_printed_for_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert crypto(as_json=True, turns=20) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["turns"]) == ("us", 20)
    assert told["median"].keys() == {"derive", "seal", "open", "turn"}
    assert all(0 < figure < 100_000 for figure in told["median"].values())


def test_the_figures_are_printed_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    crypto(as_json=False, turns=20)

    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["Median", "derive", "seal", "open", "turn"]


def test_what_is_measured_is_a_session_as_people_write_them() -> None:
    assert 1_500 < len(encode(SESSION)) < ROOM
    assert decode(encode(SESSION)) == SESSION
