"""Looks for invented words in everything that was left behind, in the forms in which they could hide."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHORTEST = 6
"""A canary of fewer characters would be found by accident."""


def found(canaries: Iterable[str], *artefacts: bytes) -> set[str]:
    """Those of the canaries that stand somewhere in the artefacts, in any of their forms."""
    everything = b"\0".join(artefacts)
    haystack = everything.lower()
    return {
        canary for canary in canaries if any(form.lower() in haystack for form in forms(canary))
    }


def forms(canary: str) -> set[bytes]:
    """As it is, as JSON and addresses and wide characters write it, and as hex and base64 hide it."""
    if len(canary) < SHORTEST:
        raise ValueError("too short to be a canary")
    raw = canary.encode()
    wide = canary.encode("utf-16-le")
    escaped = canary.encode("ascii", "backslashreplace")
    return {
        raw,
        wide,
        canary.encode("utf-16-be"),
        escaped,
        quote(canary).encode(),
        raw.hex().encode(),
        raw[::-1],
        *_base64(raw),
        *_base64(wide),
    }


def _base64(raw: bytes) -> set[bytes]:
    """The characters that are the same at each of the three alignments, whatever stands around."""
    shifted = (base64.b64encode(b"\0" * shift + raw) for shift in range(3))
    return {
        text[4 if shift else 0 : len(text) - len(text) % 4 - 4]
        for shift, text in enumerate(shifted)
    }


def left_behind(*folders: Path) -> bytes:
    """Every byte of every file below these folders, and the names of the files."""
    parts = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            parts.append(str(path.relative_to(folder)).encode())
            if path.is_file():
                content = path.read_bytes()
                parts += [content, _opened(content)]
    return b"\0".join(parts)


def _opened(content: bytes) -> bytes:
    """What a compressed file holds, if it is one."""
    for bits in (zlib.MAX_WBITS, 16 + zlib.MAX_WBITS):
        try:
            return zlib.decompress(content, bits)
        except zlib.error:
            continue
    return b""
