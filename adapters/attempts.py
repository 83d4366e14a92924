"""How often somebody tried a code that leads to nothing: in memory only, and gone after an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = 3_600.0
ATTEMPTS = 5
"""Passphrases with which nothing was found that one person may enter in an hour."""


class Attempts:
    """By where a person's row lies. `clock` gives seconds since the Unix epoch."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tried: Recent[bytes, tuple[float, ...]] = Recent(clock, HOUR, 10_000)

    def spent(self, place: bytes) -> bool:
        return len(self._of(place)) >= ATTEMPTS

    def add(self, place: bytes) -> None:
        self._tried.put(place, (*self._of(place), self._clock()))

    def clear(self, place: bytes) -> None:
        self._tried.drop(place)

    def _of(self, place: bytes) -> tuple[float, ...]:
        since = self._clock() - HOUR
        return tuple(moment for moment in self._tried.get(place) or () if moment > since)
