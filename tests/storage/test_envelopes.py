"""What is sealed in a case opens for those it is meant for, in that case, unchanged, and has one length."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import envelopes
from storage.errors import SealError

CASE, OTHER = b"a" * 16, b"b" * 16
CARLA, DIEDE, LETTER = b"c" * 16, b"d" * 16, b"l" * 16
CARLAS, CARLA_PUBLIC = envelopes.new_key()
DIEDES, DIEDE_PUBLIC = envelopes.new_key()
INBOX, INBOX_PUBLIC = envelopes.new_key()
COACHES = {CARLA: CARLA_PUBLIC, DIEDE: DIEDE_PUBLIC}


def open_it(
    sealed: bytes, private: bytes, *, by_coach: bool = True, letter: bytes = LETTER
) -> bytes:
    return envelopes.open_letter(
        CASE, letter, by_coach=by_coach, sealed=sealed, inbox=INBOX_PUBLIC, private=private
    )


def a_letter(content: bytes = b"dag") -> bytes:
    return envelopes.seal_letter(
        CASE, LETTER, by_coach=True, content=content, inbox=INBOX_PUBLIC, coach=CARLA_PUBLIC
    )


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=8188), st.binary(max_size=4092))
def test_whatever_is_in_it_has_one_length_and_shows_nothing_of_it(
    card: bytes, words: bytes
) -> None:
    sealed, keys = envelopes.seal_card(CASE, card, COACHES)
    letter = a_letter(words)

    assert (len(sealed), len(keys), len(letter)) == (8221, 769, 4285)
    assert envelopes.open_card(CASE, keys, sealed, DIEDE, DIEDES) == card
    assert open_it(letter, INBOX) == open_it(letter, CARLAS) == words
    for place in range(0, len(card) - 6, 997):
        assert card[place : place + 6] not in sealed or card[place : place + 6] == bytes(6)


def test_a_card_opens_for_the_coaches_it_was_sealed_to_and_in_its_case_only() -> None:
    card, keys = envelopes.seal_card(CASE, b"kaart", {CARLA: CARLA_PUBLIC})

    assert envelopes.open_card(CASE, keys, card, CARLA, CARLAS) == b"kaart"
    for case, coach, private in (
        (OTHER, CARLA, CARLAS),
        (CASE, DIEDE, DIEDES),
        (CASE, CARLA, DIEDES),
        (CASE, DIEDE, CARLAS),
    ):
        with pytest.raises(SealError, match=r"^unopened$"):
            envelopes.open_card(case, keys, card, coach, private)


def test_a_coach_who_handed_it_back_opens_it_no_more_and_the_others_do() -> None:
    card, keys = envelopes.seal_card(CASE, b"kaart", COACHES)
    left = envelopes.without(keys, CARLA)

    assert len(left) == len(keys)
    assert envelopes.open_card(CASE, left, card, DIEDE, DIEDES) == b"kaart"
    with pytest.raises(SealError):
        envelopes.open_card(CASE, left, card, CARLA, CARLAS)


def test_no_change_of_a_single_byte_goes_unnoticed() -> None:
    card, keys = envelopes.seal_card(CASE, b"kaart", {CARLA: CARLA_PUBLIC})
    letter = a_letter()
    mine = next(at for at, (_, who) in enumerate(envelopes.places(keys)) if who == CARLA)

    for place in (0, 1, 13, 4_000, 8_220):
        changed = bytearray(card)
        changed[place] ^= 1
        with pytest.raises(SealError):
            envelopes.open_card(CASE, keys, bytes(changed), CARLA, CARLAS)
    for place in (0, 40, 79):
        changed = bytearray(keys)
        changed[1 + mine * envelopes.PLACE + place] ^= 1
        with pytest.raises(SealError):
            envelopes.open_card(CASE, bytes(changed), card, CARLA, CARLAS)
    for place in (0, 1, 80, 161, 173, 4_284):
        changed = bytearray(letter)
        changed[place] ^= 1
        with pytest.raises(SealError):
            open_it(bytes(changed), INBOX)


def test_a_letter_is_of_its_case_its_place_and_its_direction() -> None:
    letter = a_letter()

    tries = (
        (letter, DIEDES, True, LETTER),
        (letter, INBOX, False, LETTER),
        (letter, INBOX, True, OTHER),
        (letter[:-1], INBOX, True, LETTER),
    )
    for sealed, private, by_coach, id_ in tries:
        with pytest.raises(SealError, match=r"^unopened$"):
            open_it(sealed, private, by_coach=by_coach, letter=id_)


def test_nobody_can_write_a_letter_who_does_not_know_the_inbox() -> None:
    """The coach's public half alone, which the server knows, makes no letter that opens."""
    _, guessed = envelopes.new_key()
    forged = envelopes.seal_letter(
        CASE, LETTER, by_coach=False, content=b"vals", inbox=guessed, coach=CARLA_PUBLIC
    )

    with pytest.raises(SealError):
        open_it(forged, CARLAS, by_coach=False)


def test_too_much_and_too_many_are_refused() -> None:
    with pytest.raises(SealError, match=r"^too_long$"):
        envelopes.seal_card(CASE, bytes(8189), COACHES)
    with pytest.raises(SealError, match=r"^too_long$"):
        a_letter(bytes(4093))
    for count in (0, 9):
        many = {secrets.token_bytes(16): CARLA_PUBLIC for _ in range(count)}
        with pytest.raises(SealError, match=r"^coaches$"):
            envelopes.seal_card(CASE, b"", many)


def test_how_many_coaches_were_asked_does_not_show_in_the_length() -> None:
    one = envelopes.seal_card(CASE, b"", {CARLA: CARLA_PUBLIC})[1]

    assert len(envelopes.places(one)) == 8
    assert len({place for place, _ in envelopes.places(one)}) == 8


def test_a_fingerprint_is_eight_groups_that_follow_from_the_key() -> None:
    found = envelopes.fingerprint(bytes(range(32)))

    assert found == "b8dd adcd 4b1c 08c9 d929 b7d7 06a1 d980"


def test_a_case_key_that_was_sealed_by_an_earlier_version_opens() -> None:
    """A fixed vector: when this fails, every case that exists is out of reach."""
    wrapped = bytes.fromhex(
        "06bddc33875d1962f885710bc3736ca625ea960aac9c11f72f9ad705db62002aa54eacc020d4fe79"
        "0d3724a37e74823e49446c2ac037a37978db5f003152ba5d8dcc573c336914ed83e3ce8052c87942"
    )
    opened = envelopes._with(bytes(range(32)), envelopes.CASE_KEY + CASE + CARLA, wrapped)

    assert opened == bytes(range(32, 64))
