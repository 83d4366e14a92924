"""An outage of hours writes a few lines a minute, and says how many there were."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.damping import ALIKE, KINDS, WINDOW, Damped
from bot.log import ClosedFormatter
from bot.metrics import Metrics, counted
from tests.support.storage import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR = 3_600.0


class Log:
    """A logger whose lines are damped by a clock that the test sets."""

    def __init__(self) -> None:
        self.clock, self.out = Clock(), io.StringIO()
        self.handler = Damped(self.out, self.clock)
        self.handler.setFormatter(ClosedFormatter())
        self.own = logging.getLogger("luwte.slack")

    def fail(self, code: str = "unreachable") -> None:
        self.own.error("turn_not_kept", extra={"code": code})

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    made = Log()
    made.own.addHandler(made.handler)
    yield made
    made.own.removeHandler(made.handler)


def test_three_hours_without_a_database_are_some_lines_a_minute_and_every_failure_is_told(
    log: Log,
) -> None:
    for _ in range(3 * 60 * 600):
        log.fail()
        log.clock.seconds += 0.1
    log.handler.close()

    assert len(log.lines) <= 3 * 61 * (ALIKE + 1)
    assert sum(int(str(line.get("repeated", 1))) for line in log.lines) == 3 * 60 * 600


def test_what_happens_now_and_then_is_written_each_time(log: Log) -> None:
    for _ in range(100):
        log.fail()
        log.clock.seconds += WINDOW / ALIKE + 1

    assert len(log.lines) == 100
    assert not [line for line in log.lines if "repeated" in line]


def test_one_fault_hides_no_other(log: Log) -> None:
    for _ in range(1_000):
        log.fail()
    log.fail("disk")

    assert [line["code"] for line in log.lines] == ["unreachable"] * ALIKE + ["disk"]


def test_when_it_is_over_the_next_line_of_whatever_kind_brings_the_number(log: Log) -> None:
    for _ in range(ALIKE + 7):
        log.fail()
    log.clock.seconds += HOUR
    log.own.warning("slack_unreachable")

    told, after = log.lines[-2:]
    assert (told["event"], told["code"], told["repeated"]) == ("turn_not_kept", "unreachable", 7)
    assert after["event"] == "slack_unreachable"


def test_lines_that_all_differ_take_no_more_memory_than_a_few(log: Log) -> None:
    for number in range(10 * KINDS):
        log.own.warning("purged", extra={"count": number})

    assert len(log.lines) == 10 * KINDS
    assert len(log.handler._seen) == KINDS


def test_what_is_not_written_is_counted(log: Log) -> None:
    metrics = Metrics()
    end = counted(metrics)
    for _ in range(1_000):
        log.fail()
    end()

    assert 'luwte_faults_total{code="S1"} 1000.0' in metrics.page().decode()
    assert len(log.lines) == ALIKE
