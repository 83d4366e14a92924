"""Real processes on one key folder and one database, whose clocks need not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import epoch_files, roots
from storage.epoch_files import listed
from storage.months import begin
from storage.root import create_root
from tests.support.process import processes

if TYPE_CHECKING:
    from pathlib import Path

DECEMBER = begin(683)
NOVEMBER_24 = DECEMBER - 7 * 86_400.0


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    create_root(tmp_path / "keys" / "root.key")
    return tmp_path / "keys"


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'luwte.db'}"


@pytest.mark.parametrize("ahead", [0.2, 30.0, 7_200.0])
def test_around_a_months_end_nobody_loses_a_turn_to_clocks_that_disagree(
    keys: Path, database: str, ahead: float
) -> None:
    with processes(keys, database, DECEMBER - 20, DECEMBER - 20 + ahead) as (slow, fast):
        told = []
        for moment in range(-20, 21):
            slow.at(DECEMBER + moment)
            fast.at(DECEMBER + moment + ahead)
            told += [fast.visit(), slow.visit()]

    assert told == list(range(1, 83))
    assert [file.epoch for file in listed(keys / "epochs")][-1] == 683
    assert len(listed(keys / "epochs")) == len({file.epoch for file in listed(keys / "epochs")})


def test_a_first_visit_in_a_new_month_makes_one_secret_whoever_comes_first(
    keys: Path, database: str
) -> None:
    with processes(keys, database, DECEMBER - 1, DECEMBER + 1) as pair:
        for process in pair:
            process.begin_visits(60, "U2")
        numbers = sorted(number for process in pair for number in process.ended())

    assert numbers == list(range(1, 121))


def test_a_secret_destroyed_while_both_serve_is_dropped_by_both_within_a_minute(
    keys: Path, database: str
) -> None:
    with processes(keys, database, NOVEMBER_24, NOVEMBER_24) as (one, other):
        assert [one.visit(), other.visit()] == [1, 2]
        epoch_files.destroy(listed(keys / "epochs"))

        one.at(NOVEMBER_24 + 60)
        other.at(NOVEMBER_24 + 60)

        assert [one.look(), other.look()] == [0, 0]
        assert [other.visit(), one.visit()] == [1, 2]


def test_an_idle_process_drops_it_at_its_recheck(keys: Path, database: str) -> None:
    with processes(keys, database, NOVEMBER_24, NOVEMBER_24) as (one, idle):
        assert [one.visit(), idle.look()] == [1, 1]
        epoch_files.destroy(listed(keys / "epochs"))

        idle.recheck()

        assert idle.look() == 0


def test_a_secret_can_be_destroyed_in_the_middle_of_a_crowd(keys: Path, database: str) -> None:
    """No turn fails for it: each is taken with the old secret or with the new one."""
    with processes(keys, database, NOVEMBER_24, NOVEMBER_24) as pair:
        for process in pair:
            process.begin_visits(80)
        epoch_files.destroy(listed(keys / "epochs"))
        numbers = [number for process in pair for number in process.ended()]

    assert len(numbers) == 160
    assert -1 not in numbers


def test_two_that_keep_house_at_once_destroy_each_secret_once(keys: Path, database: str) -> None:
    with processes(keys, database, NOVEMBER_24, NOVEMBER_24) as pair:
        pair[0].visit()
        for process in pair:
            process.at(begin(686) + 7 * 86_400.0)

        assert sorted(process.destroy() for process in pair) == [0, 1]

    assert listed(keys / "epochs") == []


def test_a_root_key_can_be_rotated_in_the_middle_of_a_crowd(keys: Path, database: str) -> None:
    with processes(keys, database, NOVEMBER_24, NOVEMBER_24) as (one, other):
        assert one.visit() == 1
        for process in (one, other):
            process.begin_visits(40)
        roots.rotate(keys)
        numbers = sorted([1, *one.ended(), *other.ended()])
        one.at(DECEMBER + 60)
        other.at(DECEMBER + 60)
        assert [one.visit(), other.visit()] == [82, 83]

    assert numbers == list(range(1, 82))
    found = roots.from_folder(keys)
    under = [found.opened(file)[0] for file in listed(keys / "epochs")]
    assert under == [found.previous, found.present]


def test_a_rotation_a_moment_before_the_months_end_makes_one_december(
    keys: Path, database: str
) -> None:
    """One process begins December under the new root; the other had not heard of any."""
    with processes(keys, database, DECEMBER - 5, DECEMBER - 5) as (one, other):
        assert [one.visit(), other.visit()] == [1, 2]
        roots.rotate(keys)

        told = []
        for process in (one, other):
            process.at(DECEMBER + 1)
            told.append(process.visit())

        assert told == [3, 4]

    assert [file.epoch for file in listed(keys / "epochs")] == [682, 683]
