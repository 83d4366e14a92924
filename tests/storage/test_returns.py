"""A reply block leads to a person for its case, until its week and while its month's secret lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations.caseports import ReturnAddress
from storage import returns
from storage.casekeys import CaseKeys
from storage.errors import SealError
from storage.root import HeldRootKey
from storage.roots import Roots
from tests.support.storage import Clock

if TYPE_CHECKING:
    from pathlib import Path

CASE, OTHER = b"a" * 16, b"b" * 16
ANNA = ReturnAddress("teams", "0f8fad5b-d9cb-469f-a165-70867728950e", b"{" + b"x" * 430 + b"}")
NOVEMBER = 1_795_521_600.0
WEEK = 2968


@pytest.fixture
def server(tmp_path: Path) -> CaseKeys:
    return CaseKeys(
        lambda: Roots(HeldRootKey(bytes(range(32)))), tmp_path / "epochs", Clock(NOVEMBER)
    )


def test_it_leads_back_and_has_one_length(server: CaseKeys) -> None:
    short = ReturnAddress("slack", "T1", b"U1")
    blocks = [returns.make(server, CASE, WEEK, to) for to in (ANNA, short)]

    assert {len(block) for block in blocks} == {563}
    assert [returns.opened(server, CASE, block, WEEK) for block in blocks] == [ANNA, short]


def test_it_leads_nowhere_for_another_case_after_its_week_or_changed(server: CaseKeys) -> None:
    block = returns.make(server, CASE, WEEK, ANNA)
    later = block[:19] + (WEEK + 9).to_bytes(4, "big") + block[23:]

    assert returns.opened(server, OTHER, block, WEEK) is None
    assert returns.opened(server, CASE, block, WEEK + 1) is None
    assert returns.opened(server, CASE, later, WEEK + 1) is None
    for place in (0, 1, 3, 20, 24, 40, 562):
        changed = bytearray(block)
        changed[place] ^= 1
        assert returns.opened(server, CASE, bytes(changed), WEEK) is None
    assert returns.opened(server, CASE, block[:-1], WEEK) is None


def test_it_leads_nowhere_once_the_secret_of_its_month_is_destroyed(
    server: CaseKeys, tmp_path: Path
) -> None:
    block = returns.make(server, CASE, WEEK, ANNA)
    (secret,) = (tmp_path / "epochs").iterdir()
    secret.unlink()

    assert returns.opened(server, CASE, block, WEEK) is None


def test_another_root_key_opens_none(server: CaseKeys, tmp_path: Path) -> None:
    block = returns.make(server, CASE, WEEK, ANNA)
    other = CaseKeys(lambda: Roots(HeldRootKey(bytes(32))), tmp_path / "other", Clock(NOVEMBER))

    assert returns.opened(other, CASE, block, WEEK) is None


def test_an_address_that_does_not_fit_is_refused(server: CaseKeys) -> None:
    with pytest.raises(SealError, match=r"^too_long$"):
        returns.make(server, CASE, WEEK, ReturnAddress("slack", "T1", bytes(441)))
