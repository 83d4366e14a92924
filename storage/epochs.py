"""A secret for every organisation and month; when it is destroyed, that month's rows are too."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage import keys
from storage.errors import KeysError
from storage.files import create_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.root import RootKey

RECHECK = 60.0
"""Seconds after which a destroyed or rotated secret is no longer used."""

BEFORE = 3
"""Months before the present one in which a row may still lie."""

DAY = 86_400.0

Mark = tuple[int, int]
"""Inode and change time (ns): another file under the same name has another mark."""


def month(seconds: float) -> int:
    """Whole months from January 1970 to this moment (seconds since the Unix epoch), in UTC."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return (moment.year - 1970) * 12 + moment.month - 1


@dataclass(slots=True, repr=False)
class _Ring:
    """What this process holds of one organisation."""

    tag: bytes
    month: int = -1
    checked: float = 0.0
    held: dict[int, tuple[Mark, bytes]] = field(default_factory=dict)


class Epochs:
    """The folder of epoch secrets. `clock` gives seconds since the Unix epoch. For one thread."""

    def __init__(self, root: RootKey, folder: Path, clock: Callable[[], float]) -> None:
        self._root, self._folder, self._clock = root, folder, clock
        self._rings: dict[tuple[str, str], _Ring] = {}

    def usable(self, platform: str, tenant: str) -> list[tuple[int, bytes]]:
        """Epochs and their keys, newest first; the first is where rows are written.

        That is the present month's, made here when it is missing, or the next month's when another
        process, whose clock is ahead, has made that. Raises KeysError when one cannot be read.
        """
        now = self._clock()
        ring = self._ring(platform, tenant)
        try:
            if self._is_due(ring, now):
                self._look(ring, now)
            if not any(epoch >= ring.month for epoch in ring.held):
                self._make(ring.tag, ring.month)
                self._look(ring, now)
        except OSError as error:
            raise KeysError(
                "epochs_unreadable", f"{type(error).__name__}: check the folder of epoch secrets"
            ) from None
        return [(epoch, key) for epoch, (_, key) in sorted(ring.held.items(), reverse=True)]

    def recheck(self) -> None:
        """Drop what was destroyed; for a process without visitors, every 30 seconds."""
        now = self._clock()
        for ring in self._rings.values():
            try:
                self._look(ring, now)
            except (OSError, KeysError):
                ring.held.clear()

    def _ring(self, platform: str, tenant: str) -> _Ring:
        ring = self._rings.get((platform, tenant))
        if ring is None:
            ring = _Ring(keys.organisation_tag(self._root, platform, tenant))
            self._rings[platform, tenant] = ring
        return ring

    def _is_due(self, ring: _Ring, now: float) -> bool:
        present = month(now)
        if ring.month != present or not 0 <= now - ring.checked < RECHECK:
            return True
        # Around a month's end clocks disagree, and a row may move away at any moment.
        near_the_end = month(now + DAY) != present
        return near_the_end and present + 1 not in ring.held and self._exists(ring, present + 1)

    def _look(self, ring: _Ring, now: float) -> None:
        present = month(now)
        found: dict[int, tuple[Mark, bytes]] = {}
        held, ring.held = ring.held, {}
        for epoch in range(present + 1, present - BEFORE - 1, -1):
            mark = self._mark(ring, epoch)
            if mark is not None and epoch in held and held[epoch][0] == mark:
                found[epoch] = held[epoch]
            elif mark is not None:
                found[epoch] = (mark, self._read(ring, epoch))
        ring.held, ring.month, ring.checked = found, present, now

    def _read(self, ring: _Ring, epoch: int) -> bytes:
        wrapped = self._path(ring.tag, epoch).read_bytes()
        secret = keys.unwrap(self._root, ring.tag, epoch, wrapped)
        return keys.epoch_key(self._root, epoch, secret)

    def _make(self, tag: bytes, epoch: int) -> None:
        """Make the secret, or leave the one that another process made a moment before."""
        secret, nonce = secrets.token_bytes(32), secrets.token_bytes(keys.NONCE)
        first = datetime(1970 + epoch // 12, epoch % 12 + 1, 1, tzinfo=UTC)
        create_once(
            self._path(tag, epoch),
            keys.wrap(self._root, tag, epoch, secret, nonce),
            mode=0o600,
            modified=first.timestamp(),
        )

    def _mark(self, ring: _Ring, epoch: int) -> Mark | None:
        try:
            found = self._path(ring.tag, epoch).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_ctime_ns

    def _exists(self, ring: _Ring, epoch: int) -> bool:
        return self._mark(ring, epoch) is not None

    def _path(self, tag: bytes, epoch: int) -> Path:
        return self._folder / f"{tag.hex()}-{1970 + epoch // 12:04}-{epoch % 12 + 1:02}"
