"""The forms in which a word could lie somewhere without being seen, as bytes to search for."""

from __future__ import annotations

import base64
import codecs
import hashlib
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    _Encode = Callable[[bytes], bytes]

SHORTEST = 6
"""Bytes below which a form would be found by accident."""

ALGORITHMS = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s")
RAW, TEXT = 12, 16
"""As many bytes of a digest, or characters of its hexadecimal or base64, are searched for."""


def forms(word: str, *, every_case: bool = True) -> dict[bytes, str]:
    """Lower-cased bytes to look for in lower-cased bytes, and what each would mean.

    Where the case changes an encoding (base64 of "A" is not that of "a"), each case has its form,
    or only the word as it is.
    """
    found: dict[bytes, str] = {}
    lower = word.lower()
    for name, form in _whatever_the_case(lower).items():
        found.setdefault(form, name)
    cases = (word, lower, lower.upper(), lower.capitalize()) if every_case else (word,)
    for cased in dict.fromkeys(cases):
        for name, form in _by_case(cased.encode()):
            found.setdefault(form.lower(), name)
    return {form: name for form, name in found.items() if len(form) >= SHORTEST}


def _whatever_the_case(lower: str) -> dict[str, bytes]:
    """Without the last zeros, UTF-16 and UTF-32 of most letters are the same in either order."""
    return {
        "plain": lower.encode(),
        "UTF-16": lower.encode("utf-16-le").rstrip(b"\0"),
        "UTF-32": lower.encode("utf-32-le").rstrip(b"\0"),
        "reversed": lower[::-1].encode(),
        "ROT13": codecs.encode(lower, "rot13").encode(),
        "URL": quote(lower, safe="").lower().encode(),
        "form": quote_plus(lower).lower().encode(),
        "JSON": json.dumps(lower)[1:-1].encode(),
        "HTML": html.escape(lower).encode(),
    }


def _by_case(raw: bytes) -> Iterable[tuple[str, bytes]]:
    yield "hexadecimal", raw.hex().encode()
    yield "URL", "".join(f"%{byte:02x}" for byte in raw).encode()
    yield "JSON", "".join(f"\\u{byte:04x}" for byte in raw).encode()
    yield "HTML", "".join(f"&#{byte};" for byte in raw).encode()
    yield "HTML", "".join(f"&#x{byte:x};" for byte in raw).encode()
    for between in (", ", ",", " "):
        yield "list of bytes", between.join(map(str, raw)).encode()
    wide = raw.decode().encode("utf-16-le")
    for shift in range(3):
        yield "base64", _aligned(raw, shift, 8, 6, base64.b64encode)
        yield "base64", _aligned(raw, shift, 8, 6, base64.urlsafe_b64encode)
        yield "base64 of UTF-16", _aligned(wide, shift, 8, 6, base64.b64encode)
    for shift in range(5):
        yield "base32", _aligned(raw, shift, 8, 5, base64.b32encode)


def _aligned(raw: bytes, shift: int, byte: int, symbol: int, encode: _Encode) -> bytes:
    """The symbols that are the same whatever stands before (`shift` bytes) and after."""
    first = -(-shift * byte // symbol)
    last = (shift + len(raw)) * byte // symbol
    return encode(b"\0" * shift + raw)[first:last]


def digests(
    identifiers: Mapping[str, str],
    homes: Iterable[str],
    algorithms: Iterable[str] = ALGORITHMS,
    *,
    brief: bool = False,
) -> dict[bytes, str]:
    """Beginnings of every unsalted digest of these identifiers, and what each would mean.

    Raw digests have RAW bytes, those in hexadecimal or base64 have TEXT characters. `brief` leaves
    out all but the plainest way to write an id.
    """
    found: dict[bytes, str] = {}
    for what, value in identifiers.items():
        for usual in {value} if brief else _usual(value, tuple(homes)):
            for algorithm in algorithms:
                full = hashlib.new(algorithm, usual.encode(), usedforsecurity=False).digest()
                meaning = f"{what} as unsalted {algorithm}"
                found[full[:RAW]] = meaning
                found[full.hex()[:TEXT].encode()] = meaning
                found[base64.b64encode(full)[:TEXT]] = meaning
    return found


def _usual(value: str, homes: tuple[str, ...]) -> set[str]:
    """How an id is written when somebody hashes it."""
    plain = {value, value.lower(), f"slack:{value}", f"teams:{value}"}
    joined = {f"{home}{between}{value}" for home in homes for between in ("", ":", "|", "/")}
    platforms = {f"{name}:{home}:{value}" for name in ("slack", "teams") for home in homes}
    return plain | joined | platforms
