"""Random bytes, fetched from the operating system by the page.

Every fetch lets go of the interpreter, and between two busy threads that costs more than the bytes.
"""

from __future__ import annotations

import os
import secrets

PAGE = 4_096


class Chance:
    """Each byte is given out once, also where a process was forked. For one thread, and not for keys."""

    def __init__(self) -> None:
        self._page, self._at, self._process = b"", 0, 0

    def bytes(self, count: int) -> bytes:
        """So many, at most PAGE."""
        begin, end = self._at, self._at + count
        if end > len(self._page) or self._process != os.getpid():
            self._page, self._process = secrets.token_bytes(PAGE), os.getpid()
            begin, end = 0, count
        self._at = end
        return self._page[begin:end]
