"""A clock that jumped is not believed at once: a wrong date must erase nothing and destroy no key.

An hour later, if it still says so, it is: a clock that was put right. A machine that slept is no jump
where the time of its sleep can be asked for; a virtual machine that was frozen is.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

JUMP = 3_600.0
"""Seconds that the clock on the wall may gain on the one that never jumps; slewing is far slower."""

AFTER = 3_600.0
"""Seconds after which the clock is believed again."""

_log = logging.getLogger("luwte.housekeeping")


def since_start() -> float:
    """Seconds since this machine started, those of its sleep too where the system tells them (Linux)."""
    with_sleep = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if with_sleep is None else time.clock_gettime(with_sleep)


class Steady:
    """`clock` gives seconds since the Unix epoch, `running` seconds that pass and cannot be set."""

    def __init__(
        self, clock: Callable[[], float], running: Callable[[], float] = since_start
    ) -> None:
        self._clock, self._running = clock, running
        self._offset = clock() - running()
        self._doubted: float | None = None

    def believed(self) -> bool:
        """Whether the date may be acted upon."""
        running = self._running()
        offset = self._clock() - running
        if abs(offset - self._offset) > JUMP:
            _log.warning("clock_jumped")
            self._doubted = running
        self._offset = offset
        if self._doubted is not None and running - self._doubted >= AFTER:
            self._doubted = None
        return self._doubted is None
