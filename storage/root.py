"""The root key: 32 random bytes from which every other key of the server follows."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeysError
from storage.files import create_once

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZE = 32
OWNER_ONLY = 0o600
CREDENTIAL = 0o640
"""systemd lets the unit's user in by an access control list, which shows as group-read
(systemd issue 29435)."""


class RootKey(Protocol):
    """All that may be asked of the root key, so that a key service can stand in for the file."""

    def derive(self, label: bytes) -> bytes:
        """The 32 bytes of this label: HKDF-SHA-256 with the label as info (RFC 5869)."""
        ...


class HeldRootKey:
    """A root key held in this process."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SIZE:
            raise KeysError("root_size", "a root key is exactly 32 bytes; restore the file")
        self._secret = secret

    def __repr__(self) -> str:
        return "<root key>"

    def derive(self, label: bytes) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=None, info=label).derive(self._secret)


def read_root(path: Path) -> HeldRootKey:
    """The root key in this file.

    Raises KeysError when it is missing, open to others (wider than 0600) or not 32 bytes.
    """
    return _read(path, OWNER_ONLY)


def read_credential(name: str, environment: Mapping[str, str]) -> HeldRootKey:
    """The root key that systemd hands over (systemd.exec(5), `LoadCredentialEncrypted=`).

    Raises KeysError when there is none, or it is wider than systemd makes it, or not 32 bytes.
    """
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise KeysError(
            "root_credential", f"the unit has no credential; add LoadCredentialEncrypted={name}"
        )
    return _read(Path(folder) / name, CREDENTIAL)


def create_root(path: Path) -> None:
    """Make a new root key, mode 0400. Raises KeysError when there is one: none is replaced."""
    try:
        made = create_once(path, secrets.token_bytes(SIZE), mode=0o400)
    except OSError as error:
        raise KeysError(
            "root_unwritable", f"{type(error).__name__}: cannot create {path}; check the folder"
        ) from None
    if not made:
        raise KeysError("root_exists", f"{path} holds a root key already, which is never replaced")


def _read(path: Path, widest: int) -> HeldRootKey:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            secret = file.read(SIZE + 1)
    except OSError as error:
        raise KeysError(
            "root_unreadable",
            f"{type(error).__name__}: cannot read {path}; make a key with `luwte keys init`",
        ) from None
    if mode & ~widest:
        raise KeysError("root_mode", f"others can read or change it; run `chmod 0400 {path}`")
    if len(secret) != SIZE:
        raise KeysError("root_size", f"{path} is not exactly 32 bytes; restore the right file")
    return HeldRootKey(secret)
