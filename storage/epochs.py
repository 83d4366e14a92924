"""A secret for every organisation and month; when it is destroyed, that month's rows are too."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage import epoch_files, keys
from storage.errors import KeysError
from storage.files import create_once
from storage.months import BEFORE, begin, month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.epoch_files import EpochFile
    from storage.roots import ReadRoots

RECHECK = 60.0
"""Seconds after which a destroyed or rotated secret is no longer used."""

DAY = 86_400.0

Mark = tuple[int, int]
"""Inode and change time (ns): another file under the same name has another mark."""


@dataclass(slots=True, repr=False)
class _Ring:
    """What this process holds of one organisation."""

    tag: bytes
    month: int = -1
    day: int = -1
    is_last_day: bool = False
    checked: float = 0.0
    held: dict[int, tuple[Mark, bytes]] = field(default_factory=dict)


class Epochs:
    """The folder of epoch secrets. `clock` gives seconds since the Unix epoch. For one thread."""

    def __init__(self, roots: ReadRoots, folder: Path, clock: Callable[[], float]) -> None:
        self._read_roots, self._folder, self._clock = roots, folder, clock
        self._roots = roots()
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
                self._roots = self._read_roots()
                self._make(ring.tag, ring.month)
                self._look(ring, now)
        except OSError as error:
            raise KeysError(
                "epochs_unreadable", f"{type(error).__name__}: check the folder of epoch secrets"
            ) from None
        return [(epoch, key) for epoch, (_, key) in sorted(ring.held.items(), reverse=True)]

    def tag(self, platform: str, tenant: str) -> bytes:
        """16 bytes that name this organisation in the key folder."""
        return self._ring(platform, tenant).tag

    def of(self, tag: bytes, epoch: int) -> bytes | None:
        """The key of an organisation's month by its tag; None once it is destroyed.

        Read anew each time. Raises KeysError where it does not open.
        """
        try:
            return self._read(epoch_files.at(self._folder, tag, epoch))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeysError(
                "epochs_unreadable", f"{type(error).__name__}: check the folder of epoch secrets"
            ) from None

    def derive(self, label: bytes) -> bytes:
        """What the present root key gives for this label."""
        return self._roots.present.derive(label)

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
            tag = keys.organisation_tag(self._roots.present, platform, tenant)
            ring = _Ring(tag)
            self._rings[platform, tenant] = ring
        return ring

    def _is_due(self, ring: _Ring, now: float) -> bool:
        if int(now // DAY) != ring.day or not 0 <= now - ring.checked < RECHECK:
            return True
        # Around a month's end clocks disagree, and a row may move away at any moment.
        following = ring.month + 1
        return ring.is_last_day and following not in ring.held and self._exists(ring, following)

    def _look(self, ring: _Ring, now: float) -> None:
        present = month(now)
        found: dict[int, tuple[Mark, bytes]] = {}
        held, ring.held = ring.held, {}
        self._roots = self._read_roots()
        for epoch in range(present + 1, present - BEFORE - 1, -1):
            mark = self._mark(ring, epoch)
            if mark is not None and epoch in held and held[epoch][0] == mark:
                found[epoch] = held[epoch]
            elif mark is not None:
                with suppress(FileNotFoundError):  # It was destroyed a moment ago.
                    found[epoch] = (mark, self._read(self._file(ring, epoch)))
        ring.held, ring.month, ring.checked = found, present, now
        ring.day, ring.is_last_day = int(now // DAY), month(now + DAY) != present

    def _read(self, file: EpochFile) -> bytes:
        try:
            root, secret = self._roots.opened(file)
        except KeysError:
            self._roots = self._read_roots()  # Another process may have rotated it since.
            root, secret = self._roots.opened(file)
        return keys.epoch_key(root, file.epoch, secret)

    def _make(self, tag: bytes, epoch: int) -> None:
        """Make the secret, or leave the one that another process made a moment before."""
        secret, nonce = secrets.token_bytes(32), secrets.token_bytes(keys.NONCE)
        create_once(
            epoch_files.at(self._folder, tag, epoch).path,
            keys.wrap(self._roots.present, tag, epoch, secret, nonce),
            mode=0o600,
            modified=begin(epoch),
        )

    def _mark(self, ring: _Ring, epoch: int) -> Mark | None:
        try:
            found = self._file(ring, epoch).path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_ctime_ns

    def _exists(self, ring: _Ring, epoch: int) -> bool:
        return self._mark(ring, epoch) is not None

    def _file(self, ring: _Ring, epoch: int) -> EpochFile:
        return epoch_files.at(self._folder, ring.tag, epoch)
