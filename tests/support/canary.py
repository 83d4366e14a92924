"""Looks for invented words in everything that was left behind, in the forms in which they could hide."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from bot.audit.encodings import SHORTEST, forms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def found(canaries: Iterable[str], *artefacts: bytes) -> set[str]:
    """Those of the canaries that stand somewhere in the artefacts, in any of their forms."""
    haystack = b"\0".join(artefacts).lower()
    return {canary for canary in canaries if any(form in haystack for form in _forms(canary))}


def _forms(canary: str) -> Iterable[bytes]:
    if len(canary) < SHORTEST:
        raise ValueError("too short to be a canary")
    return forms(canary)


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
