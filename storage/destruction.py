"""What is destroyed on its date: epoch secrets, and a root key that no epoch needs any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage import epoch_files, files, roots
from storage.errors import KeysError
from storage.keys import organisation_tag

if TYPE_CHECKING:
    from pathlib import Path

    from storage.root import RootKey


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How many epoch secrets, and whether the previous root key."""

    epochs: int
    root: bool


def destroy_due(keys: Path, now: float) -> Destroyed:
    """Destroy what is due in this key folder at `now` seconds since the Unix epoch.

    Several processes may do so at once. Raises KeysError when something could not be destroyed;
    it is tried again the next time.
    """
    epochs = keys / epoch_files.EPOCHS
    try:
        gone = epoch_files.destroy_due(epochs, now)
        files.sweep(keys, now)
        return Destroyed(gone, roots.retire(keys, epochs, now))
    except OSError as error:
        raise KeysError(
            "not_destroyed", f"{type(error).__name__}: check who may write in {keys}"
        ) from None


def destroy_organisation(keys: Path, root: RootKey, platform: str, tenant: str) -> int:
    """Destroy every epoch secret of this organisation: all that its people have here is then shut.

    How many there were. Raises KeysError when one could not be destroyed.
    """
    tag = organisation_tag(root, platform, tenant)
    try:
        every = epoch_files.listed(keys / epoch_files.EPOCHS)
        return epoch_files.destroy(each for each in every if each.tag == tag)
    except OSError as error:
        raise KeysError(
            "not_destroyed", f"{type(error).__name__}: check who may write in {keys}"
        ) from None
