"""The same line over and over is written a few times a minute and then counted, so that no fault fills a disk.

Nothing is lost that an operator needs: which line it was, and how often it came.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

ALIKE = 5
"""Times that a line is written in one window."""

WINDOW = 60.0
"""Seconds. Then how often it was held back is written, and it may be written again."""

KINDS = 200
"""Different lines that are remembered; ours are constant words, so there are fewer."""


@dataclass(slots=True)
class _Seen:
    began: float
    written: int = 0
    held: int = 0


class Damped(logging.StreamHandler["TextIO"]):
    """Writes JSON objects, one a line; how many like it were held back stands in one of its own, as `repeated`."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(out)
        self._clock = clock
        self._seen: dict[str, _Seen] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Whatever goes wrong here must not reach the program that logged."""
        try:
            self._take(self.format(record))
        except Exception:  # noqa: BLE001  as every handler of the standard library
            self.handleError(record)

    def close(self) -> None:
        """Tell what is held back still."""
        self.acquire()
        try:
            self._tell(list(self._seen))
        finally:
            self.release()
        super().close()

    def _take(self, line: str) -> None:
        now = self._clock()
        self._tell([each for each, seen in self._seen.items() if now - seen.began >= WINDOW])
        if line not in self._seen and len(self._seen) >= KINDS:
            self._tell([next(iter(self._seen))])
        seen = self._seen.setdefault(line, _Seen(now))
        if seen.written >= ALIKE:
            seen.held += 1
            return
        seen.written += 1
        self._write(line)

    def _tell(self, over: list[str]) -> None:
        """Their windows are over, the oldest first."""
        for line in over:
            held = self._seen.pop(line).held
            if held:
                self._write(f'{line.removesuffix("}")}, "repeated": {held}}}')

    def _write(self, line: str) -> None:
        self.stream.write(line + self.terminator)
        self.flush()
