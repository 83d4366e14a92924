"""One session, sealed: always the same length, and only good in the row it was sealed for."""

from __future__ import annotations

import secrets
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversations.session import ROOM
from storage.errors import SealError
from storage.keys import FORMAT, NONCE, STATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.person import Place

LENGTH = 4
PADDED = LENGTH + ROOM
SEALED = len(FORMAT) + NONCE + PADDED + 16
"""8221 bytes: 0x01 ‖ nonce ‖ AES-256-GCM(u32 length ‖ session ‖ zeros, 8192 in all) ‖ tag."""


def seal(
    place: Place,
    version: int,
    session: bytes,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """SEALED bytes for this place and version only. Raises SealError above ROOM bytes.

    `random` gives so many bytes that it never gives again.
    """
    if len(session) > ROOM:
        raise SealError("too_long")
    nonce = random(NONCE)
    padded = (struct.pack(">I", len(session)) + session).ljust(PADDED, b"\0")
    return FORMAT + nonce + AESGCM(place.key).encrypt(nonce, padded, _bound_to(place, version))


def unseal(place: Place, version: int, sealed: bytes) -> bytes:
    """What was sealed. Raises SealError when it was not sealed so, or is not as it was."""
    if len(sealed) != SEALED or sealed[:1] != FORMAT:
        raise SealError("unopened")
    nonce, secret = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        padded = AESGCM(place.key).decrypt(nonce, secret, _bound_to(place, version))
    except (InvalidTag, struct.error):
        raise SealError("unopened") from None
    end = LENGTH + int.from_bytes(padded[:LENGTH], "big")
    if end > PADDED or padded[end:] != bytes(PADDED - end):
        raise SealError("unopened")
    return padded[LENGTH:end]


def _bound_to(place: Place, version: int) -> bytes:
    """The associated data: label ‖ u16 epoch ‖ locator ‖ u64 version."""
    return STATE + struct.pack(">H16sQ", place.epoch, place.locator, version)
