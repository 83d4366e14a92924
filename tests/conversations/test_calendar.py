"""A week is a date that a person can read, and the date until which a copy lasts is no promise too early."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.incoming import week
from conversations.calendar import copies_end, last_day, written
from storage.months import destroyed_on, month


def test_the_last_day_of_a_week_is_its_sunday() -> None:
    assert last_day(0) == date(1970, 1, 4)
    assert last_day(2969) == date(2026, 11, 29)


@pytest.mark.parametrize("days", range(0, 800, 3))
def test_copies_end_when_the_secret_of_the_month_is_gone_and_not_before(days: int) -> None:
    moment = datetime(2026, 1, 1, 23, 59, tzinfo=UTC) + timedelta(days=days)
    told = copies_end(week(moment.timestamp()))

    assert told >= destroyed_on(month(moment.timestamp()))
    assert told - moment.date() <= timedelta(days=165)


def test_dates_are_written_as_people_write_them() -> None:
    assert written(date(2027, 3, 8), "nl") == "8 maart 2027"
    assert written(date(2027, 3, 8), "en") == "8 March 2027"
