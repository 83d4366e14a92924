"""A row with anything wrong in it is refused; nothing in it reaches a log, and nothing replaces it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import sealed

FEW = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(sealed.harmed())
def test_a_harmed_row_is_refused_and_left_as_it_is(row: bytes) -> None:
    sealed.hold_sealed(row)


@FEW
@given(sealed.contents())
def test_contents_that_are_no_session_are_refused(inside: bytes) -> None:
    sealed.hold_contents(inside)


@FEW
@given(st.text())
def test_every_row_has_one_length(words: str) -> None:
    sealed.hold_growth(words)
