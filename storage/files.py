"""A secret's file appears whole or not at all, is never replaced, and goes with its content."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = 0o700
NEW, GONE = ".new-", ".gone-"
"""How files are called that a process was making, or destroying, when it was killed."""

TRIES = 3
"""So often a file is made that vanishes while it is being made."""

ABANDONED = 3_600.0
"""Seconds after which a file that somebody was making is nobody's any more."""


def create_once(path: Path, content: bytes, *, mode: int, modified: float | None = None) -> bool:
    """Create `path` with this content; False when it was there before.

    By temporary file, fsync and link(2), because file locks fail on network volumes. `modified`
    replaces the file's own time, in seconds since the Unix epoch. Raises OSError.
    """
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    for _ in range(TRIES - 1):
        with contextlib.suppress(FileNotFoundError):
            return _linked(path, content, mode, modified)
    return _linked(path, content, mode, modified)


def _linked(path: Path, content: bytes, mode: int, modified: float | None) -> bool:
    """One attempt; FileNotFoundError where somebody whose clock is ahead swept the file away."""
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
    sync_folder(path.parent)
    return True


def destroy(path: Path) -> bool:
    """Overwrite and remove it; False when it was gone. Raises OSError.

    It is renamed first, so that nobody reads it half overwritten. Overwriting is a best effort:
    flash disks and copying file systems keep old blocks.
    """
    gone = path.with_name(f"{GONE}{secrets.token_hex(8)}")
    try:
        path.rename(gone)
    except FileNotFoundError:
        return False
    sync_folder(path.parent)
    with contextlib.suppress(FileNotFoundError):  # Another process has just finished it.
        _overwrite(gone)
    sync_folder(path.parent)
    return True


def sweep(folder: Path, now: float) -> None:
    """Finish what a killed process began: destroy what it was destroying, or was making long ago.

    `now` is in seconds since the Unix epoch. Raises OSError.
    """
    with contextlib.suppress(FileNotFoundError):
        for path in list(folder.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                found = path.stat()
                abandoned = now - found.st_ctime > ABANDONED
                if path.name.startswith(NEW) and abandoned and found.st_nlink > 1:
                    path.unlink()  # The file is there under its own name, and in use.
                elif path.name.startswith(GONE) or (path.name.startswith(NEW) and abandoned):
                    _overwrite(path)


def sync_folder(folder: Path) -> None:
    """Make what was renamed, linked or removed in it last."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _overwrite(path: Path) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=NEW)
    try:
        yield descriptor, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
