"""Every disguise in which a word could lie somewhere is one of the forms that are searched for."""

from __future__ import annotations

import base64
import codecs
import hashlib
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.audit.encodings import RAW, TEXT, digests, forms

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = "Qzvxkwjb"

DISGUISES: dict[str, Callable[[str], bytes]] = {
    "plain": lambda w: w.encode(),
    "upper case": lambda w: w.upper().encode(),
    "UTF-16 LE": lambda w: w.encode("utf-16-le"),
    "UTF-16 BE": lambda w: w.encode("utf-16-be"),
    "UTF-32": lambda w: w.encode("utf-32"),
    "reversed": lambda w: w[::-1].encode(),
    "ROT13": lambda w: codecs.encode(w, "rot13").encode(),
    "hexadecimal": lambda w: w.encode().hex().encode(),
    "HEXADECIMAL": lambda w: w.encode().hex().upper().encode(),
    "URL, every byte": lambda w: "".join(f"%{byte:02X}" for byte in w.encode()).encode(),
    "JSON, every character": lambda w: "".join(f"\\u{ord(c):04x}" for c in w).encode(),
    "HTML": lambda w: "".join(f"&#{ord(c)};" for c in w).encode(),
    "HTML, hexadecimal": lambda w: "".join(f"&#x{ord(c):X};" for c in w).encode(),
    "list of bytes": lambda w: str(list(w.encode())).encode(),
    "bytes with commas": lambda w: ",".join(map(str, w.encode())).encode(),
    "base64 of UTF-16": lambda w: base64.b64encode(w.encode("utf-16-le")),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_is_seen_through(disguise: str) -> None:
    hidden = b"before " + DISGUISES[disguise](WORD) + b" after"

    assert any(form in hidden.lower() for form in forms(WORD))


@given(st.binary(max_size=9), st.binary(max_size=9), st.sampled_from([WORD, WORD.upper()]))
def test_base64_and_base32_are_seen_through_whatever_stands_around(
    before: bytes, after: bytes, word: str
) -> None:
    whole = before + word.encode() + after
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
        assert any(form in encode(whole).lower() for form in forms(WORD))


@pytest.mark.parametrize("write", [quote, quote_plus, html.escape, json.dumps, str])
def test_a_name_with_spaces_and_accents_is_found_as_pages_write_it(
    write: Callable[[str], str],
) -> None:
    assert any(form in write("Zoë d'Arq & Co").lower().encode() for form in forms("Zoë d'Arq & Co"))


@given(st.binary(max_size=4_000))
def test_random_bytes_hold_no_form(data: bytes) -> None:
    assert not any(form in data.lower() for form in forms(WORD))


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"])
@pytest.mark.parametrize("written", ["U1QZ", "u1qz", "T1:U1QZ", "T1U1QZ", "slack:T1:U1QZ"])
def test_a_hash_without_salt_is_known(algorithm: str, written: str) -> None:
    digest = hashlib.new(algorithm, written.encode()).digest()
    known = digests({"Slack id": "U1QZ"}, ["T1"])

    assert known[digest[:RAW]] == f"Slack id as unsalted {algorithm}"
    assert digest.hex()[:TEXT].encode() in known
    assert base64.b64encode(digest)[:TEXT] in known


def test_a_hash_with_a_key_is_not_known() -> None:
    keyed = hashlib.blake2b(b"U1QZ", key=b"secret").digest()

    assert keyed[:RAW] not in digests({"Slack id": "U1QZ"}, ["T1"])
