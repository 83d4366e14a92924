"""When things leave: days and rounds where the organisation is, in summer and winter."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from storage.timetable import ROUNDS, Timetable

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TABLE = Timetable(hour=16)


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def test_a_batch_is_a_day_that_begins_at_its_hour() -> None:
    before, after = TABLE.batch(at("2026-11-23T15:59")), TABLE.batch(at("2026-11-23T16:00"))

    assert after == before + 1
    assert TABLE.batch(at("2026-11-24T15:59")) == after


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_on_which_the_clock_is_changed_has_one_batch(day: str) -> None:
    moments = [at(f"{day}T00:00") + 900 * step for step in range(24 * 4)]

    numbers = [TABLE.batch(moment) for moment in moments]
    assert sorted(set(numbers)) == [numbers[0], numbers[0] + 1]
    assert numbers == sorted(numbers)


def test_rounds_are_at_nine_one_and_five_on_working_days() -> None:
    assert ROUNDS == (9, 13, 17)
    numbers = [TABLE.round(at(f"2026-11-23T{hour:02}:00")) for hour in (8, 9, 12, 13, 16, 17, 23)]

    first = numbers[1]
    assert numbers == [first - 10 + 3, first, first, first + 1, first + 1, first + 2, first + 2]


def test_nothing_leaves_at_the_weekend_until_monday_at_nine() -> None:
    friday = TABLE.round(at("2026-11-27T17:00"))

    assert TABLE.round(at("2026-11-28T13:00")) == friday
    assert TABLE.round(at("2026-11-30T08:59")) == friday
    assert TABLE.round(at("2026-11-30T09:00")) > friday


def test_the_same_moment_is_another_hour_in_another_place() -> None:
    tokyo = Timetable(hour=16, zone="Asia/Tokyo")
    moment = at("2026-11-23T16:00", ZoneInfo("Asia/Tokyo"))

    assert tokyo.batch(moment) == tokyo.batch(moment - 1) + 1
    assert TABLE.batch(moment) == TABLE.batch(moment - 1)


@pytest.mark.parametrize(
    ("now", "daily", "latest"),
    [
        ("2026-11-23T10:00", True, date(2026, 11, 23)),
        ("2026-11-23T16:00", True, date(2026, 11, 24)),
        ("2026-11-23T10:00", False, date(2026, 11, 25)),
        ("2026-11-23T16:30", False, date(2026, 11, 26)),
    ],
)
def test_the_latest_day_of_a_request_can_be_told(now: str, daily: bool, latest: date) -> None:
    assert Timetable(hour=16, daily=daily).latest_day(at(now)) == latest


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23T16:59", date(2026, 11, 23)),
        ("2026-11-23T17:00", date(2026, 11, 24)),
        ("2026-11-27T17:00", date(2026, 11, 30)),
        ("2026-11-28T10:00", date(2026, 11, 30)),
    ],
)
def test_the_day_of_a_message_can_be_told(now: str, day: date) -> None:
    assert TABLE.next_day(at(now)) == day


def test_notices_are_sent_in_working_hours_only() -> None:
    hours = [hour for hour in range(24) if TABLE.at_work(at(f"2026-11-23T{hour:02}:30"))]

    assert hours == list(range(9, 18))
    assert not TABLE.at_work(at("2026-11-28T13:30"))
