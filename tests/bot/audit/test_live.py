"""`audit live` finds real ids and names in the running installation, changes nothing and prints none."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.audit.needles import Needles
from storage.database import engine
from storage.schema import migrate

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = ("U0ABCDEFG12", "Jeanne d'Arq", "ab", "anna.smit@corp.example")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An installation without a secret in the wrong place, and the list beside it."""
    data = tmp_path / "data"
    (data / "keys").mkdir(parents=True)
    made = engine(f"sqlite:///{data / 'luwte.db'}")
    migrate(made)
    made.dispose()
    (tmp_path / "staff").write_text("\n".join(PEOPLE))
    return {"LUWTE_DATA": str(data)}


def search(tmp_path: Path, env: dict[str, str], *more: str) -> int:
    return main(["audit", "live", "--ids", str(tmp_path / "staff"), *more], env)


def test_a_clean_installation_is_clean_and_stays_as_it_was(
    tmp_path: Path, env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (tmp_path / "data/luwte.db").read_bytes()

    assert search(tmp_path, env) == 0
    assert (tmp_path / "data/luwte.db").read_bytes() == before
    out = capsys.readouterr().out
    assert "3 ids and names" in out
    assert "1 lines are too short" in out


@pytest.mark.parametrize(
    "leak",
    [
        "log of U0ABCDEFG12",
        base64.b64encode(b"xx anna.smit@corp.example").decode(),
        "jeanne%20d%27arq",
        hashlib.sha256(b"U0ABCDEFG12").hexdigest(),
    ],
)
def test_a_leak_is_found_and_not_repeated(
    tmp_path: Path, env: dict[str, str], capsys: pytest.CaptureFixture[str], leak: str
) -> None:
    (tmp_path / "log").write_text(leak)

    assert search(tmp_path, env, "--logs", str(tmp_path / "log")) == 1
    out = capsys.readouterr().out
    assert "NOT OK   the log log: 1 places found" in out
    assert not [person for person in PEOPLE if len(person) > 2 and person.lower() in out.lower()]


def test_a_value_of_the_database_and_a_file_of_keys_are_searched(
    tmp_path: Path, env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(tmp_path / "data/luwte.db") as connection:
        connection.execute("CREATE TABLE visit (who TEXT)")
        connection.execute("INSERT INTO visit VALUES ('u0abcdefg12')")
    connection.close()
    (tmp_path / "data/keys/U0ABCDEFG12").touch()

    assert search(tmp_path, env) == 1
    out = capsys.readouterr().out
    assert "column visit.who: plain, 1 times" in out
    assert "name of file 0: plain, 1 times" in out
    assert "U0ABCDEFG12" not in out


@pytest.mark.parametrize("content", [b"", b"ab\ncd", b"\xff\xfe"])
def test_a_list_without_a_usable_line_is_refused(
    tmp_path: Path, env: dict[str, str], content: bytes
) -> None:
    (tmp_path / "staff").write_bytes(content)

    assert search(tmp_path, env) == 2


def test_a_short_name_is_looked_for_in_text_and_not_among_random_bytes() -> None:
    needles = Needles(["jan bos"])

    assert needles.found(b"from Jan Bos") == {"plain": 1}
    assert needles.found(b"\xff\x00jan bos\xff") == {}
