"""Weeks and months as dates that a person can read, from the number of a week alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.script import Language

FIRST_MONDAY = date(1969, 12, 29)
"""The Monday of week 0."""

READABLE_MONTHS = 3
"""Months after its own in which an epoch's rows can still be opened; `storage.epochs` holds to it."""

SLACK_DAYS = 7
"""Days within which the housekeeping has destroyed a secret that was due."""

_MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


_SHORT: dict[Language, str] = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}


def last_day(week: int) -> date:
    """The Sunday of a week."""
    return FIRST_MONDAY + timedelta(days=7 * week + 6)


def copies_end(week: int) -> date:
    """The day on which no copy of what was written up to and in this week can be opened any more.

    A row is written under the secret of its month (or the next one, where a clock is ahead), and
    that secret is destroyed after `READABLE_MONTHS` further months.
    """
    newest = last_day(week) + timedelta(days=1)
    months = newest.year * 12 + newest.month - 1 + READABLE_MONTHS + 1
    return date(months // 12, months % 12 + 1, 1 + SLACK_DAYS)


def written(day: date, language: Language) -> str:
    """As it is written in a sentence: "8 maart 2027", "8 March 2027"."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"


def short(day: date, language: Language) -> str:
    """As it is written on a button: "8 mrt", "8 Mar"."""
    return f"{day.day} {_SHORT[language].split()[day.month - 1]}"
