"""The form of an interaction: the quick way reads what `urllib` reads, or leaves it to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.form import payload

PIECES = st.sampled_from(
    [
        b"%",
        b"=",
        b"+",
        b"%4",
        b"%41",
        b"%c3%a9",
        b"%3D",
        b"%0a",
        b"a",
        b"\xff",
        b"\t",
        b"_",
        b"&",
        b"\n",
    ]
)


@given(st.text())
def test_what_was_written_as_a_form_is_read(words: str) -> None:
    words = words.encode("utf-8", "replace").decode()

    assert payload(urlencode({"payload": words}).encode()) == words


@given(st.lists(PIECES, max_size=12))
def test_whatever_else_comes_it_never_reads_anything_else_than_urllib(pieces: list[bytes]) -> None:
    body = b"payload=" + b"".join(pieces)

    read = payload(body)

    if read is not None:
        assert dict(parse_qsl(body.decode(), keep_blank_values=True)) == {"payload": read}


@pytest.mark.parametrize(
    "body",
    [b"payload=a&b=c", b"other=a", b"payload=%zz", b"payload=%", b"payload=\xc3", b"payload=%\na"],
)
def test_any_other_form_is_left_to_urllib(body: bytes) -> None:
    assert payload(body) is None
