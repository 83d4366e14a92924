"""Where coaches and organisations lie, and what opens a desk; the same in every version and after rotating."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import casekeys
from storage.casekeys import CaseKeys
from storage.errors import SealError
from storage.root import ORGANISATION, HeldRootKey
from storage.roots import Roots

ROOT = HeldRootKey(bytes(range(32)))
NOWHERE = Path("there/is/no/such/folder")
CARLA, DIEDE = ("slack", "TBUREAU", "UCARLA"), ("slack", "TBUREAU", "UDIEDE")


def keys(root: HeldRootKey = ROOT) -> CaseKeys:
    return CaseKeys(lambda: Roots(root), NOWHERE, lambda: 0.0)


def test_a_coach_and_an_organisation_always_lie_in_the_same_place() -> None:
    """Fixed vectors: when these fail, every desk and case that exists is out of reach."""
    desk = keys().desk(*CARLA)

    assert keys().organisation("mill").hex() == "b4cd979c7b7fc526199d9eeeae3390e4"
    assert casekeys.desk_locator(desk).hex() == "270e2900b67b8ecc3865184daf80a7df"
    assert keys().invitation("7k2m9xqa0v3tf").hex() == "478c24acfe183a18e07464652ee67a6e"


def test_a_desk_that_was_sealed_by_an_earlier_version_opens() -> None:
    desk = keys().desk(*CARLA)
    sealed = bytes.fromhex(
        "01c13d8740241c26e0a42f2b433c1ef35caa9dbad667b55c760c05c1d0a76fb4"
        "1edf3bc428902f3be26492876a03d68ff260b45f01bc812589ef5afca04f502f"
        "b617487ec2e559b0e9cfd90b5da5d968f74483de4d2de31e89"
    )

    key = casekeys.behind_passphrase(desk, bytes(32))
    assert casekeys.open_desk(desk, key, sealed) == bytes(range(32))


def test_desk_and_names_are_the_same_after_the_root_key_was_rotated() -> None:
    successor = HeldRootKey(bytes(32), ROOT.derive(ORGANISATION))

    assert keys(successor).desk(*CARLA) == keys().desk(*CARLA)
    assert keys(successor).organisation("mill") == keys().organisation("mill")
    sealed = keys().seal_profile(bytes(16), b"profile")
    assert keys(successor).open_profile(bytes(16), sealed) == b"profile"


def test_a_desk_opens_with_account_and_passphrase_and_with_nothing_less() -> None:
    desk, other = keys().desk(*CARLA), keys().desk(*DIEDE)
    key = casekeys.behind_passphrase(desk, bytes(32))
    sealed = casekeys.seal_desk(desk, key, bytes(range(32)))
    assert len(sealed) == 89

    tries = (
        (desk, casekeys.behind_passphrase(desk, bytes(31) + b"1"), sealed),
        (other, key, sealed),
        (other, casekeys.behind_passphrase(other, bytes(32)), sealed),
        (desk, key, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (desk, key, bytes(89)),
    )
    for trying in tries:
        with pytest.raises(SealError, match=r"^unopened$"):
            casekeys.open_desk(*trying)


def test_a_profile_is_of_its_row_and_of_one_length() -> None:
    short, long = (keys().seal_profile(bytes(16), bytes(size)) for size in (0, 4092))
    assert len(short) == len(long) == 4125

    with pytest.raises(SealError):
        keys().open_profile(b"x" * 16, short)
    with pytest.raises(SealError, match=r"^too_long$"):
        keys().seal_profile(bytes(16), bytes(4093))
