"""Values of the server itself, such as the token of an installation, sealed under the root key.

Implements `conversations.ports.Vault`. It is read and written a few times a day, so it has a
connection of its own for each time and no part in the store's thread.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from typing import TYPE_CHECKING, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from conversations.errors import StoreError
from storage.causes import cause
from storage.database import engine
from storage.errors import SealError
from storage.keys import FORMAT, NONCE
from storage.padding import padded, unpadded
from storage.schema import migrate
from storage.tables import vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from storage.root import RootKey
    from storage.roots import ReadRoots

T = TypeVar("T")

NAME = b"luwte/vault-name/v1"
SEAL = b"luwte/vault/v1"

PADDED = 1024
SEALED = len(FORMAT) + NONCE + PADDED + 16
"""1053 bytes: 0x01 ‖ nonce ‖ AES-256-GCM(u32 length ‖ value ‖ zeros, 1024 in all) ‖ tag."""


class SqlVault:
    """In the table `vault` of this database; `roots` reads the root keys as they are now."""

    def __init__(self, url: str, roots: ReadRoots) -> None:
        self._engine, self._roots = engine(url), roots

    async def get(self, label: str) -> bytes | None:
        """See `conversations.ports.Vault.get`."""
        return await asyncio.to_thread(self._get, label)

    async def put(self, label: str, value: bytes | None) -> None:
        """See `conversations.ports.Vault.put`."""
        await asyncio.to_thread(self._put, label, value)

    def _get(self, label: str) -> bytes | None:
        roots = self._roots()
        found = self._do(lambda live: _opened(live, roots.present, label))
        if found is not None or roots.previous is None:
            return found
        previous = roots.previous
        found = self._do(lambda live: _opened(live, previous, label))
        if found is not None:
            self._put(label, found)  # The old root key will be destroyed one day.
        return found

    def _put(self, label: str, value: bytes | None) -> None:
        roots = self._roots()
        sealed = None if value is None else seal(roots.present, label, value)

        def write(live: Connection) -> None:
            name = name_of(roots.present, label)
            if roots.previous is not None:
                live.execute(delete(vault).where(vault.c.label == name_of(roots.previous, label)))
            if sealed is None:
                live.execute(delete(vault).where(vault.c.label == name))
                return
            there = update(vault).where(vault.c.label == name).values(sealed=sealed)
            if live.execute(there).rowcount == 0:
                live.execute(insert(vault).values(label=name, sealed=sealed))

        self._do(write)

    def _do(self, work: Callable[[Connection], T]) -> T:
        migrate(self._engine)
        try:
            with self._engine.begin() as live:
                return work(live)
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__, cause(error)) from None


def name_of(root: RootKey, label: str) -> bytes:
    """16 bytes by which what is kept under this label is found."""
    return hmac.digest(root.derive(NAME), label.encode(), "sha256")[:16]


def seal(root: RootKey, label: str, value: bytes) -> bytes:
    """SEALED bytes, bound to the label. Raises SealError above 1 020 bytes."""
    nonce = secrets.token_bytes(NONCE)
    key = AESGCM(root.derive(SEAL))
    return FORMAT + nonce + key.encrypt(nonce, padded(value, PADDED), SEAL + label.encode())


def unseal(root: RootKey, label: str, sealed: bytes) -> bytes:
    """What was sealed. Raises SealError when it was not sealed so, or is not as it was."""
    nonce, content = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    if len(sealed) != SEALED or sealed[:1] != FORMAT:
        raise SealError("unopened")
    try:
        data = AESGCM(root.derive(SEAL)).decrypt(nonce, content, SEAL + label.encode())
    except InvalidTag:
        raise SealError("unopened") from None
    return unpadded(data)


def _opened(live: Connection, root: RootKey, label: str) -> bytes | None:
    asked = select(vault.c.sealed).where(vault.c.label == name_of(root, label))
    sealed: bytes | None = live.execute(asked).scalar_one_or_none()
    return None if sealed is None else unseal(root, label, bytes(sealed))
