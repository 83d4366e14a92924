"""From a platform's own identifiers to a Person; the identifiers go no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.person import Person
from storage.epochs import Epochs
from storage.keys import place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.root import RootKey


class Identities:
    """Implements `conversations.ports.Identities`; keeps nothing of the people it is asked about.

    `folder` holds the epoch secrets and is made when missing. `clock` gives seconds since the Unix
    epoch. For one thread.
    """

    def __init__(self, root: RootKey, folder: Path, clock: Callable[[], float]) -> None:
        self._epochs = Epochs(root, folder, clock)

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        """About 5 microseconds an epoch: cheaper than a cache, and no key outlives its event.

        Raises StoreError (a KeysError) when an epoch secret cannot be read.
        """
        places = tuple(
            place(key, epoch, platform, tenant, user)
            for epoch, key in self._epochs.usable(platform, tenant)
        )
        return Person(home=places[0], places=places)

    def recheck(self) -> None:
        """Drop destroyed epoch secrets; for a process without visitors, every 30 seconds."""
        self._epochs.recheck()
