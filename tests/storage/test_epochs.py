"""Epoch secrets: one for an organisation and month, whoever makes it, and gone when destroyed."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from storage import keys
from storage.epochs import Epochs
from storage.errors import KeysError
from storage.months import month
from storage.root import HeldRootKey
from storage.roots import Roots
from tests.support.storage import Clock

ROOT = HeldRootKey(bytes(range(32)))
READ, OTHER = partial(Roots, ROOT), partial(Roots, HeldRootKey(bytes(32)))
HERE = Path(__file__).parents[2]


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NOVEMBER = moment("2026-11-24 12:00")
LAST_SECOND = moment("2026-11-30 23:59:59")
DECEMBER = moment("2026-12-01 00:00:01")


def months(epochs: Epochs) -> list[int]:
    return [epoch for epoch, _ in epochs.usable("slack", "T1")]


def files(folder: Path) -> list[str]:
    return sorted(path.name[-7:] for path in folder.iterdir())


@pytest.mark.parametrize(
    ("text", "count"),
    [("1970-01-01 00:00", 0), ("1999-12-31 23:59:59", 359), ("2026-11-24 12:00", 682)],
)
def test_a_month_is_counted_in_universal_time(text: str, count: int) -> None:
    assert month(moment(text)) == count


def test_the_present_month_is_made_at_the_first_look(tmp_path: Path) -> None:
    folder = tmp_path / "epochs"

    assert months(Epochs(READ, folder, Clock(NOVEMBER))) == [682]

    (path,) = folder.iterdir()
    assert path.name.endswith("-2026-11")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert path.stat().st_size == keys.WRAPPED == 61


def test_a_file_tells_the_month_and_no_finer_time(tmp_path: Path) -> None:
    Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")

    (path,) = tmp_path.iterdir()
    assert path.stat().st_mtime == moment("2026-11-01 00:00")


def test_a_file_name_tells_the_organisation_to_nobody_without_the_root_key(tmp_path: Path) -> None:
    Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")
    Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("teams", "T1")
    Epochs(OTHER, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")

    names = {path.name for path in tmp_path.iterdir()}
    assert len(names) == 3
    assert not any("T1" in name or hashlib.sha256(b"T1").hexdigest()[:8] in name for name in names)


def test_every_process_and_every_start_finds_the_same_key(tmp_path: Path) -> None:
    first = Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")

    assert Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1") == first
    assert Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T2") != first


RACE = """
import hashlib, sys
from pathlib import Path
from storage.epochs import Epochs
from storage.root import HeldRootKey
from storage.roots import Roots
epochs = Epochs(lambda: Roots(HeldRootKey(bytes(range(32)))), Path(sys.argv[1]), lambda: 1.79e9)
print("ready", flush=True)
sys.stdin.readline()
found = [epochs.usable("slack", f"T{n}") for n in range(60)]
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_of_two_processes_that_make_the_same_epoch_one_wins(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(tmp_path)],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outcomes = {process.communicate(timeout=30)[0] for process in processes}

    assert [process.returncode for process in processes] == [0, 0]
    assert len(outcomes) == 1
    assert len(list(tmp_path.iterdir())) == 60


def test_a_secret_wrapped_under_another_root_key_is_refused(tmp_path: Path) -> None:
    tag = keys.organisation_tag(ROOT, "slack", "T1")
    other = keys.wrap(HeldRootKey(bytes(32)), tag, 682, bytes(32), bytes(12))
    (tmp_path / f"{tag.hex()}-2026-11").write_bytes(other)

    for _ in range(2):
        with pytest.raises(KeysError, match="restore the root key") as caught:
            Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")

    assert caught.value.code == "epoch_unopened"
    assert (tmp_path / f"{tag.hex()}-2026-11").read_bytes() == other


@pytest.mark.parametrize("name", ["another month", "another organisation", "cut", "flipped"])
def test_a_secret_that_is_not_where_it_was_made_is_refused(tmp_path: Path, name: str) -> None:
    tag = keys.organisation_tag(ROOT, "slack", "T1")
    good = keys.wrap(ROOT, tag, 682, bytes(32), bytes(12))
    bad = {
        "another month": keys.wrap(ROOT, tag, 681, bytes(32), bytes(12)),
        "another organisation": keys.wrap(ROOT, bytes(16), 682, bytes(32), bytes(12)),
        "cut": good[:-1],
        "flipped": good[:-1] + bytes([good[-1] ^ 1]),
    }[name]
    (tmp_path / f"{tag.hex()}-2026-11").write_bytes(bad)

    with pytest.raises(KeysError):
        Epochs(READ, tmp_path, Clock(NOVEMBER)).usable("slack", "T1")


def test_three_months_before_are_looked_up_and_none_further(tmp_path: Path) -> None:
    clock = Clock()
    for text in ("07", "08", "09", "10", "11"):
        clock.seconds = moment(f"2026-{text}-15 12:00")
        Epochs(READ, tmp_path, clock).usable("slack", "T1")

    assert months(Epochs(READ, tmp_path, clock)) == [682, 681, 680, 679]
    assert len(files(tmp_path)) == 5


def test_an_older_month_that_is_missing_is_never_made(tmp_path: Path) -> None:
    clock = Clock(moment("2026-09-15 12:00"))
    epochs = Epochs(READ, tmp_path, clock)
    assert months(epochs) == [680]

    clock.seconds = NOVEMBER
    assert months(epochs) == [682, 680]
    assert files(tmp_path) == ["2026-09", "2026-11"]


def test_a_clock_behind_follows_the_month_that_a_clock_ahead_has_begun(tmp_path: Path) -> None:
    ahead, behind = Clock(LAST_SECOND - 5), Clock(LAST_SECOND - 5)
    first, second = Epochs(READ, tmp_path, ahead), Epochs(READ, tmp_path, behind)
    assert months(first) == months(second) == [682]

    ahead.seconds = DECEMBER
    assert months(first) == [683, 682]

    assert months(second) == [683, 682], "at once, not at the next minute"
    assert second.usable("slack", "T1") == first.usable("slack", "T1")

    behind.seconds = DECEMBER + 7_200
    assert months(second) == [683, 682]


def test_a_clock_behind_makes_no_month_that_is_over_elsewhere(tmp_path: Path) -> None:
    Epochs(READ, tmp_path, Clock(DECEMBER)).usable("slack", "T1")

    assert months(Epochs(READ, tmp_path, Clock(LAST_SECOND))) == [683]
    assert files(tmp_path) == ["2026-12"]


def test_a_month_after_the_next_is_not_believed(tmp_path: Path) -> None:
    Epochs(READ, tmp_path, Clock(moment("2027-01-15 12:00"))).usable("slack", "T1")

    assert months(Epochs(READ, tmp_path, Clock(NOVEMBER))) == [682]


def test_a_destroyed_secret_is_dropped_within_a_minute(tmp_path: Path) -> None:
    clock = Clock(moment("2026-10-15 12:00"))
    epochs = Epochs(READ, tmp_path, clock)
    epochs.usable("slack", "T1")
    clock.seconds = NOVEMBER
    assert months(epochs) == [682, 681]
    next(tmp_path.glob("*-2026-10")).unlink()

    clock.seconds += 60

    assert months(epochs) == [682]


def test_a_destroyed_present_secret_gives_way_to_a_new_one(tmp_path: Path) -> None:
    clock = Clock(NOVEMBER)
    epochs = Epochs(READ, tmp_path, clock)
    before = epochs.usable("slack", "T1")
    next(tmp_path.iterdir()).unlink()

    clock.seconds += 60
    after = epochs.usable("slack", "T1")

    assert (before[0][0], after[0][0]) == (682, 682)
    assert before != after


def test_a_rotated_secret_is_read_anew_within_a_minute(tmp_path: Path) -> None:
    clock = Clock(NOVEMBER)
    epochs = Epochs(READ, tmp_path, clock)
    before = epochs.usable("slack", "T1")
    path = next(tmp_path.iterdir())
    tag = keys.organisation_tag(ROOT, "slack", "T1")
    fresh = path.with_name("fresh")
    fresh.write_bytes(keys.wrap(ROOT, tag, 682, bytes(32), bytes(12)))
    fresh.replace(path)

    clock.seconds += 60
    after = epochs.usable("slack", "T1")

    assert after == [(682, keys.epoch_key(ROOT, 682, bytes(32)))]
    assert after != before


def test_a_secret_is_not_read_for_every_visitor(tmp_path: Path) -> None:
    clock = Clock(NOVEMBER)
    epochs = Epochs(READ, tmp_path, clock)
    before = epochs.usable("slack", "T1")
    next(tmp_path.iterdir()).unlink()

    clock.seconds += 59

    assert epochs.usable("slack", "T1") == before
    assert list(tmp_path.iterdir()) == []


def test_a_process_without_visitors_drops_what_is_destroyed_and_makes_nothing(
    tmp_path: Path,
) -> None:
    epochs = Epochs(READ, tmp_path, Clock(NOVEMBER))
    before = epochs.usable("slack", "T1")
    next(tmp_path.iterdir()).unlink()

    epochs.recheck()

    assert list(tmp_path.iterdir()) == []
    assert epochs.usable("slack", "T1") != before


def test_a_secret_that_no_longer_opens_is_dropped_too(tmp_path: Path) -> None:
    epochs = Epochs(READ, tmp_path, Clock(NOVEMBER))
    epochs.usable("slack", "T1")
    next(tmp_path.iterdir()).write_bytes(b"spoilt")

    epochs.recheck()

    with pytest.raises(KeysError, match="restore the root key"):
        epochs.usable("slack", "T1")


def test_a_folder_that_cannot_be_read_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(KeysError, match="check the folder") as caught:
        Epochs(READ, tmp_path / "file", Clock(NOVEMBER)).usable("slack", "T1")

    assert caught.value.code == "epochs_unreadable"
    assert str(tmp_path) not in str(caught.value)
