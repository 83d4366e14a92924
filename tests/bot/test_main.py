"""The command line: what exists, what it answers to mistakes, and that nothing on it reveals a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.commandline import parser

SERVE = {
    "LUWTE_OPERATOR": "bureau",
    "LUWTE_SLACK_TEAM": "TEXAMPLE",
    "SLACK_BOT_TOKEN": "xoxb-invented",
    "SLACK_SIGNING_SECRET": "invented",
}


def test_there_is_no_command_that_could_show_a_conversation_to_anybody_else() -> None:
    assert "COMMAND" in parser().format_help()
    assert COMMANDS.keys() == {
        "talk", "serve", "check", "draw", "purge", "understand", "bench", "keys",
        "audit", "coach", "doctor", "manifest", "setup",
    }  # fmt: skip


def test_the_root_key_is_made_once_and_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {"LUWTE_DATA": str(tmp_path)}

    assert main(["keys", "init"], env) == 0
    made = (tmp_path / "keys/root.key").read_bytes()
    assert main(["keys", "init"], env) == 2

    assert (tmp_path / "keys/root.key").read_bytes() == made
    assert "root_exists" in capsys.readouterr().err


def test_serve_never_makes_a_root_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"], {**SERVE, "LUWTE_DATA": str(tmp_path)}) == 2

    assert not (tmp_path / "keys").exists()
    assert "luwte keys init" in capsys.readouterr().err


def test_serve_refuses_a_key_that_others_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {**SERVE, "LUWTE_DATA": str(tmp_path)}
    main(["keys", "init"], env)
    (tmp_path / "keys/root.key").chmod(0o444)

    assert main(["serve"], env) == 2
    assert "chmod" in capsys.readouterr().err


def test_half_a_configuration_is_one_line_and_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["serve"], {}) == 2

    said = capsys.readouterr().err
    assert said.startswith("luwte: ")
    assert "Traceback" not in said


def test_check_finds_nothing_wrong_with_the_packaged_conversations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"], {}) == 0
    assert "No problems found." in capsys.readouterr().out


def test_check_tells_every_mistake_in_a_file_with_its_line_and_remedy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = Path(__file__).parents[1] / "conversations/bad/ten_mistakes.yaml"

    assert main(["check", str(file)], {}) == 1

    said = capsys.readouterr().out
    found = re.findall(r"ten_mistakes\.yaml:(\d+): L\d+ .+\n    \S.+", said, re.MULTILINE)
    assert len(found) >= 10


@pytest.mark.parametrize("name", ["missing.yaml", "folder"])
def test_check_of_something_that_is_no_file_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "folder").mkdir()

    assert main(["check", str(tmp_path / name)], {}) == 1
    assert name in capsys.readouterr().out


def test_purge_says_how_much_it_erased(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["purge"], {"LUWTE_DATA": str(tmp_path)}) == 0

    assert capsys.readouterr().out == "0 expired conversation(s) erased.\n"
