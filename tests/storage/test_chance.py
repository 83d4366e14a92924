"""Random bytes by the page: none is given out twice, neither here nor in a process that was forked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from storage.chance import PAGE, Chance

if TYPE_CHECKING:
    import pytest


def test_no_byte_is_given_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = iter([bytes([1]) * PAGE, bytes([2]) * PAGE])
    monkeypatch.setattr("secrets.token_bytes", lambda _: next(pages))
    chance = Chance()

    given = [chance.bytes(12) for _ in range(PAGE // 12 + 1)]

    assert given[:-1] == [bytes([1]) * 12] * (PAGE // 12)
    assert given[-1] == bytes([2]) * 12


def test_what_is_given_out_differs_each_time() -> None:
    chance = Chance()

    assert len({chance.bytes(12) for _ in range(2 * PAGE)}) == 2 * PAGE


def test_a_forked_process_begins_a_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = iter([bytes([1]) * PAGE, bytes([2]) * PAGE])
    monkeypatch.setattr("secrets.token_bytes", lambda _: next(pages))
    chance = Chance()
    assert chance.bytes(12) == bytes([1]) * 12

    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert chance.bytes(12) == bytes([2]) * 12
