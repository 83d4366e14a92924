"""Where rows lie in a SQLite file, read from its raw bytes (https://sqlite.org/fileformat.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LEAF = 13
LARGEST_PAGE = 65_536

Place = tuple[int, int]
"""The page with most of the row, and distance from its end: SQLite fills a page from there."""


def places(path: Path, long: int) -> dict[int, Place]:
    """Where each row with a value of more than `long` bytes lies, by its row id."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[16:18], "big")
    size = LARGEST_PAGE if size == 1 else size
    usable = size - raw[20]
    found = {}
    for page in range(1, len(raw) // size):
        base = page * size
        if raw[base] != LEAF:
            continue
        for cell in range(int.from_bytes(raw[base + 3 : base + 5], "big")):
            pointer = base + 8 + 2 * cell
            start = int.from_bytes(raw[pointer : pointer + 2], "big")
            length, after = _varint(raw, base + start)
            k, payload = _varint(raw, after)
            if length > long:
                overflow = _overflow(raw, payload, length, usable)
                found[k] = (page, size - start) if overflow is None else (overflow, 0)
    return found


def _overflow(raw: bytes, payload: int, length: int, usable: int) -> int | None:
    """The page where a row goes on that is too long for its own."""
    most = usable - 35
    if length <= most:
        return None
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= most else least
    return int.from_bytes(raw[payload + here : payload + here + 4], "big")


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        value = value << 7 | raw[at + count] & 0x7F
        if raw[at + count] < 0x80:  # noqa: PLR2004  the bit that says: one byte more
            return value, at + count + 1
    return value << 8 | raw[at + 8], at + 9
