"""What is wrong with the shape of a database is told: unknown columns, and values that are not sealed."""

from __future__ import annotations

import os
import secrets
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.audit import structure
from bot.audit.canaries import Town
from bot.audit.scanner import Scanner
from bot.audit.times import Moments
from storage.database import engine
from storage.schema import migrate
from storage.sealing import SEALED

if TYPE_CHECKING:
    from pathlib import Path

TOWN = Town("qzvxkwjb")
MOMENTS = Moments((1_930_989_600.0,))


def sealed() -> bytes:
    return b"\x01" + secrets.token_bytes(SEALED - 1)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "luwte.db"
    made = engine(f"sqlite:///{path}")
    migrate(made)
    made.dispose()
    for _ in range(3):
        insert(path, sealed())
    return path


def insert(path: Path, blob: bytes) -> None:
    with sqlite3.connect(path) as connection:
        columns = (
            secrets.randbelow(2**63),
            secrets.token_bytes(16),
            734,
            secrets.randbelow(2**48),
            3195,
        )
        connection.execute(
            "INSERT INTO person (k, locator, epoch, version, expires_week, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*columns, blob),
        )
    connection.close()


def problems(path: Path) -> set[str]:
    scanner = Scanner.of(TOWN, [TOWN.person(0)])
    return {str(each) for each in structure.database(f"sqlite:///{path}", scanner, MOMENTS)}


def test_the_products_own_tables_have_no_problem(database: Path) -> None:
    assert problems(database) == set()


@pytest.mark.parametrize(
    ("blob", "problem"),
    [
        (sealed() + b"x", "has a value of another length"),
        (sealed()[:-1], "has a value of another length"),
        (b"\x02" + sealed()[1:], "has a value of another format"),
        (b"\x01" + b"word " * 1_644, "has a value that compresses, so it is not encrypted"),
    ],
)
def test_a_value_that_is_not_sealed_as_it_should_be_is_told(
    database: Path, blob: bytes, problem: str
) -> None:
    insert(database, blob)

    assert f"column person.sealed: {problem}" in problems(database)


def test_a_nonce_that_comes_twice_is_told(database: Path) -> None:
    first = sealed()
    for blob in (first, first[:13] + secrets.token_bytes(SEALED - 13)):
        insert(database, blob)

    assert problems(database) == {"column person.sealed: repeats a nonce"}


def test_a_column_that_the_map_does_not_name_is_told(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE visit (who TEXT)")
        connection.execute("INSERT INTO visit VALUES (?)", (TOWN.person(0).slack_user,))
    connection.close()

    assert problems(database) == {
        "column visit.who: is not in the data map",
        "column visit.who: platform id, plain",
    }


def test_the_key_folder_holds_what_the_map_names_and_nobody_else_reads_it(tmp_path: Path) -> None:
    (tmp_path / "epochs").mkdir(mode=0o700)
    for name in ("root.key", f"epochs/{'0' * 32}-2031-03"):
        (tmp_path / name).touch(mode=0o600)
        os.utime(tmp_path / name, (0, 0))
    assert structure.key_folder(tmp_path, MOMENTS) == set()

    (tmp_path / "U0SOMEBODY").touch(mode=0o600)
    (tmp_path / "root.key").chmod(0o640)
    os.utime(tmp_path / f"epochs/{'0' * 32}-2031-03", (MOMENTS.known[0], MOMENTS.known[0]))
    assert {str(each) for each in structure.key_folder(tmp_path, MOMENTS)} == {
        "key folder, a file: is not in the data map",
        "key folder, root.key: can be read by others",
        f"key folder, epochs/{'0' * 32}-2031-03: its time tells when somebody came",
    }
