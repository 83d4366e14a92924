"""From a platform's own identifiers to a Person; the identifiers go no further."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conversations.person import Person
from storage.epochs import Epochs
from storage.keys import person, place
from storage.roots import Roots

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.root import RootKey
    from storage.roots import ReadRoots


class Identities:
    """Implements `conversations.ports.Identities`; keeps nothing of the people it is asked about.

    `root` reads the root keys as they are now, or is one that is never rotated. `folder` holds the
    epoch secrets and is made when missing. `clock` gives seconds since the Unix epoch. For one
    thread. Raises KeysError when a root key cannot be used.
    """

    def __init__(self, root: RootKey | ReadRoots, folder: Path, clock: Callable[[], float]) -> None:
        roots = root if callable(root) else partial(Roots, root)
        self._epochs = Epochs(roots, folder, clock)

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        """About 5 microseconds an epoch: cheaper than a cache, and no key outlives its event.

        Raises StoreError (a KeysError) when an epoch secret cannot be read.
        """
        places = tuple(
            place(key, epoch, platform, tenant, user)
            for epoch, key in self._epochs.usable(platform, tenant)
        )
        return Person(home=places[0], places=places)

    def persons(self, platform: str, tenant: str, user: str) -> list[tuple[int, bytes]]:
        """Epochs, newest first, and what all of this person follows from there; for `lock.py`."""
        return [
            (epoch, person(key, platform, tenant, user))
            for epoch, key in self._epochs.usable(platform, tenant)
        ]

    def derive(self, label: bytes) -> bytes:
        """What the present root key gives for this label."""
        return self._epochs.derive(label)

    def recheck(self) -> None:
        """Drop destroyed epoch secrets; for a process without visitors, every 30 seconds."""
        self._epochs.recheck()
