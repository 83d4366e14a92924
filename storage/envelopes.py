"""What is sealed in a case, and for whom: cards, case keys and letters; pure but for chance.

HPKE (RFC 9180) in base mode, X25519, HKDF-SHA-256 and AES-256-GCM; AES-256-GCM for what several may
open. Everything is bound to its case, so nothing opens anywhere else. Layouts: `storage/README.md`.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from conversations.cases import MOST_COACHES
from storage.errors import SealError
from storage.keys import FORMAT, NONCE, SECRET
from storage.padding import padded, unpadded

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD, CASE_KEY = b"luwte/case/v1", b"luwte/case-key/v1"
LETTER, LETTER_KEY = b"luwte/letter/v1", b"luwte/letter-key/v1"

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ID, TAG = 16, 16
WRAPPED = 2 * SECRET + TAG
"""80 bytes: a key of 32 under HPKE, with its ephemeral public key."""

PLACE = WRAPPED + ID
KEYS = len(FORMAT) + MOST_COACHES * PLACE
CARD_ROOM, LETTER_ROOM = 8_192, 4_096
SEALED_CARD = len(FORMAT) + NONCE + CARD_ROOM + TAG
SEALED_LETTER = len(FORMAT) + 2 * WRAPPED + NONCE + LETTER_ROOM + TAG


def new_key() -> tuple[bytes, bytes]:
    """A new X25519 key pair: the private half and the public half, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """Eight groups of four hexadecimal characters: half of a SHA-256 of the public half."""
    digest = hashlib.sha256(b"luwte/coach-key/v1" + public).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def seal_card(case: bytes, content: bytes, coaches: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
    """The sealed card, and the case key for each of these coaches (id: public half), in any order.

    Raises SealError for more than 8 coaches, none, or a content of more than 8188 bytes.
    """
    if not 0 < len(coaches) <= MOST_COACHES:
        raise SealError("coaches")
    key, nonce = secrets.token_bytes(SECRET), secrets.token_bytes(NONCE)
    sealed = FORMAT + nonce + AESGCM(key).encrypt(nonce, padded(content, CARD_ROOM), CARD + case)
    places = [
        _to(public, CASE_KEY + case + coach, key) + coach for coach, public in coaches.items()
    ]
    places += [secrets.token_bytes(PLACE) for _ in range(MOST_COACHES - len(places))]
    secrets.SystemRandom().shuffle(places)
    return sealed, FORMAT + b"".join(places)


def places(keys: bytes) -> list[tuple[bytes, bytes]]:
    """The wrapped case key and the id of the coach in each place, the empty ones included."""
    parts = [keys[at : at + PLACE] for at in range(len(FORMAT), len(keys), PLACE)]
    return [(part[:WRAPPED], part[WRAPPED:]) for part in parts]


def without(keys: bytes, coach: bytes) -> bytes:
    """The same with this coach's place emptied."""
    kept = [
        secrets.token_bytes(PLACE) if whose == coach else wrapped + whose
        for wrapped, whose in places(keys)
    ]
    return FORMAT + b"".join(kept)


def open_card(case: bytes, keys: bytes, card: bytes, coach: bytes, private: bytes) -> bytes:
    """What this coach may read. Raises SealError where there is nothing for them.

    Somebody else's place is tried where there is none of this coach, so that both take as long.
    """
    if len(keys) != KEYS or len(card) != SEALED_CARD or keys[:1] + card[:1] != 2 * FORMAT:
        raise SealError("unopened")
    there = places(keys)
    mine = next((wrapped for wrapped, whose in there if whose == coach), there[0][0])
    key = _with(private, CASE_KEY + case + coach, mine)
    try:
        return unpadded(AESGCM(key).decrypt(card[1 : 1 + NONCE], card[1 + NONCE :], CARD + case))
    except (InvalidTag, ValueError):
        raise SealError("unopened") from None


def seal_letter(
    case: bytes, letter: bytes, *, by_coach: bool, content: bytes, inbox: bytes, coach: bytes
) -> bytes:
    """A letter for the holders of two public halves, the case's inbox and the coach's.

    Raises SealError for more than 4092 bytes.
    """
    key, nonce = secrets.token_bytes(SECRET), secrets.token_bytes(NONCE)
    about = case + letter + bytes([by_coach])
    body = AESGCM(key).encrypt(nonce, padded(content, LETTER_ROOM), LETTER + about)
    wrapped = [_to(public, LETTER_KEY + about + inbox, key) for public in (inbox, coach)]
    return FORMAT + b"".join(wrapped) + nonce + body


def open_letter(
    case: bytes, letter: bytes, *, by_coach: bool, sealed: bytes, inbox: bytes, private: bytes
) -> bytes:
    """What is in a letter, for either of the two. Raises SealError for anybody else.

    `inbox` is the public half that both know; `private` opens either the first key or the second.
    """
    if len(sealed) != SEALED_LETTER or sealed[:1] != FORMAT:
        raise SealError("unopened")
    at = len(FORMAT) + (0 if public_of(private) == inbox else WRAPPED)
    about = case + letter + bytes([by_coach])
    key = _with(private, LETTER_KEY + about + inbox, sealed[at : at + WRAPPED])
    rest = sealed[len(FORMAT) + 2 * WRAPPED :]
    try:
        return unpadded(AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], LETTER + about))
    except (InvalidTag, ValueError):
        raise SealError("unopened") from None


def _to(public: bytes, info: bytes, content: bytes) -> bytes:
    try:
        return SUITE.encrypt(content, X25519PublicKey.from_public_bytes(public), info=info)
    except ValueError:
        raise SealError("public_key") from None


def _with(private: bytes, info: bytes, sealed: bytes) -> bytes:
    try:
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=info)
    except (InvalidTag, ValueError):
        raise SealError("unopened") from None
