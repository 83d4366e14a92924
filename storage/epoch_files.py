"""The epoch secrets as files: how they are named, found and destroyed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage import files
from storage.months import first_day, is_due, read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EPOCHS = "epochs"
"""The folder of the secrets, in the key folder."""

_NAME = re.compile(r"([0-9a-f]{32})-(\d{4}-\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class EpochFile:
    """The secret of one organisation and month. `tag` names the organisation, 16 bytes."""

    epoch: int
    tag: bytes
    path: Path


def at(folder: Path, tag: bytes, epoch: int) -> EpochFile:
    """Where this secret lies, or would."""
    return EpochFile(epoch, tag, folder / f"{tag.hex()}-{first_day(epoch):%Y-%m}")


def listed(folder: Path) -> list[EpochFile]:
    """Every secret in this folder, by month; none where there is no folder. Raises OSError."""
    if not folder.exists():
        return []
    found = []
    for path in folder.iterdir():
        named = _NAME.fullmatch(path.name)
        epoch = read(named[2]) if named else None
        if named is not None and epoch is not None:
            found.append(EpochFile(epoch, bytes.fromhex(named[1]), path))
    return sorted(found)


def destroy(secrets: Iterable[EpochFile]) -> int:
    """How many of these were there, and are no more. Raises OSError."""
    return sum(files.destroy(each.path) for each in secrets)


def destroy_due(folder: Path, now: float) -> int:
    """Destroy the secrets whose date has come, at `now` seconds since the Unix epoch; how many.

    Raises OSError; what could not be destroyed is tried again the next time.
    """
    files.sweep(folder, now)
    return destroy(each for each in listed(folder) if is_due(each.epoch, now))
