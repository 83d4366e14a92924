"""Months as epochs: how they are counted and written, and until when the secret of one is kept."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

BEFORE = 3
"""Months before the present one in which a row may still lie: 90 days never reach further back."""

SLACK = timedelta(days=7)
"""How long a secret is kept after its last month of use, for clocks that disagree."""

FIRST_YEAR = 1970

_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def month(seconds: float) -> int:
    """Whole months from January 1970 to this moment (seconds since the Unix epoch), in UTC."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return (moment.year - FIRST_YEAR) * 12 + moment.month - 1


def first_day(epoch: int) -> date:
    return date(FIRST_YEAR + epoch // 12, epoch % 12 + 1, 1)


def begin(epoch: int) -> float:
    """The month's first second, since the Unix epoch."""
    return _midnight(first_day(epoch))


def written(epoch: int) -> str:
    """As `2026-11`."""
    return f"{first_day(epoch):%Y-%m}"


def read(text: str) -> int | None:
    """The epoch that is written so; None when it is no month from January 1970 on."""
    found = _WRITTEN.fullmatch(text)
    if found is None or int(found[1]) < FIRST_YEAR:
        return None
    return (int(found[1]) - FIRST_YEAR) * 12 + int(found[2]) - 1


def destroyed_on(epoch: int) -> date:
    """The one rule: when the third month after it is over, and a week has passed.

    November's rows are looked for until the last day of February, and November's secret is
    destroyed on 8 March.
    """
    return first_day(epoch + BEFORE + 1) + SLACK


def is_due(epoch: int, seconds: float) -> bool:
    """Whether the secret of this month is to be gone at this moment."""
    return seconds >= _midnight(destroyed_on(epoch))


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
