"""When the secret of a month is destroyed: one rule, and one sentence to the person that follows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from conversations.calendar import copies_end, last_day
from storage import months


def noon(day: date) -> float:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("written", "destroyed"),
    [("2026-11", date(2027, 3, 8)), ("2026-08", date(2026, 12, 8)), ("2027-02", date(2027, 6, 8))],
)
def test_a_secret_goes_a_week_after_its_third_further_month(written: str, destroyed: date) -> None:
    epoch = months.read(written)

    assert epoch is not None
    assert months.destroyed_on(epoch) == destroyed
    assert not months.is_due(epoch, noon(destroyed) - 43_201)
    assert months.is_due(epoch, noon(destroyed) - 43_200)


def test_no_kept_row_outlives_its_secret() -> None:
    for day in range(20_000, 21_500):
        last_use = day * 86_400.0
        assert not months.is_due(months.month(last_use), last_use + 90 * 86_400)


def test_the_person_is_told_the_day_on_which_it_happens() -> None:
    for week in range(2_900, 3_200):
        newest = months.month(noon(last_day(week)) + 86_400)
        assert copies_end(week) == months.destroyed_on(newest)


@pytest.mark.parametrize("epoch", [0, 359, 682, 683, 1200])
def test_a_month_is_read_as_it_is_written(epoch: int) -> None:
    assert months.read(months.written(epoch)) == epoch
    assert months.month(months.begin(epoch)) == epoch


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "1969-12", "26-11", "\uff12\uff10\uff12\uff16-11"]
)
def test_what_is_no_month_is_not_read(text: str) -> None:
    assert months.read(text) is None
