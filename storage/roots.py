"""The present root key and, for some months after a rotation, the one before it.

A new root key is taken up lazily: epoch secrets that exist stay wrapped under the old one, the
next ones are wrapped under the new one, and the old one goes when its last epoch has gone.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storage import keys
from storage.epoch_files import listed
from storage.errors import KeysError
from storage.files import destroy, sync_folder
from storage.root import (
    ORGANISATION,
    create_successor,
    fingerprint,
    read_credential,
    read_root,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.epoch_files import EpochFile
    from storage.root import RootKey

PRESENT, PREVIOUS, NEXT = "root.key", "root.previous.key", "root.next.key"
CREDENTIAL, CREDENTIAL_BEFORE = "luwte-root", "luwte-root-previous"
"""The names of the root keys among systemd's credentials."""

RETIRED_AFTER = 86_400.0
"""Seconds that a previous root key stays at least: somebody may be making an epoch under it."""


@dataclass(frozen=True, slots=True, repr=False)
class Roots:
    """Raises KeysError when the two are equal, or do not name organisations alike."""

    present: RootKey
    previous: RootKey | None = None

    def __post_init__(self) -> None:
        if self.previous is None:
            return
        if fingerprint(self.present) == fingerprint(self.previous):
            raise KeysError(
                "roots_equal",
                f"the previous root key is the present one; remove the copy, {PREVIOUS}",
            )
        if self.present.derive(ORGANISATION) != self.previous.derive(ORGANISATION):
            raise KeysError(
                "roots_strange",
                "the root key did not take over from the previous one; "
                "make it with `luwte keys rotate-root`, or restore the right file",
            )

    def unwrap(self, tag: bytes, epoch: int, wrapped: bytes) -> tuple[RootKey, bytes]:
        """The root key of an epoch, and the epoch's secret. Raises KeysError when neither opens."""
        if self.previous is not None and keys.opens(self.previous, tag, epoch, wrapped):
            return self.previous, keys.unwrap(self.previous, tag, epoch, wrapped)
        return self.present, keys.unwrap(self.present, tag, epoch, wrapped)

    def opened(self, file: EpochFile) -> tuple[RootKey, bytes]:
        """The same for an epoch's file. Raises OSError as well."""
        return self.unwrap(file.tag, file.epoch, file.path.read_bytes())


if TYPE_CHECKING:
    ReadRoots = Callable[[], Roots]
    """Reads the root keys as they are now: at the start, and each minute again."""


def from_folder(folder: Path) -> Roots:
    """The root keys in this folder. Raises KeysError when one cannot be used."""
    try:
        return _from_folder(folder)
    except KeysError as error:
        if error.code not in ("roots_equal", "root_unreadable"):
            raise
        return _from_folder(folder)  # Somebody rotated or retired one between two readings.


def from_credentials(environment: Mapping[str, str]) -> Roots:
    """The root keys that systemd hands over. Raises KeysError when one cannot be used."""
    present = read_credential(CREDENTIAL, environment)
    if not (Path(environment["CREDENTIALS_DIRECTORY"]) / CREDENTIAL_BEFORE).exists():
        return Roots(present)
    return Roots(present, read_credential(CREDENTIAL_BEFORE, environment))


def previous_of(folder: Path) -> Path | None:
    """The previous root key's file; a rotation that is not finished has none yet."""
    path = folder / PREVIOUS
    try:
        return None if path.samefile(folder / PRESENT) else path
    except FileNotFoundError:
        return path if path.exists() else None


def rotate(folder: Path) -> None:
    """Make a new root key beside the old one; what was cut short goes on where it was.

    At every instant `root.key` is there and whole, and both keys are found by whoever reads after
    the last step. Raises KeysError when an earlier one is still needed.
    """
    old = from_folder(folder)
    if old.previous is not None:
        raise KeysError(
            "root_previous", "the root key before this one is still needed; `luwte keys status`"
        )
    create_successor(folder / NEXT, old.present)
    Roots(read_root(folder / NEXT), old.present)
    try:
        with suppress(FileExistsError):
            os.link(folder / PRESENT, folder / PREVIOUS)
        if previous_of(folder) is not None:
            destroy(folder / NEXT)
            raise KeysError("root_previous", "somebody else has just rotated it")
        sync_folder(folder)
        (folder / NEXT).replace(folder / PRESENT)
        sync_folder(folder)
    except OSError as error:
        raise KeysError(
            "root_unwritable", f"{type(error).__name__}: run it again; check {folder}"
        ) from None


def retire(folder: Path, epochs: Path, now: float) -> bool:
    """Destroy the previous root key when no epoch needs it; whether that was done now.

    `now` is in seconds since the Unix epoch. Raises KeysError and OSError.
    """
    path = previous_of(folder)
    if path is None or now - path.stat().st_ctime < RETIRED_AFTER:
        return False
    previous = read_root(path)
    if any(_needs(previous, file) for file in listed(epochs)):
        return False
    return destroy(path)


def _from_folder(folder: Path) -> Roots:
    present, before = read_root(folder / PRESENT), previous_of(folder)
    return Roots(present) if before is None else Roots(present, read_root(before))


def _needs(root: RootKey, file: EpochFile) -> bool:
    try:
        return keys.opens(root, file.tag, file.epoch, file.path.read_bytes())
    except FileNotFoundError:
        return False
