"""A secret's file appears whole or not at all, and is never overwritten."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = 0o700


def create_once(path: Path, content: bytes, *, mode: int, modified: float | None = None) -> bool:
    """Create `path` with this content; False when it was there before.

    By temporary file, fsync and link(2), because file locks fail on network volumes. `modified`
    replaces the file's own time, in seconds since the Unix epoch. Raises OSError.
    """
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    with _temporary(path.parent) as (descriptor, temporary):
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if modified is not None:
            os.utime(temporary, (modified, modified))
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
    _sync_folder(path.parent)
    return True


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        yield descriptor, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
