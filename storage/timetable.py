"""When requests and messages leave: days and rounds as numbers, where an organisation is; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROUNDS = (9, 13, 17)
"""Hours of the rounds on working days: at most four working hours lie between two of them."""

WEEKEND = 5
"""The number of Saturday in `date.weekday`."""

MANY = 100
"""People a month from which on requests leave every day."""

ENOUGH = 3
"""Requests that leave together at least, in an organisation where few people ask."""

BATCHES = 3
"""Batches after which a request leaves with however many there are."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Of one organisation. `hour` is that of the daily batch, in `zone` (an IANA name).

    `daily`: enough people come for requests to leave every day.
    """

    hour: int = 16
    zone: str = "Europe/Amsterdam"
    daily: bool = False

    def batch(self, now: float) -> int:
        """The number of the last daily batch at or before this moment: a day since January 1970."""
        here = self._here(now)
        day = here.date() if here.hour >= self.hour else here.date() - timedelta(days=1)
        return day.toordinal() - date(1970, 1, 1).toordinal()

    def round(self, now: float) -> int:
        """The number of the last round at or before this moment: thirds of days since January 1970."""
        here = self._here(now)
        passed = sum(hour <= here.hour for hour in ROUNDS)
        day = here.date()
        if not passed or day.weekday() >= WEEKEND:
            day, passed = _working_day_before(day), len(ROUNDS)
        return (day.toordinal() - date(1970, 1, 1).toordinal()) * len(ROUNDS) + passed - 1

    def at_work(self, now: float) -> bool:
        """Whether notices may be sent: on a working day, from the first round to an hour after the last."""
        here = self._here(now)
        return here.weekday() < WEEKEND and ROUNDS[0] <= here.hour <= ROUNDS[-1]

    def latest_day(self, now: float) -> date:
        """The day on which a request that is sent now leaves at the latest."""
        first = date(1970, 1, 1) + timedelta(days=self.batch(now) + 1)
        return first if self.daily else first + timedelta(days=BATCHES - 1)

    def next_day(self, now: float) -> date:
        """The day on which a message that is written now leaves."""
        here = self._here(now)
        day = here.date()
        if day.weekday() < WEEKEND and here.time() < time(ROUNDS[-1]):
            return day
        day += timedelta(days=1)
        while day.weekday() >= WEEKEND:
            day += timedelta(days=1)
        return day

    def _here(self, now: float) -> datetime:
        return datetime.fromtimestamp(now, ZoneInfo(self.zone))


def _working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while day.weekday() >= WEEKEND:
        day -= timedelta(days=1)
    return day
