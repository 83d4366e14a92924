"""What is counted: technical things at once, people in tens and once a day."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from bot.counted import CountedSessions
from bot.metrics import Metrics, counted
from conversations.errors import StoreError
from storage.sessions import SqlSessions
from tests.support.storage import a_person, forget, step, stumble

if TYPE_CHECKING:
    from pathlib import Path


def value(metrics: Metrics, series: str) -> float:
    found = re.search(rf"^{re.escape(series)} (\S+)$", metrics.page().decode(), re.MULTILINE)
    assert found is not None, series
    return float(found[1])


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (9, 0), (10, 10), (19, 10), (123, 120)])
def test_conversations_are_told_in_tens(people: int, shown: int) -> None:
    metrics = Metrics()

    metrics.daily(people)

    assert value(metrics, "luwte_conversations_daily") == shown


def test_forgetting_is_told_once_a_day_in_tens_and_the_rest_waits() -> None:
    metrics = Metrics()
    series = "luwte_forgotten_daily_total"

    for _ in range(17):
        metrics.erased()
    assert value(metrics, series) == 0
    metrics.daily(0)
    assert value(metrics, series) == 10
    metrics.daily(0)
    assert value(metrics, series) == 10
    for _ in range(3):
        metrics.erased()
    metrics.daily(0)
    assert value(metrics, series) == 20


@pytest.mark.parametrize(
    ("event", "code", "shown"),
    [
        ("turn_not_kept", "disk", "S3"),
        ("turn_not_kept", None, "S5"),
        ("turn_busy", None, "B2"),
        ("turn_limited", None, "B3"),
        ("turn_failed", "value_error", "X1"),
        ("window_not_shown", None, "P1"),
    ],
)
def test_a_fault_is_counted_under_the_code_that_the_person_saw(
    event: str, code: str | None, shown: str
) -> None:
    metrics = Metrics()
    end = counted(metrics)

    logging.getLogger("luwte.slack").warning(event, extra={"code": code} if code else {})
    end()
    logging.getLogger("luwte.slack").warning(event)

    assert value(metrics, f'luwte_faults_total{{code="{shown}"}}') == 1
    assert value(metrics, f'luwte_events_total{{event="{event}"}}') == 1


def test_what_a_line_of_ours_should_not_say_becomes_no_label() -> None:
    metrics = Metrics()

    metrics.event("hello UCANARY", "UCANARY")

    assert value(metrics, 'luwte_events_total{event="unlisted"}') == 1
    assert b"UCANARY" not in metrics.page()


def test_a_line_of_a_library_is_not_counted() -> None:
    metrics = Metrics()
    end = counted(metrics)

    logging.getLogger("slack_bolt").warning("UCANARY")
    end()

    assert b"luwte_events_total{" not in metrics.page()


def test_the_age_of_a_chore_is_told_when_somebody_looks() -> None:
    now = 100.0
    metrics = Metrics(lambda: now)
    metrics.chore("purge")

    now = 130.0

    assert value(metrics, 'luwte_chore_age_seconds{chore="purge"}') == 30


def test_two_of_them_in_one_process_do_not_meet() -> None:
    one, other = Metrics(), Metrics()
    one.daily(10)

    assert value(other, "luwte_conversations_daily") == 0


async def test_commits_are_timed_and_erasures_counted_whatever_becomes_of_them(
    tmp_path: Path,
) -> None:
    metrics = Metrics()
    sessions = SqlSessions(f"sqlite:///{tmp_path / 'luwte.db'}")
    watched = CountedSessions(sessions, metrics)

    await watched.visit(a_person("anna"), step)
    for number in range(10):
        await watched.visit(a_person(f"{number}"), forget)
    with pytest.raises(StoreError):
        await watched.visit(a_person("anna"), stumble)
    await watched.purge(0)
    await sessions.close()
    metrics.daily(1)

    assert value(metrics, "luwte_store_seconds_count") == 12
    assert value(metrics, "luwte_forgotten_daily_total") == 10
