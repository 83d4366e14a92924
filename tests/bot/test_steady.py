"""A clock that jumped is believed an hour later, and until then nothing is erased."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import pytest

from bot.steady import AFTER, JUMP, Steady, since_start

YEAR = 365 * 86_400.0


@dataclass
class Machine:
    """A clock on the wall and one that never jumps."""

    wall: float = 1.8e9
    running: float = 100.0

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.running += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def steady(machine: Machine) -> Steady:
    return Steady(lambda: machine.wall, lambda: machine.running)


def test_a_clock_that_runs_is_believed_however_long(machine: Machine, steady: Steady) -> None:
    for _ in range(100):
        machine.pass_by(86_400.0)
        assert steady.believed()


def test_a_clock_that_is_slewed_is_believed(machine: Machine, steady: Steady) -> None:
    for _ in range(100):
        machine.pass_by(3_600.0)
        machine.wall += JUMP / 10
        assert steady.believed()


def test_the_hours_of_a_sleep_are_no_jump_where_they_can_be_asked_for() -> None:
    """What Linux calls CLOCK_BOOTTIME; a sleep cannot be made here, so which clock is asked is all."""
    with_sleep = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    before, told, after = (
        time.clock_gettime(with_sleep), since_start(), time.clock_gettime(with_sleep),
    )  # fmt: skip

    assert before <= told <= after


@pytest.mark.parametrize("jump", [YEAR, -YEAR, 2 * JUMP])
def test_a_jump_is_doubted_for_an_hour(
    machine: Machine, steady: Steady, jump: float, caplog: pytest.LogCaptureFixture
) -> None:
    machine.wall += jump

    with caplog.at_level(logging.WARNING):
        assert not steady.believed()
    machine.pass_by(AFTER - 1)
    assert not steady.believed()
    machine.pass_by(1)
    assert steady.believed()
    assert [record.msg for record in caplog.records] == ["clock_jumped"]


def test_a_clock_that_is_put_right_again_was_never_believed(
    machine: Machine, steady: Steady
) -> None:
    machine.wall += YEAR
    assert not steady.believed()
    machine.pass_by(1_800)
    machine.wall -= YEAR

    assert not steady.believed()
    machine.pass_by(AFTER)
    assert steady.believed()
