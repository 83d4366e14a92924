"""From identifiers to a person: never the same for two, always the same for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.errors import StoreError
from storage import keys
from storage.identities import Identities
from storage.memory import MemorySessions
from storage.root import HeldRootKey
from tests.support.storage import Clock, a_session, keep, look

if TYPE_CHECKING:
    from pathlib import Path

ROOT = HeldRootKey(bytes(range(32)))
NOVEMBER, DECEMBER, MARCH = 1_795_521_600.0, 1_796_083_200.0, 1_803_859_200.0
WORDS = st.text(max_size=12)
EPOCH_KEY = bytes(range(100, 132))


def test_an_identity_always_leads_to_the_same_place() -> None:
    """A fixed vector: when this fails, every row that exists is out of reach."""
    secret = bytes(range(64, 96))
    key = keys.epoch_key(ROOT, 682, secret)
    place = keys.place(key, 682, "slack", "T0123ABCD", "U0456EFGHIJ")

    assert key.hex() == "046671ef5f3b4984b1a52bacce40d5451bab21fa3fe00cd205f093d6a4bb6f3d"
    assert place.locator.hex() == "52af95e1253a7d835f292d508980cc1f"
    assert place.key.hex() == "2c05fcf3f80df44dd216a151f8db512682080bc32d710b4a0773d7e0be9d397a"
    assert place.epoch == 682


def test_an_epoch_file_always_opens() -> None:
    """A fixed vector, like the one before."""
    tag = keys.organisation_tag(ROOT, "slack", "T0123ABCD")
    wrapped = bytes.fromhex(
        "01000102030405060708090a0b9e9a45092e993792320400d28cbac94697fb0ddfdb237f83aea160f56f64354d702c86e6b17980c763ab5085561ec9b2"
    )

    assert tag.hex() == "efcc6918c8f9cf8c5ed52ea87035859a"
    assert keys.unwrap(ROOT, tag, 682, wrapped) == bytes(range(64, 96))


def test_parts_that_join_to_the_same_text_are_different_people() -> None:
    spelled = [
        ("a", "bc", "d"),
        ("ab", "c", "d"),
        ("a", "b", "cd"),
        ("a", "bcd", ""),
        ("", "", "abcd"),
    ]

    places = {keys.place(EPOCH_KEY, 682, *each).locator for each in spelled}

    assert len(places) == len(spelled)


@given(st.tuples(WORDS, WORDS, WORDS), st.tuples(WORDS, WORDS, WORDS))
def test_two_identities_share_a_place_only_when_they_are_one(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    first, second = keys.place(EPOCH_KEY, 682, *one), keys.place(EPOCH_KEY, 682, *other)

    assert (first == second) == (one == other)
    assert (first.locator == second.locator) == (one == other)
    assert len(first.locator) == 16
    assert len(first.key) == 32


def test_the_same_ids_in_two_organisations_never_meet(tmp_path: Path) -> None:
    identities = Identities(ROOT, tmp_path, Clock(NOVEMBER))

    people = [
        identities.identify("slack", "T1", "U1"),
        identities.identify("slack", "T2", "U1"),
        identities.identify("teams", "T1", "U1"),
        identities.identify("slack", "T1", "U2"),
    ]

    assert len({person.home.locator for person in people}) == len(people)
    assert len({person.home.key for person in people}) == len(people)


def test_two_months_of_one_person_have_nothing_in_common(tmp_path: Path) -> None:
    clock = Clock(NOVEMBER)
    identities = Identities(ROOT, tmp_path, clock)
    before = identities.identify("slack", "T1", "U1")

    clock.seconds = DECEMBER
    after = identities.identify("slack", "T1", "U1")

    assert after.places == (after.home, before.home)
    assert after.home.epoch == before.home.epoch + 1
    assert after.home.locator != before.home.locator
    assert after.home.key != before.home.key


def test_the_root_key_and_the_epoch_secret_are_both_needed() -> None:
    secret, other = bytes(32), bytes([1]) * 32

    assert (
        len(
            {
                keys.epoch_key(ROOT, 682, secret),
                keys.epoch_key(HeldRootKey(other), 682, secret),
                keys.epoch_key(ROOT, 682, other),
                keys.epoch_key(ROOT, 683, secret),
            }
        )
        == 4
    )


def test_a_person_tells_nothing_when_printed(tmp_path: Path) -> None:
    person = Identities(ROOT, tmp_path, Clock(NOVEMBER)).identify("slack", "T1", "U1")

    assert (repr(person), repr(person.home)) == ("<person>", "<place>")


@pytest.mark.parametrize("user", ["", "\ud800", "29:" + "x" * 1_000, "naïve ☀"])
def test_whatever_a_platform_calls_somebody_is_somebody(tmp_path: Path, user: str) -> None:
    person = Identities(ROOT, tmp_path, Clock(NOVEMBER)).identify("teams", "t", user)

    assert len(person.home.locator) == 16


def test_an_absurdly_long_identifier_is_refused_without_showing_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Identities(ROOT, tmp_path, Clock(NOVEMBER)).identify("teams", "t", "Petra" * 20_000)

    assert "Petra" not in str(caught.value)


def destroy(folder: Path) -> None:
    next(folder.iterdir()).unlink()


async def test_a_row_dies_with_its_epoch_secret(tmp_path: Path) -> None:
    clock, sessions = Clock(NOVEMBER), MemorySessions()
    identities = Identities(ROOT, tmp_path, clock)
    await sessions.visit(identities.identify("slack", "T1", "U1"), keep(a_session()))

    destroy(tmp_path)
    clock.seconds += 60
    turn = await sessions.visit(identities.identify("slack", "T1", "U1"), look)

    assert turn.session is None
    assert len(sessions.rows) == 1


async def test_a_row_is_found_for_three_months_after_its_own(tmp_path: Path) -> None:
    clock, sessions = Clock(NOVEMBER), MemorySessions()
    identities = Identities(ROOT, tmp_path, clock)
    await sessions.visit(identities.identify("slack", "T1", "U1"), keep(a_session(6)))

    for seconds, there in ((DECEMBER, True), (MARCH - 30 * 86_400, True), (MARCH, False)):
        clock.seconds = seconds
        turn = await sessions.visit(identities.identify("slack", "T1", "U1"), look)
        assert (turn.session is not None) is there


def test_idle_processes_can_be_told_to_look_again(tmp_path: Path) -> None:
    identities = Identities(ROOT, tmp_path, Clock(NOVEMBER))
    before = identities.identify("slack", "T1", "U1")
    destroy(tmp_path)

    identities.recheck()

    assert identities.identify("slack", "T1", "U1") != before
