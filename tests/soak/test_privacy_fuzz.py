"""Two thousand orders of deeds, and nothing that names a person after any of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from bot.audit.replacing import replaced
from tests.support.fuzz import DEEDS, Deed, hold

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _content_read_once() -> Iterator[None]:
    with replaced("conversations.library:load", functools.cache):
        yield


@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_no_order_of_deeds_leaves_a_trace(deeds: list[Deed]) -> None:
    hold(deeds)
