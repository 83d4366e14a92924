"""`luwte talk --for LABEL`: a coach is asked in the terminal, answers at a desk, and is read in the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from conversations import library
from tests.support.cases import World

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.script import Language

TEXTS = library.load().coach
QUESTION = {"nl": "hoe vind ik wat bij mij past", "en": "how do I find what fits me"}
ANSWER = "wat zou je willen houden?"
ASK = {"nl": "ik wil een coach", "en": "can I talk to a coach?"}
ANNE = "Anne"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


def settings(data: Path) -> dict[str, str]:
    return {"LUWTE_DATA": str(data), "LUWTE_OPERATOR": "bureau", "LUWTE_SLACK_TEAM": "TBUREAU"}


def talk(data: Path, language: str, *lines: str, label: str = "default") -> str:
    """What is shown; every line is a reply."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--lang", language, "--for", label],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        env={**settings(data), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_asked_in_the_terminal_answered_at_a_desk_and_read_in_the_terminal(
    tmp_path: Path, language: Language
) -> None:
    assert main(["keys", "init"], settings(tmp_path)) == 0
    world = World.of_installation(tmp_path)
    key = await world.coach("UANNE", ("default",), name=ANNE)
    told = talk(
        tmp_path, language, "start", "4", ASK[language], "1", "1", QUESTION[language],
        "1", "1", "1", "1", "1", "1",
    )  # fmt: skip
    assert f"{ANNE}: " in told
    assert QUESTION[language] in told
    assert TEXTS.sent.to(language).partition("{day}")[0] in told

    await world.pass_days(4)
    (listed,) = (await world.desks.look(key)).open
    read = await world.desks.read(key, listed.id)
    assert read is not None
    assert read.card.lines[0].words == QUESTION[language]
    await world.desks.claim(key, listed.id)
    await world.desks.answer(key, listed.id, ANSWER)
    await world.pass_days(3)
    await world.close()
    assert ANSWER in talk(tmp_path, language, ASK[language])


def test_an_organisation_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    assert main(["keys", "init"], settings(tmp_path)) == 0
    told = talk(tmp_path, "nl", label="mill")
    assert "--for mill: not an organisation here; known are default" in told
    assert "Traceback" not in told


def test_for_an_organisation_no_key_is_made(tmp_path: Path) -> None:
    assert "luwte keys init" in talk(tmp_path, "nl")
    assert not (tmp_path / "keys").exists()
