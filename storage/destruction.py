"""What is destroyed on its date: epoch secrets, and a root key that no epoch needs any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage import epoch_files, files, roots
from storage.errors import KeysError

if TYPE_CHECKING:
    from pathlib import Path


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
