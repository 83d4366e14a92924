"""The shape of what is kept: is every column known, no time precise, and every sealed value sealed?"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from bot.audit import datamap
from bot.audit.scanner import Finding
from storage.inspection import Inspection
from storage.keys import FORMAT, NONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.audit.scanner import Scanner
    from bot.audit.times import Moments
    from storage.inspection import Value

RANDOM = 0.97
"""What was encrypted does not become smaller than this when it is compressed."""

LONG = 64
"""Bytes from which a value is worth compressing."""


def database(url: str, scanner: Scanner, moments: Moments) -> set[Finding]:
    """Everything that is wrong with the tables and the values in them."""
    found = set()
    with Inspection(url) as seen:
        tables = seen.columns()
        found |= {
            Finding(f"column {place}", "is not in the data map")
            for place in datamap.unmapped(tables)
        }
        for table, columns in tables.items():
            rows = list(seen.rows(table))
            for column in columns:
                values = [row[column] for row in rows]
                place = f"column {table}.{column}"
                problems = (*_column(values, scanner, moments), *_sealed(table, column, values))
                found |= {Finding(place, what) for what in problems}
    return found


def key_folder(folder: Path, moments: Moments) -> set[Finding]:
    """Files that the map does not know, open to others, or with a time of their own."""
    found = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        where = f"key folder, {name if _known(name) else 'a file'}"
        if not _known(name):
            found.add(Finding(where, "is not in the data map"))
        if path.stat().st_mode & 0o077:
            found.add(Finding(where, "can be read by others"))
        if name.startswith(("epochs/", "spool")) and moments.in_file_time(path):
            found.add(Finding(where, "its time tells when somebody came"))
    return found


def left_in(temporary: Path) -> set[Finding]:
    """Anything in the folder for temporary files."""
    files = [path for path in temporary.rglob("*") if path.is_file()]
    return {Finding("temporary files", f"{len(files)} left behind")} if files else set()


def tokens(values: Sequence[str], moments: Moments) -> set[Finding]:
    """Moments in what the buttons carry."""
    parts = [part for value in values for part in value.split(".")[:1]]
    return {
        Finding("tokens in buttons", f"hold a time, {what}") for what in moments.in_column(parts)
    }


def _known(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in datamap.FILE_NAMES)


def _column(values: Sequence[Value], scanner: Scanner, moments: Moments) -> Iterator[str]:
    for value in {value if isinstance(value, bytes) else str(value).encode() for value in values}:
        yield from scanner.look(value)
    for what in moments.in_column(values):
        yield f"holds a precise time, {what}"


def _sealed(table: str, column: str, values: Iterable[Value]) -> Iterator[str]:
    """Ciphertext has one length, no pattern, and a nonce that comes once."""
    kept = next((each for each in datamap.COLUMNS if each.place == f"{table}.{column}"), None)
    if kept is None or kept.legal != "sealed":
        return
    blobs = [value for value in values if isinstance(value, bytes)]
    if len(blobs) != len(list(values)):
        yield "has a value that is not sealed"
    if any(len(blob) != kept.length for blob in blobs):
        yield "has a value of another length"
    if any(blob[: len(FORMAT)] != FORMAT for blob in blobs):
        yield "has a value of another format"
    if any(len(b) >= LONG and len(zlib.compress(b, 9)) < RANDOM * len(b) for b in blobs):
        yield "has a value that compresses, so it is not encrypted"
    if len({blob[len(FORMAT) : len(FORMAT) + NONCE] for blob in blobs}) != len(blobs):
        yield "repeats a nonce"
