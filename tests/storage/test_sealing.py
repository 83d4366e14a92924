"""A sealed session: what goes in comes out, in its own row only, and nothing can be changed."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.person import Place
from conversations.session import ROOM
from storage.errors import SealError
from storage.sealing import SEALED, seal, unseal

PLACE = Place(682, bytes(range(16)), bytes(range(32)))
SESSION = b'{"format":1,"words":"moe, maar ook opgelucht"}'


def sealed_by_hand(padded: bytes, place: Place = PLACE, version: int = 7) -> bytes:
    """The format as `storage/README.md` draws it, written a second time."""
    nonce = bytes(range(12))
    bound = b"luwte/state/v1" + struct.pack(">H16sQ", place.epoch, place.locator, version)
    return b"\x01" + nonce + AESGCM(place.key).encrypt(nonce, padded, bound)


def padded(session: bytes) -> bytes:
    return struct.pack(">I", len(session)) + session + bytes(8192 - 4 - len(session))


def test_an_old_row_always_opens() -> None:
    """A fixed vector: when this fails, every row that exists is lost."""
    old = sealed_by_hand(padded(SESSION))

    assert hashlib.sha256(old).hexdigest() == (
        "776216373bc99e112ba4e2ca4c8074592f174f0db61666aeda8ce5b1078f7eb2"
    )
    assert unseal(PLACE, 7, old) == SESSION


@settings(max_examples=200)
@given(
    st.binary(max_size=ROOM),
    st.integers(0, 2**63 - 1),
    st.binary(min_size=16, max_size=16),
    st.binary(min_size=32, max_size=32),
    st.integers(0, 2**15 - 1),
)
def test_whatever_is_sealed_is_opened_again(
    session: bytes, version: int, locator: bytes, key: bytes, epoch: int
) -> None:
    place = Place(epoch, locator, key)

    sealed = seal(place, version, session)

    assert unseal(place, version, sealed) == session
    assert len(sealed) == SEALED == 8221
    assert len(session) < 6 or session not in sealed


@pytest.mark.parametrize("length", [0, 1, ROOM - 1, ROOM])
def test_the_length_of_a_session_does_not_show(length: int) -> None:
    assert len(seal(PLACE, 7, bytes(length))) == 8221
    assert unseal(PLACE, 7, seal(PLACE, 7, bytes(length))) == bytes(length)


def test_a_session_above_the_room_is_refused() -> None:
    with pytest.raises(SealError, match=r"^too_long$"):
        seal(PLACE, 7, bytes(ROOM + 1))


def test_no_two_seals_are_alike() -> None:
    nonces = {seal(PLACE, 7, SESSION)[1:13] for _ in range(100)}

    assert len(nonces) == 100


GOOD = sealed_by_hand(padded(SESSION))
MANIPULATIONS: dict[str, tuple[Place, int, bytes]] = {
    "another person's key": (replace(PLACE, key=bytes(32)), 7, GOOD),
    "moved to another locator": (replace(PLACE, locator=bytes(16)), 7, GOOD),
    "moved to another epoch": (replace(PLACE, epoch=683), 7, GOOD),
    "an earlier version": (PLACE, 6, GOOD),
    "a later version": (PLACE, 8, GOOD),
    "a version below zero": (PLACE, -1, GOOD),
    "another format": (PLACE, 7, b"\x02" + GOOD[1:]),
    "a bit of the nonce": (PLACE, 7, GOOD[:1] + bytes([GOOD[1] ^ 1]) + GOOD[2:]),
    "the first bit of the text": (PLACE, 7, GOOD[:13] + bytes([GOOD[13] ^ 128]) + GOOD[14:]),
    "the last bit of the text": (PLACE, 7, GOOD[:-17] + bytes([GOOD[-17] ^ 1]) + GOOD[-16:]),
    "a bit of the tag": (PLACE, 7, GOOD[:-1] + bytes([GOOD[-1] ^ 1])),
    "cut short": (PLACE, 7, GOOD[:-1]),
    "without its tag": (PLACE, 7, GOOD[:-16]),
    "lengthened": (PLACE, 7, GOOD + b"\0"),
    "two blocks swapped": (PLACE, 7, GOOD[:13] + GOOD[29:45] + GOOD[13:29] + GOOD[45:]),
    "nothing": (PLACE, 7, b""),
    "all zeros": (PLACE, 7, bytes(8221)),
    "a length beyond the padding": (PLACE, 7, sealed_by_hand(b"\xff" * 4 + bytes(8188))),
    "words hidden in the padding": (PLACE, 7, sealed_by_hand(padded(SESSION)[:-1] + b"x")),
    "a smaller class": (PLACE, 7, sealed_by_hand(padded(SESSION)[:4096])),
    "the label of another format": (
        PLACE,
        7,
        GOOD[:13] + AESGCM(PLACE.key).encrypt(bytes(range(12)), padded(SESSION), b"luwte/state/v2"),
    ),
}


@pytest.mark.parametrize("name", MANIPULATIONS)
def test_a_manipulated_row_is_refused(name: str) -> None:
    place, version, sealed = MANIPULATIONS[name]

    with pytest.raises(SealError, match=r"^unopened$") as caught:
        unseal(place, version, sealed)

    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_the_untouched_row_opens() -> None:
    assert unseal(PLACE, 7, GOOD) == SESSION
