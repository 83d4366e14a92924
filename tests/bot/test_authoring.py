"""`luwte draw` and `luwte talk --track`, as somebody who writes conversations uses them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def test_draw_prints_a_flowchart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "T4"], {}) == 0

    assert capsys.readouterr().out.startswith("flowchart TD\n")


def test_draw_writes_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "t4.svg"

    assert main(["draw", "t4", "--svg", str(picture), "--lang", "en"], {}) == 0

    assert picture.read_text(encoding="utf-8").startswith("<svg ")
    assert "opens in any browser" in capsys.readouterr().out


def test_a_picture_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", "t4", "--svg", str(tmp_path / "nowhere" / "t4.svg")], {}) == 2

    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["draw", "t99"], ["talk", "--track", "t99"]])
def test_a_conversation_that_is_not_there_is_told_with_those_that_are(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command, {}) == 2

    assert "known: " in capsys.readouterr().err


def test_talk_goes_straight_into_a_conversation_and_keeps_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nstop\n"))

    status = main(["talk", "--track", "t4", "--lang", "en"], {"XDG_DATA_HOME": str(tmp_path)})

    said = capsys.readouterr().out
    assert status == 0
    assert "What makes that hard to say out loud?" in said
    assert "Who says you should know?" in said
    assert list(tmp_path.iterdir()) == []
