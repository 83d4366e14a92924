"""How keys follow from keys: every derivation and label in one place, pure."""

from __future__ import annotations

import contextlib
import hmac
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from conversations.person import Place
from storage.errors import KeysError
from storage.root import ORGANISATION

if TYPE_CHECKING:
    from storage.root import RootKey

WRAP = b"luwte/wrap/v1"
EPOCH = b"luwte/epoch/v1"
STATE = b"luwte/state/v1"

FORMAT = b"\x01"
NONCE = 12
LONGEST = 0xFFFF
LOCATOR = 16
SECRET = 32
WRAPPED = len(FORMAT) + NONCE + SECRET + 16


def joined(*parts: bytes) -> bytes:
    """Each part after its length in 2 bytes, so that ("a", "bc") is never ("ab", "c")."""
    return b"".join(struct.pack(">H", len(part)) + part for part in parts)


def parts(data: bytes) -> list[bytes]:
    """What was joined. Raises ValueError where nothing was."""
    found = []
    while data:
        length = int.from_bytes(data[:2], "big")
        if len(data) < 2 + length:
            raise ValueError
        found.append(data[2 : 2 + length])
        data = data[2 + length :]
    return found


def text(value: str) -> bytes:
    """UTF-8 of any string a platform can send, a lone surrogate included; long ones are refused.

    Raises KeysError above 65 535 bytes.
    """
    data = value.encode("utf-8", "surrogatepass")
    if len(data) > LONGEST:
        raise KeysError("identifier_length", "an identifier is longer than any platform makes it")
    return data


def organisation_tag(root: RootKey, platform: str, tenant: str) -> bytes:
    """16 bytes that name an organisation in the key folder, to whoever holds the root key only."""
    key = root.derive(ORGANISATION)
    return hmac.digest(key, joined(text(platform), text(tenant)), "sha256")[:16]


def wrap(root: RootKey, tag: bytes, epoch: int, secret: bytes, nonce: bytes) -> bytes:
    """An epoch secret as it lies on disk: 0x01 ‖ nonce (12) ‖ AES-256-GCM of 32 bytes (48)."""
    sealed = AESGCM(root.derive(WRAP)).encrypt(nonce, secret, _wrapped_for(tag, epoch))
    return FORMAT + nonce + sealed


def unwrap(root: RootKey, tag: bytes, epoch: int, wrapped: bytes) -> bytes:
    """The 32 bytes of an epoch secret. Raises KeysError when this root key did not wrap them so."""
    nonce, sealed = wrapped[1 : 1 + NONCE], wrapped[1 + NONCE :]
    if len(wrapped) == WRAPPED and wrapped[:1] == FORMAT:
        with contextlib.suppress(InvalidTag):
            return AESGCM(root.derive(WRAP)).decrypt(nonce, sealed, _wrapped_for(tag, epoch))
    raise KeysError(
        "epoch_unopened",
        "an epoch secret does not open with this root key; restore the root key that made it",
    )


def opens(root: RootKey, tag: bytes, epoch: int, wrapped: bytes) -> bool:
    """Whether this root key wrapped this epoch secret."""
    try:
        unwrap(root, tag, epoch, wrapped)
    except KeysError:
        return False
    return True


def epoch_key(root: RootKey, epoch: int, secret: bytes) -> bytes:
    """32 bytes: neither the root key nor the epoch secret alone gives it."""
    message = joined(root.derive(EPOCH), struct.pack(">H", epoch), secret)
    return hmac.digest(EPOCH, message, "sha256")


def person(key: bytes, platform: str, tenant: str, user: str) -> bytes:
    """32 bytes from which all of this person in one epoch follows."""
    identity = joined(text(platform), text(tenant), text(user))
    # Not hmac.digest: that lets go of the interpreter, which the store thread then keeps for milliseconds.
    return hmac.new(key, b"person\0" + identity, "sha256").digest()


def place_of(person: bytes, epoch: int) -> Place:
    """Where the row of these 32 bytes lies, and the key that opens it."""
    material = HKDFExpand(hashes.SHA256(), LOCATOR + SECRET, STATE).derive(person)
    return Place(epoch, material[:LOCATOR], material[LOCATOR:])


def place(key: bytes, epoch: int, platform: str, tenant: str, user: str) -> Place:
    """Where this person's row lies in this epoch, and the key that opens it."""
    return place_of(person(key, platform, tenant, user), epoch)


def _wrapped_for(tag: bytes, epoch: int) -> bytes:
    return WRAP + tag + struct.pack(">H", epoch)
