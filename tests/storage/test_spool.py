"""The spool: whole files, once each, that tell no time, shared by any number of processes."""

from __future__ import annotations

import os
import secrets
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from storage import files
from storage.envelopes import KEYS, SEALED_CARD, SEALED_LETTER
from storage.spool import Spool, SpooledCase, SpooledEnd, SpooledLetter

if TYPE_CHECKING:
    from pathlib import Path

ORG, OTHER = b"o" * 16, b"p" * 16


def a_case(id_: bytes | None = None) -> SpooledCase:
    return SpooledCase(
        id_ or secrets.token_bytes(16),
        2978,
        secrets.token_bytes(KEYS),
        secrets.token_bytes(SEALED_CARD),
    )


def a_letter() -> SpooledLetter:
    parts = (secrets.token_bytes(16), 2978, secrets.token_bytes(16), secrets.token_bytes(16))
    return SpooledLetter(*parts, secrets.token_bytes(SEALED_LETTER))


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def test_what_was_put_in_is_found_whole(spool: Spool) -> None:
    case, letter, end = a_case(), a_letter(), SpooledEnd(secrets.token_bytes(16), 2981)
    for entry in (case, letter, end):
        spool.put(ORG, entry)

    found = {each.entry: each.folder for each in spool.entries(ORG)}
    assert found == {case: 1, letter: 0, end: 0}
    assert spool.entries(OTHER) == []
    assert spool.organisations() == [ORG]
    assert spool.has_case(ORG, case.id)
    assert spool.has_letter(ORG, letter.id)
    assert spool.ended(ORG, end.id)


def test_the_same_id_is_kept_once_wherever_it_waits(spool: Spool) -> None:
    first = a_case()
    spool.put(ORG, first)
    spool.move_on(ORG, 1)
    spool.put(ORG, a_case(first.id))

    assert [(each.entry, each.folder) for each in spool.entries(ORG)] == [(first, 2)]


def test_requests_move_on_through_the_folders_and_stay_in_the_last(spool: Spool) -> None:
    spool.put(ORG, a_case())
    spool.put(ORG, a_letter())

    folders = []
    for days in (1, 1, 1):
        spool.move_on(ORG, days)
        folders.append(sorted(each.folder for each in spool.entries(ORG)))
    assert folders == [[0, 2], [0, 3], [0, 3]]


def test_after_a_day_without_batches_a_request_moves_further(spool: Spool) -> None:
    spool.put(ORG, a_case())
    spool.move_on(ORG, 2)

    assert [each.folder for each in spool.entries(ORG)] == [3]


def test_no_file_and_no_folder_tells_a_time_and_only_the_owner_reads_them(
    spool: Spool, tmp_path: Path
) -> None:
    for _ in range(3):
        spool.put(ORG, a_case())
        spool.put(ORG, a_letter())
    spool.move_on(ORG, 1)

    found = list((tmp_path / "spool").rglob("*"))
    assert {path.stat().st_mtime for path in (*found, tmp_path / "spool")} == {0.0}
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in found)


def test_the_change_time_tells_the_latest_entry_only(spool: Spool, tmp_path: Path) -> None:
    changes = []
    for _ in range(3):
        spool.put(ORG, a_case())
        times = [path.stat().st_ctime_ns for path in (tmp_path / "spool").rglob("c-*")]
        changes.append(min(times))

    assert changes[0] < changes[1] < changes[2]


def test_a_file_that_was_damaged_is_no_entry_and_can_be_cleared_away(
    spool: Spool, tmp_path: Path
) -> None:
    case = a_case()
    spool.put(ORG, case)
    (path,) = (tmp_path / "spool").rglob("c-*")
    path.write_bytes(path.read_bytes()[:-1])

    (found,) = spool.entries(ORG)
    assert (found.entry, found.path) == (None, path)


def test_taking_back_destroys_the_request(spool: Spool, tmp_path: Path) -> None:
    case = a_case()
    spool.put(ORG, case)
    spool.move_on(ORG, 1)
    spool.drop_case(ORG, case.id)

    assert not spool.has_case(ORG, case.id)
    assert list((tmp_path / "spool").rglob("c-*")) == []


def test_processes_that_put_the_same_at_once_leave_one_and_nothing_half(
    spool: Spool, tmp_path: Path
) -> None:
    case = a_case()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: spool.put(ORG, case), range(16)))

    files = [path for path in (tmp_path / "spool").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"c-{case.id.hex()}"]


def test_what_a_killed_process_left_half_made_goes_in_time(spool: Spool, tmp_path: Path) -> None:
    spool.put(ORG, a_case())
    folder = tmp_path / "spool" / ORG.hex() / "1"
    (folder / ".new-abc").write_bytes(b"half")
    (folder / ".gone-abc").write_bytes(b"half")

    spool.tidy(ORG, folder.stat().st_ctime)
    assert {path.name[:5] for path in folder.iterdir()} == {".new-", "c-" + case_start(folder)}
    spool.tidy(ORG, folder.stat().st_ctime + 7_200)
    assert len(list(folder.iterdir())) == 1


def case_start(folder: Path) -> str:
    (name,) = [path.name for path in folder.iterdir() if path.name.startswith("c-")]
    return name[2:5]


def test_a_file_that_is_swept_away_while_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link
    swept: list[Path] = []

    def once(source: Path, target: Path) -> None:
        if not swept:
            swept.append(source)
            files.sweep(tmp_path, source.stat().st_ctime + 7_200)
        link(source, target)

    monkeypatch.setattr(os, "link", once)

    assert files.create_once(tmp_path / "file", b"content", mode=0o600)

    assert len(swept) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"content"]


def test_a_file_that_is_swept_away_every_time_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def never(source: Path, target: Path) -> None:
        source.unlink()
        link(source, target)

    monkeypatch.setattr(os, "link", never)

    with pytest.raises(FileNotFoundError):
        files.create_once(tmp_path / "file", b"content", mode=0o600)
