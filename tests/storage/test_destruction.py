"""Secrets go on their date, whole and in every process; what a killed process left goes too."""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from storage import epoch_files, files, keys
from storage.destruction import Destroyed, destroy_due
from storage.errors import KeysError
from storage.months import begin
from storage.root import HeldRootKey

if TYPE_CHECKING:
    from pathlib import Path

ROOT = HeldRootKey(bytes(range(32)))
MARCH_8 = begin(686) + 7 * 86_400.0
"""8 March 2027: the day of November 2026, month 682."""


def a_secret(folder: Path, epoch: int, tenant: str = "T1") -> epoch_files.EpochFile:
    tag = keys.organisation_tag(ROOT, "slack", tenant)
    file = epoch_files.at(folder / "epochs", tag, epoch)
    files.create_once(file.path, keys.wrap(ROOT, tag, epoch, os.urandom(32), bytes(12)), mode=0o600)
    return file


def left(folder: Path) -> list[str]:
    return sorted(path.name[-7:] for path in (folder / "epochs").iterdir())


def test_every_organisations_secret_goes_on_its_date_and_no_younger_one(tmp_path: Path) -> None:
    for epoch in (681, 682, 683):
        a_secret(tmp_path, epoch, "T1")
        a_secret(tmp_path, epoch, "T2")

    assert destroy_due(tmp_path, MARCH_8 - 1) == Destroyed(2, root=False)
    assert destroy_due(tmp_path, MARCH_8) == Destroyed(2, root=False)
    assert destroy_due(tmp_path, MARCH_8) == Destroyed(0, root=False)

    assert left(tmp_path) == ["2026-12", "2026-12"]


def test_a_destroyed_secret_is_overwritten_wherever_its_file_is_linked(tmp_path: Path) -> None:
    """A process killed while it made the file leaves a second name for it."""
    file = a_secret(tmp_path, 682)
    held = file.path.read_bytes()
    second = tmp_path / "second"
    os.link(file.path, second)

    assert epoch_files.destroy([file]) == 1

    assert second.stat().st_size == len(held)
    assert second.read_bytes()[13:29] != held[13:29]


def test_what_a_killed_process_was_destroying_is_destroyed(tmp_path: Path) -> None:
    file = a_secret(tmp_path, 686)
    file.path.rename(file.path.with_name(".gone-0123456789abcdef"))

    destroy_due(tmp_path, MARCH_8)

    assert left(tmp_path) == []


def test_what_a_killed_process_was_making_is_cleared_away_after_an_hour(tmp_path: Path) -> None:
    file = a_secret(tmp_path, 690)
    os.link(file.path, file.path.with_name(".new-linked"))
    file.path.with_name(".new-half").write_bytes(b"half")
    before = file.path.read_bytes()

    files.sweep(tmp_path / "epochs", time.time() + 3_500)
    assert len(list((tmp_path / "epochs").iterdir())) == 3
    files.sweep(tmp_path / "epochs", time.time() + 3_700)

    assert list((tmp_path / "epochs").iterdir()) == [file.path]
    assert file.path.read_bytes() == before, "a file in use is never overwritten"


def test_a_file_that_is_no_secret_is_left_alone(tmp_path: Path) -> None:
    a_secret(tmp_path, 600)
    for name in ("README", "1234-2020-01", "0" * 32 + "-2020-13", "0" * 32 + "-2020-01.bak"):
        (tmp_path / "epochs" / name).write_bytes(b"")

    assert destroy_due(tmp_path, MARCH_8) == Destroyed(1, root=False)
    assert len(list((tmp_path / "epochs").iterdir())) == 4


def test_where_there_is_no_key_folder_there_is_nothing_to_destroy(tmp_path: Path) -> None:
    assert destroy_due(tmp_path / "keys", MARCH_8) == Destroyed(0, root=False)
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_cannot_be_destroyed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_secret(tmp_path, 600)

    def refuse(*_: object) -> None:
        raise PermissionError("words that nobody needs")

    monkeypatch.setattr(type(file.path), "rename", refuse)

    with pytest.raises(KeysError, match=r"PermissionError: check who may write") as caught:
        destroy_due(tmp_path, MARCH_8)

    assert caught.value.code == "not_destroyed"


def test_two_that_destroy_the_same_secret_destroy_it_once(tmp_path: Path) -> None:
    file = a_secret(tmp_path, 682)

    assert epoch_files.destroy([file, file]) == 1
    assert stat.S_ISDIR((tmp_path / "epochs").stat().st_mode)
