"""Whether the clock is right: signatures, tokens and dates of erasure hang on it."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, note, well, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable

SLACK_ALLOWS, TEAMS_ALLOWS = 300, 60
"""Seconds; beyond them Slack's requests, and Microsoft's, are refused."""

NOTABLE = 10
"""Seconds; less is the way there and back."""


def judge(dates: Iterable[str | None], now: float) -> Finding:
    """Compare `now` (Unix seconds) with what others' Date headers said a moment ago."""
    told = [moment for each in dates if (moment := _seconds(each)) is not None]
    if not told:
        return note("clock", "nobody could be asked for the time")
    off = min((now - moment for moment in told), key=abs)
    if abs(off) >= TEAMS_ALLOWS:
        return wrong(
            "clock",
            f"{abs(off):.0f} seconds {'ahead' if off > 0 else 'behind'}; Microsoft's tokens are "
            f"refused from {TEAMS_ALLOWS}, Slack's requests from {SLACK_ALLOWS}",
            "keep it right with chrony, systemd-timesyncd or the host's clock",
        )
    if abs(off) >= NOTABLE:
        return note("clock", f"{abs(off):.0f} seconds off", "see whether NTP runs")
    return well("clock", "right to within seconds")


def _seconds(date: str | None) -> float | None:
    try:
        return None if date is None else parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
