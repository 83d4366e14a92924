"""A file that only its owner reads, and that never takes another one's place."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write(name: str, text: str) -> bool:
    """Write `text` to this name in the current folder, mode 0600; False when something is there.

    Raises OSError. What could not be written whole is taken away again.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        descriptor = os.open(name, flags, 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return True
