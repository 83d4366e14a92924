"""Texts of plain letters are read by a faster way; it finds what the patterns for all others find."""

from __future__ import annotations

import re
from string import printable

from hypothesis import given
from hypothesis import strategies as st

from conversations.phrasing import MARK, spoken, stretched, unmarked
from conversations.safety.patterns import STOP
from conversations.safety.plain import MARKS, plain, tokens

BEYOND = " ω"
"""A word of its own that is not of plain letters."""

PLAIN = st.text(printable.replace("`", "\0"), max_size=60) | st.text("aab',.|!\n ", max_size=20)
"""Without the one plain sign that is an apostrophe in other texts only."""


@given(PLAIN)
def test_the_words_and_marks_of_plain_letters_are_those_of_any_text(text: str) -> None:
    assert spoken(text) == spoken(text + BEYOND)[:-1]


@given(PLAIN)
def test_what_safety_reads_in_plain_letters_is_what_it_reads_in_any_text(text: str) -> None:
    found = tokens(plain(text) + BEYOND)[:-1]

    assert tokens(plain(text)) == [STOP if each[0] in MARKS else each for each in found]


@given(PLAIN | st.text(max_size=40))
def test_words_without_marks_are_the_words_that_stand_between_them(text: str) -> None:
    assert unmarked(text) == [each for each in spoken(text) if each != MARK]


@given(st.text() | st.text("aab1é\0\ud800.", max_size=20))
def test_only_a_letter_from_a_to_z_is_held_down(text: str) -> None:
    assert stretched(text) == (re.search(r"([a-z])\1\1", text) is not None)
