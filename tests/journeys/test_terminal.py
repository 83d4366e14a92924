"""The terminal through a pipe: one reply a line, the end of input ends it, and T4 is walked to its close."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.canary import found, left_behind

if TYPE_CHECKING:
    from pathlib import Path

WALK = (
    "start",
    "4",  # clarity
    "2",  # the track
    "1",
    "1",
    "zeldzaamwoord: dat het niet erg is",
    "6",
    "3",
    "zeldzaamwoord zeldzaamwoord op een dinsdag",
    "5",  # what that is about: something else
    "2",
    "1",
    "1",  # the summary is right
    "7",  # clarity
    "4",
    "1",  # keep it
)
"""T4, by numbers and in words; the numbers mean the same in both languages."""


def talk(data: Path, lines: tuple[str, ...], language: str | None = "nl") -> tuple[str, str]:
    """What `luwte talk` wrote to both streams; it must end with 0."""
    chosen = ["--lang", language] if language else []
    env = {"LUWTE_DATA": str(data), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        [sys.executable, "-m", "bot", "talk", *chosen],
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        env=env,
        check=True,
        timeout=60,
    )
    return result.stdout.decode(), result.stderr.decode()


def test_t4_is_walked_to_its_close_in_dutch(tmp_path: Path) -> None:
    screen, _ = talk(tmp_path, WALK)

    assert "Van wie moet je het eigenlijk weten?" in screen
    assert "    zeldzaamwoord: dat het niet erg is\n" in screen
    assert "Dit was het." in screen


def test_the_same_replies_in_english_ask_as_many_questions(tmp_path: Path) -> None:
    dutch, _ = talk(tmp_path / "nl", WALK, "nl")
    english, _ = talk(tmp_path / "en", WALK, "en")

    assert "Who says you should know?" in english
    assert "That's it." in english
    assert dutch.count("?\n") == english.count("?\n")


def test_a_second_talk_goes_on_where_somebody_was(tmp_path: Path) -> None:
    talk(tmp_path, WALK[:5])

    screen, _ = talk(tmp_path, ())

    assert "Stel dat een collega die je hoog hebt dit tegen jou zei." in screen


def test_without_a_language_two_buttons_are_offered(tmp_path: Path) -> None:
    screen, _ = talk(tmp_path, ("2",), None)

    assert "1  Nederlands" in screen
    assert "I'm Luwte: a program, not a person." in screen


def test_data_and_keys_lie_in_the_data_folder_and_hold_nothing_that_was_typed(
    tmp_path: Path,
) -> None:
    _, said = talk(tmp_path, WALK)

    assert "development key" in said
    assert (tmp_path / "keys/root.key").stat().st_mode & 0o777 == 0o400
    assert found({"zeldzaamwoord"}, left_behind(tmp_path)) == set()


@pytest.mark.parametrize("lines", [(), ("",), ("x" * 100_000,), ("\u202eorbmoz",), ("🙂",)])
def test_odd_input_ends_kindly(tmp_path: Path, lines: tuple[str, ...]) -> None:
    screen, said = talk(tmp_path, lines)

    assert "Traceback" not in screen + said


def test_bytes_that_are_no_text_end_kindly(tmp_path: Path) -> None:
    env = {"LUWTE_DATA": str(tmp_path), "PATH": os.environ["PATH"]}
    result = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--lang", "en"],
        input=b"\xff\xfe\x00\n\n",
        capture_output=True,
        env=env,
        check=False,
        timeout=60,
    )

    assert result.returncode == 0
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("nl", "ik wil een coach", "Hier in de terminal zijn geen coaches."),
        ("en", "can I talk to a coach?", "There are no coaches here in the terminal."),
    ],
)
def test_in_the_terminal_there_are_no_coaches_and_that_is_said_kindly(
    tmp_path: Path, language: str, asked: str, told: str
) -> None:
    said, _ = talk(tmp_path, ("start", "4", asked, "2"), language)
    assert told in said
