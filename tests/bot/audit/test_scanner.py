"""The search: in files and their names, in compressed streams, for people told apart by kind."""

from __future__ import annotations

import gzip
import hashlib
import random
import zlib
from typing import TYPE_CHECKING

import pytest

from bot.audit.canaries import Town
from bot.audit.scanner import SMALL, Scanner

if TYPE_CHECKING:
    from pathlib import Path

TOWN = Town("qzvxkwjb")
SOMEBODY = TOWN.person(7)


@pytest.fixture
def scanner() -> Scanner:
    return Scanner.of(TOWN, [SOMEBODY])


@pytest.mark.parametrize(
    ("canary", "kind"),
    [
        (SOMEBODY.slack_user, "platform id, plain"),
        (SOMEBODY.slack_channel, "platform id, plain"),
        (SOMEBODY.teams_user, "platform id, plain"),
        (SOMEBODY.directory_id, "platform id, plain"),
        (TOWN.slack_team, "platform id, plain"),
        (SOMEBODY.name, "name or e-mail, plain"),
        (SOMEBODY.mail, "name or e-mail, plain"),
        (SOMEBODY.words(3, "nl"), "typed words, plain"),
        (SOMEBODY.response_url, "address of an answer, plain"),
    ],
)
def test_what_is_found_is_told_by_its_kind(scanner: Scanner, canary: str, kind: str) -> None:
    assert scanner.look(f"something {canary} more".encode()) == {kind}


def test_clean_bytes_hold_nothing(scanner: Scanner) -> None:
    assert scanner.look(random.Random(1).randbytes(100_000)) == set()


@pytest.mark.parametrize("deep", [1, 2, 3])
def test_a_compressed_stream_is_looked_into(scanner: Scanner, deep: int) -> None:
    data = random.Random(1).randbytes(50).hex().encode() + SOMEBODY.mail.encode()
    for number in range(deep):
        data = b"around" + (zlib.compress(data) if number % 2 else gzip.compress(data)) + b"around"

    assert "name or e-mail, plain" + ", compressed" * deep in scanner.look(data)


def test_files_and_their_names_are_searched_and_the_finding_quotes_neither(
    scanner: Scanner, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/log").write_text(SOMEBODY.words(0, "en"))

    (found,) = scanner.folders(tmp_path)

    assert str(found) == f"{tmp_path.name}/a/log: typed words, plain"
    (tmp_path / "a/log").rename(tmp_path / SOMEBODY.slack_user)
    assert {each.what for each in scanner.folders(tmp_path)} >= {
        "platform id and typed words, plain"
    }


@pytest.mark.parametrize("size", [100, SMALL + 100])
def test_a_hash_of_an_id_is_found_in_small_and_in_large_files(scanner: Scanner, size: int) -> None:
    digest = hashlib.sha256(SOMEBODY.slack_user.encode()).digest()

    for form in (digest, digest.hex().encode()):
        assert scanner.look(random.Random(1).randbytes(size) + form) == {
            "Slack id as unsalted sha256"
        }


def test_what_was_written_before_can_be_left_out(scanner: Scanner, tmp_path: Path) -> None:
    file = tmp_path / "old"
    file.write_text(SOMEBODY.name)

    assert scanner.folders(tmp_path, since=file.stat().st_mtime + 1) == set()
    assert len(scanner.folders(tmp_path, since=file.stat().st_mtime)) == 1
