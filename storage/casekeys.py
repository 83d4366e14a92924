"""The server's own keys around cases and coaches: every derivation and label in one place.

They follow from what a root key hands on when it is rotated (`storage.root.ORGANISATION`), never
from an epoch, so a coach's desk outlives every month and every rotation. The key of a reply block
is the exception: it dies with its month.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.epochs import Epochs
from storage.errors import SealError
from storage.keys import FORMAT, LOCATOR, NONCE, SECRET, joined, text
from storage.padding import padded, unpadded
from storage.root import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.roots import ReadRoots

DESK, DESK_ROW, DESK_KEY = b"luwte/desk/v1", b"luwte/desk-row/v1", b"luwte/desk-key/v1"
PROFILE, INVITATION = b"luwte/coach/v1", b"luwte/invitation/v1"
PROFILE_ROOM = 4_096


class CaseKeys:
    """`roots`, `folder` and `clock` are those of `Identities`. For any thread.

    Nothing is held but what no rotation changes; all else is read anew, so that a secret that was
    destroyed is not used any more. Raises KeysError when a root key cannot be used.
    """

    def __init__(self, roots: ReadRoots, folder: Path, clock: Callable[[], float]) -> None:
        self._roots, self._folder, self._clock = roots, folder, clock
        self._lasting = roots().present.derive(ORGANISATION)

    def lasting(self, label: bytes) -> bytes:
        """32 bytes that no rotation and no end of a month changes."""
        return _expanded(self._lasting, label, SECRET)

    def derive(self, label: bytes) -> bytes:
        """What the present root key gives for this label. Raises KeysError."""
        return self._roots().present.derive(label)

    def month(self, platform: str, tenant: str) -> tuple[bytes, int, bytes]:
        """An organisation's tag, its present month and the key of that. Raises KeysError."""
        epochs = Epochs(self._roots, self._folder, self._clock)
        epoch, key = epochs.usable(platform, tenant)[0]
        return epochs.tag(platform, tenant), epoch, key

    def month_of(self, tag: bytes, epoch: int) -> bytes | None:
        """The key of such a month; None once its secret is destroyed. Raises KeysError."""
        return Epochs(self._roots, self._folder, self._clock).of(tag, epoch)

    def organisation(self, label: str) -> bytes:
        """16 bytes that name an organisation of the settings in rows, files and jobs."""
        message = joined(b"label", text(label))
        return hmac.digest(self._lasting, message, "sha256")[:16]

    def desk(self, platform: str, tenant: str, user: str) -> bytes:
        """32 bytes from which all of a coach's desk follows."""
        identity = joined(text(platform), text(tenant), text(user))
        return hmac.digest(self.lasting(DESK), b"coach\0" + identity, "sha256")

    def invitation(self, code: str) -> bytes:
        """Where the invitation of this code lies: 16 bytes."""
        return hmac.digest(self.lasting(INVITATION), code.encode(), "sha256")[:16]

    def seal_profile(self, whose: bytes, content: bytes) -> bytes:
        """4125 bytes, for the row of this id or locator. Raises SealError above 4092 bytes."""
        nonce, key = secrets.token_bytes(NONCE), self.lasting(PROFILE)
        data = padded(content, PROFILE_ROOM)
        return FORMAT + nonce + AESGCM(key).encrypt(nonce, data, PROFILE + whose)

    def open_profile(self, whose: bytes, sealed: bytes) -> bytes:
        """What was sealed. Raises SealError where it was not sealed so."""
        return unpadded(_opened(self.lasting(PROFILE), sealed, PROFILE + whose))


def desk_locator(desk: bytes) -> bytes:
    """Where the coach's row lies: 16 bytes."""
    return _expanded(desk, DESK_ROW, LOCATOR + SECRET)[:LOCATOR]


def behind_passphrase(desk: bytes, stretched: bytes) -> bytes:
    """The key around a coach's private key. `stretched`: 32 bytes of Argon2id (`storage.lock`)."""
    return hmac.digest(desk, b"lock\0" + stretched, "sha256")


def seal_desk(desk: bytes, key: bytes, private: bytes) -> bytes:
    """89 bytes: the private key (32), under the passphrase's key and then under the row's."""
    inner, outer = secrets.token_bytes(NONCE), secrets.token_bytes(NONCE)
    bound = DESK_KEY + desk_locator(desk)
    locked = inner + AESGCM(key).encrypt(inner, private, bound)
    return FORMAT + outer + AESGCM(_row_key(desk)).encrypt(outer, locked, bound)


def open_desk(desk: bytes, key: bytes, sealed: bytes) -> bytes:
    """The private key. Raises SealError for another passphrase, account or row."""
    bound = DESK_KEY + desk_locator(desk)
    return _opened(key, FORMAT + _opened(_row_key(desk), sealed, bound), bound)


def _row_key(desk: bytes) -> bytes:
    return _expanded(desk, DESK_ROW, LOCATOR + SECRET)[LOCATOR:]


def _expanded(key: bytes, label: bytes, length: int) -> bytes:
    return HKDFExpand(hashes.SHA256(), length, label).derive(key)


def _opened(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if sealed[:1] != FORMAT:
        raise SealError("unopened")
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, rest, bound)
    except (InvalidTag, ValueError):
        raise SealError("unopened") from None
