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

ORGANISATION = b"luwte/organisation/v1"
"""The label under which organisations are named in the key folder."""

FINGERPRINT = b"luwte/fingerprint/v1"

SIZE = 32
ROTATED = b"\x01"
"""First byte of a root key that took over from another one."""

OWNER_ONLY = 0o600
CREDENTIAL = 0o640
"""systemd lets the unit's user in by an access control list, which shows as group-read
(systemd issue 29435)."""


class RootKey(Protocol):
    """All that may be asked of the root key, so that a key service can stand in for the file."""

    def derive(self, label: bytes) -> bytes:
        """The 32 bytes of this label: HKDF-SHA-256 with the label as info (RFC 5869).

        `ORGANISATION` is the exception: a root key that took over from another one gives what
        that one gave, so that all processes mean the same file whichever of the two they know.
        """
        ...


class HeldRootKey:
    """A root key held in this process; `names` is what it took over from the one before it."""

    __slots__ = ("_names", "_secret")

    def __init__(self, secret: bytes, names: bytes | None = None) -> None:
        if len(secret) != SIZE or (names is not None and len(names) != SIZE):
            raise KeysError("root_size", "a root key is exactly 32 bytes; restore the file")
        self._secret, self._names = secret, names

    def __repr__(self) -> str:
        return "<root key>"

    def derive(self, label: bytes) -> bytes:
        if label == ORGANISATION and self._names is not None:
            return self._names
        return HKDF(hashes.SHA256(), SIZE, salt=None, info=label).derive(self._secret)


def fingerprint(root: RootKey) -> str:
    """16 hexadecimal characters that tell two root keys apart and lead back to neither."""
    return root.derive(FINGERPRINT)[:8].hex()


def read_root(path: Path) -> HeldRootKey:
    """The root key in this file.

    Raises KeysError when it is missing, open to others (wider than 0600) or not a root key.
    """
    return _read(path, OWNER_ONLY)


def read_credential(name: str, environment: Mapping[str, str]) -> HeldRootKey:
    """The root key that systemd hands over (systemd.exec(5), `LoadCredentialEncrypted=`).

    Raises KeysError when there is none, or it is wider than systemd makes it, or not a root key.
    """
    folder = environment.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise KeysError(
            "root_credential", f"the unit has no credential; add LoadCredentialEncrypted={name}"
        )
    return _read(Path(folder) / name, CREDENTIAL)


def create_root(path: Path) -> None:
    """Make a new root key, mode 0400. Raises KeysError when there is one: none is replaced."""
    if not _created(path, secrets.token_bytes(SIZE)):
        raise KeysError("root_exists", f"{path} holds a root key already, which is never replaced")


def create_successor(path: Path, old: RootKey) -> bool:
    """Make a root key that takes over from `old`, mode 0400; False when there was one.

    Its file is 0x01 ‖ 32 random bytes ‖ what `old` derives for ORGANISATION. Raises KeysError.
    """
    return _created(path, ROTATED + secrets.token_bytes(SIZE) + old.derive(ORGANISATION))


def _created(path: Path, content: bytes) -> bool:
    try:
        return create_once(path, content, mode=0o400)
    except OSError as error:
        raise KeysError(
            "root_unwritable", f"{type(error).__name__}: cannot create {path}; check the folder"
        ) from None


def _read(path: Path, widest: int) -> HeldRootKey:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(2 * SIZE + 2)
    except OSError as error:
        raise KeysError(
            "root_unreadable",
            f"{type(error).__name__}: cannot read {path}; make a key with `luwte keys init`",
        ) from None
    if mode & ~widest:
        raise KeysError("root_mode", f"others can read or change it; run `chmod 0400 {path}`")
    if len(content) == SIZE:
        return HeldRootKey(content)
    if len(content) == 1 + 2 * SIZE and content[:1] == ROTATED:
        return HeldRootKey(content[1 : 1 + SIZE], content[1 + SIZE :])
    raise KeysError("root_size", f"{path} is not exactly 32 bytes; restore the right file")
