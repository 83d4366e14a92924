"""Shows that rows of a destroyed month no longer open.

Nobody can try that with the rows of people: without their next message there is no key to try.
So witnesses are made: rows like theirs, of nobody, in the same database under the same secrets.
They open before the destruction, and are tried again after it with every key that is left.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from conversations.errors import StoreError
from storage import keys, rows
from storage.batch import FIRST_VERSION
from storage.database import COMMAND_WAITS, engine
from storage.epoch_files import listed
from storage.errors import KeysError, SealError
from storage.rows import Changes, Row
from storage.schema import migrate
from storage.sealing import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conversations.person import Place
    from storage.epoch_files import EpochFile
    from storage.roots import Roots

NOBODY = "luwte"
"""The platform of witnesses, which no message comes from."""


@dataclass(frozen=True, slots=True, repr=False)
class Witness:
    """A row of nobody: who that would be, and where it lies. Its key is not held."""

    tenant: str
    user: str
    row: Row

    def place(self, key: bytes) -> Place:
        return keys.place(key, self.row.epoch, NOBODY, self.tenant, self.user)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How many witnesses lie there, with how many keys each was tried, and how many opened."""

    witnesses: int
    keys: int
    opened: int


class Proof:
    """One row for each of these secrets that opens. `week` is the last in which they may lie there.

    Everything here raises StoreError when the database cannot be used, and OSError.
    """

    def __init__(self, url: str, week: int) -> None:
        self._engine, self._week = engine(url, COMMAND_WAITS), week
        self._witnesses: list[Witness] = []

    def plant(self, roots: Roots, files: Iterable[EpochFile]) -> Attempt:
        """Write the witnesses, and open each with its own key."""
        migrate(self._engine)
        opened = 0
        for file in files:
            with suppress(KeysError, FileNotFoundError):
                root, secret = roots.opened(file)
                key = keys.epoch_key(root, file.epoch, secret)
                witness = _witness(file, key, self._week)
                self._write(Changes(inserted=(witness.row,)))
                self._witnesses.append(witness)
                opened += self._opens(witness, [key])
        return Attempt(len(self._witnesses), 1, opened)

    def remove(self) -> None:
        """Take the witnesses away; the purge has them in a week where this is never reached."""
        for each in self._witnesses:
            self._write(Changes(deleted=(each.row,)))

    def attempt(self, roots: Roots, epochs: Path) -> Attempt:
        """Try every witness with every secret that the key folder still yields."""
        left = []
        for file in listed(epochs):
            with suppress(KeysError):
                root, secret = roots.opened(file)
                left.append(keys.epoch_key(root, file.epoch, secret))
        there = self._read({each.row.locator for each in self._witnesses})
        opened = sum(self._opens(each, left) for each in self._witnesses)
        return Attempt(len(there), len(left), opened)

    def _opens(self, witness: Witness, held: Iterable[bytes]) -> bool:
        """As a message would, at the place that follows from the key, and forced where it lies."""
        for key in held:
            place = witness.place(key)
            wanted = {place.locator, witness.row.locator}
            for row in self._read(wanted):
                try:
                    unseal(replace(place, locator=row.locator), row.version, row.sealed)
                except SealError:
                    continue
                return True
        return False

    def _read(self, locators: set[bytes]) -> list[Row]:
        try:
            with self._engine.begin() as connection:
                return list(rows.read(connection, locators).values())
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None

    def _write(self, changes: Changes) -> None:
        try:
            with self._engine.begin() as connection:
                rows.write(connection, changes)
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None


def _witness(file: EpochFile, key: bytes, week: int) -> Witness:
    tenant, user = file.tag.hex(), secrets.token_hex(16)
    place = keys.place(key, file.epoch, NOBODY, tenant, user)
    version = int.from_bytes(secrets.token_bytes(FIRST_VERSION), "big")
    sealed = seal(place, version, b"{}")
    return Witness(tenant, user, Row(place.locator, place.epoch, version, week, sealed))
