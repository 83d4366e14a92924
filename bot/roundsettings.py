"""`batch_hour`, `time_zone` and `people` of an organisation: when requests to coaches leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUR, ZONE = 16, "Europe/Amsterdam"
LAST_HOUR, MOST_PEOPLE = 23, 1_000_000


def read(table: Mapping[str, Any], where: str) -> tuple[int, str, int]:
    """The three of them. Raises SettingsError with what is wrong."""
    hour, people = table.get("batch_hour", HOUR), table.get("people", 0)
    if not _whole(hour, LAST_HOUR):
        raise SettingsError(f"{where}: batch_hour is a whole hour of the day, 0 to 23")
    if not _whole(people, MOST_PEOPLE):
        raise SettingsError(
            f"{where}: people is about how many use the bot in a month; below 100, requests to "
            "coaches wait for each other, three days at most"
        )
    zone = table.get("time_zone", ZONE)
    if not isinstance(zone, str) or not _known(zone):
        raise SettingsError(
            f'{where}: time_zone is a name such as "{ZONE}" that this machine knows (package tzdata)'
        )
    return hour, zone, people


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True
