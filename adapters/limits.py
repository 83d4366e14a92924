"""How fast one person may talk, in memory only, so that nobody can keep the server to themselves.

Each message fills a person's bucket by one, and it drains all the time; a full bucket takes no more
until it has drained. What is refused fills nothing, so hammering does not make the wait longer. An
organisation has a bucket too, but a full one shuts out nobody: it only makes the buckets of its
people small, so that those who talk at the pace of people never notice.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from adapters.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.identity import PlatformId

PER_MINUTE = 240
"""Messages and clicks of one person, over a longer time; half as many may come at once."""

UNDER_PRESSURE = 10
"""How full a person's bucket may be while the organisation's is full."""

ORGANISATION_AT_ONCE, ORGANISATION_PER_SECOND = 2_000.0, 200.0
"""Slack delivers 8.3 events a second of a workspace at most, Teams takes 50 requests of a tenant."""

MOST = 50_000
"""People who are remembered; the one who was quiet for longest is forgotten first."""


class LimitedError(Exception):
    """This person, or their whole organisation, sends more than people do; nothing was done."""


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float

    def drained(self, now: float, per_second: float) -> float:
        return max(0.0, self.level - (now - self.at) * per_second)


class Limits:
    """`clock` gives seconds of any beginning that never jump.

    People are told apart by a keyed hash of their id, under a key of this process that nobody
    knows, and for no longer than their bucket needs to drain.
    """

    def __init__(
        self, per_minute: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._most, self._per_second = per_minute / 2, per_minute / 60
        self._people: Recent[bytes, _Bucket] = Recent(clock, self._most / self._per_second, MOST)
        self._organisations: dict[tuple[str, str], _Bucket] = {}

    def admits(self, who: PlatformId) -> bool:
        """Whether this message may pass; then it is counted."""
        now, mark = self._clock(), self._mark(who)
        home = self._organisations.setdefault((who.platform, who.tenant), _Bucket(0.0, now))
        bucket = self._people.get(mark) or _Bucket(0.0, now)
        level = bucket.drained(now, self._per_second)
        together = home.drained(now, ORGANISATION_PER_SECOND)
        most = UNDER_PRESSURE if together >= ORGANISATION_AT_ONCE else self._most
        if level + 1 > most:
            return False
        self._people.put(mark, _Bucket(level + 1, now))
        home.level, home.at = min(together + 1, ORGANISATION_AT_ONCE), now
        return True

    def _mark(self, who: PlatformId) -> bytes:
        told = f"{who.platform}\0{who.tenant}\0{who.user}".encode("utf-8", "surrogatepass")
        return blake2b(told, digest_size=16, key=self._key).digest()
