"""The code of a lock is easy to copy, and what people make of it while copying is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.passphrase import COUNT, SYMBOLS, grouped, tidy

codes = st.text(SYMBOLS, min_size=COUNT, max_size=COUNT)


@given(codes)
def test_a_code_that_is_written_down_reads_as_itself(code: str) -> None:
    assert tidy(grouped(code)) == code


@pytest.mark.parametrize("typed", ["7K2M 9XQA0 V3TF", " 7k2m-9xqao-v3tf ", "7k2m9xqa0v3tf"])
def test_capitals_spaces_and_symbols_that_look_alike_do_not_matter(typed: str) -> None:
    assert tidy(typed) == "7k2m9xqa0v3tf"


@pytest.mark.parametrize(
    "typed", ["", "7k2m9xqa0v3t", "7k2m9xqa0v3tff", "mijn geheime zin", "7k2m9xqa0v3t!", "7" * 129]
)
def test_anything_else_is_no_code_of_ours(typed: str) -> None:
    assert tidy(typed) is None
