"""The two pictures of the app, drawn here: a shelter, and a dot in the lee of it.

Teams wants a colour picture of 192 pixels and a white outline of 32 on nothing.
https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

from __future__ import annotations

import math
import struct
import zlib
from functools import cache

ACCENT = "#2F5D62"
WHITE = (255, 255, 255)
FINE = 4
"""Samples of a pixel in each direction, so that edges are smooth."""


@cache
def color() -> bytes:
    """192 × 192, the symbol in white on the accent colour, well inside the corners."""
    ground = tuple(int(ACCENT[start : start + 2], 16) for start in (1, 3, 5))
    rows = []
    for shares in _covered(192, 0.50):
        mixed = (
            bytes(round(back + (255 - back) * share) for back in ground) + b"\xff"
            for share in shares
        )
        rows.append(b"".join(mixed))
    return png(192, rows)


@cache
def outline() -> bytes:
    """32 × 32, the same symbol in white; what is not white is not there at all."""
    rows = [
        b"".join(bytes((*WHITE, round(255 * share))) for share in shares)
        for shares in _covered(32, 0.94)
    ]
    return png(32, rows)


def png(size: int, rows: list[bytes]) -> bytes:
    """A square of 8-bit RGBA rows as PNG (RFC 2083), uncompressed choices left to zlib."""
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _covered(size: int, share: float) -> list[list[float]]:
    """How much of each pixel the symbol covers; it spans `share` of the square."""
    steps = [(step + 0.5) / FINE for step in range(FINE)]

    def pixel(column: int, row: int) -> float:
        far = max(abs((column + 0.5) / size - 0.5), abs((row + 0.5) / size - 0.5))
        if far > share * 0.55:
            return 0.0
        hits = 0
        for down in steps:
            for right in steps:
                x = ((column + right) / size - 0.5) / share
                y = ((row + down) / size - 0.5) / share
                hits += _symbol(x, y)
        return hits / FINE**2

    return [[pixel(column, row) for column in range(size)] for row in range(size)]


def _symbol(x: float, y: float) -> bool:
    """Whether a point of the unit square around the middle (y downwards) belongs to it.

    A wall that bends over like a wave, open to one side, and something small and round in its lee.
    """
    dot = math.hypot(x - 0.07, y - 0.17) <= DOT
    return dot or _roof(x, y) or _line(x, y, WALL) or _line(x, y, GROUND)


MIDDLE, RADIUS, HALF, DOT = (-0.01, -0.02), 0.41, 0.06, 0.135
END = 28.0
"""Degrees above the horizon at which the roof ends, on the open side."""

WALL = (-0.42, -0.02, -0.42, 0.42)
GROUND = (-0.42, 0.42, 0.40, 0.42)


def _roof(x: float, y: float) -> bool:
    """The ring from the top of the wall over the middle, with a round end."""
    right, up = x - MIDDLE[0], MIDDLE[1] - y
    along = math.degrees(math.atan2(up, right)) % 360
    end = math.radians(END)
    beside_end = math.hypot(right - RADIUS * math.cos(end), up - RADIUS * math.sin(end)) <= HALF
    ring = abs(math.hypot(right, up) - RADIUS) <= HALF
    return beside_end or (ring and END <= along <= 180)  # noqa: PLR2004  degrees


def _line(x: float, y: float, ends: tuple[float, float, float, float]) -> bool:
    """A stroke with round ends, level or upright."""
    left, top, right, bottom = ends
    near_x, near_y = min(max(x, left), right), min(max(y, top), bottom)
    return math.hypot(x - near_x, y - near_y) <= HALF
