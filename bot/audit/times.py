"""The clock walker: is a moment written anywhere, in whatever unit, order of bytes or disguise?"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from storage.inspection import Value

A_DAY = 86_400.0
EDGE = 64
"""Bytes at either end of a value in which an encoded moment is looked for."""

MOST_SHARE = 0.5
"""Above this share of its values a column holds moments: chance brings one value there, not half."""

UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3_600.0, "days": A_DAY}
SIZES = {4: ("s",), 6: ("ms",), 8: ("s", "ms", "µs", "ns")}
ORDERS: tuple[Literal["big", "little"], ...] = ("big", "little")
UUID, RFC_VARIANT = 16, 0x80
GREGORIAN = 12_219_292_800
"""Seconds from October 1582, from which UUIDs of versions 1 and 6 count, to 1970 (RFC 9562)."""

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DIGITS = re.compile(r"\d{8,19}")
_HEX = re.compile(r"(?:[0-9a-f]{2}){4,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments that must not be found: the audit's own, and the real one. Seconds since 1970."""

    known: tuple[float, ...]

    def near(self, seconds: float) -> bool:
        return any(abs(seconds - moment) <= A_DAY for moment in self.known)

    def in_number(self, value: float) -> set[str]:
        """The units in which this number is such a moment."""
        return {f"in {unit}" for unit, factor in UNITS.items() if self.near(value * factor)}

    def in_bytes(self, value: bytes) -> set[str]:
        found = set()
        last = max(len(value) - EDGE, EDGE)
        for at in (*range(min(len(value), EDGE)), *range(last, len(value))):
            for size, units in SIZES.items():
                piece = value[at : at + size]
                if len(piece) < size:
                    continue
                for order in ORDERS:
                    number = int.from_bytes(piece, order)
                    near = (unit for unit in units if self.near(number * UNITS[unit]))
                    found |= {f"{order}-endian {unit} at byte {at}" for unit in near}
            if len(value) - at >= 8:  # noqa: PLR2004  a double
                (double,) = struct.unpack_from(">d", value, at)
                found |= {f"a double at byte {at}"} if self.near(double) else set()
        seconds = _seconds_of_uuid(value)
        return found | ({"a UUID made of a time"} if seconds and self.near(seconds) else set())

    def in_text(self, text: str) -> set[str]:
        found = set()
        for year, month, day in _DATE.findall(text):
            try:
                moment = datetime(int(year), int(month), int(day), 12, tzinfo=UTC).timestamp()
            except ValueError:
                continue
            found |= {"a date"} if self.near(moment) else set()
        for digits in _DIGITS.findall(text):
            found |= {f"digits {unit}" for unit in self.in_number(float(digits))}
        for word in _HEX.findall(text.replace("-", "")):
            found |= {f"hexadecimal, {what}" for what in self.in_bytes(bytes.fromhex(word))}
        return found | {
            f"base64, {what}" for each in _decoded(text) for what in self.in_bytes(each)
        }

    def in_column(self, values: Sequence[Value]) -> set[str]:
        """What more than half of the values have in common.

        In ids it must be two different ones: in sixteen random bytes something looks like a moment once
        in three hundred times.
        """
        return _common(values, self._in_value)

    def in_file_time(self, path: Path) -> bool:
        """Whether the file's own time tells a moment and not the first second of a month."""
        changed = path.stat().st_mtime
        moment = datetime.fromtimestamp(changed, UTC)
        whole = moment == datetime(moment.year, moment.month, 1, tzinfo=UTC)
        return not whole and self.near(changed)

    def _in_value(self, value: Value) -> set[str]:
        match value:
            case bytes():
                return self.in_bytes(value)
            case str():
                return self.in_text(value)
            case int() | float():
                return self.in_number(value)
            case _:
                return set()


def _common(values: Sequence[Value], of: Callable[[Value], set[str]]) -> set[str]:
    given = [value for value in values if value is not None]
    counts: dict[str, int] = {}
    for value in given:
        for what in of(value):
            counts[what] = counts.get(what, 0) + 1
    if len(set(given)) == 1 and isinstance(given[0], bytes) and len(given[0]) == UUID:
        return set()
    return {what for what, count in counts.items() if count > MOST_SHARE * len(given)}


def _decoded(text: str) -> Iterator[bytes]:
    """The text as base64, where it is one (a Fernet token begins with its time)."""
    written = text.strip().replace("-", "+").replace("_", "/")
    try:
        yield base64.b64decode(written + "=" * (-len(written) % 4), validate=True)
    except (binascii.Error, ValueError):
        return


def _seconds_of_uuid(value: bytes) -> float | None:
    """The moment in a UUID of version 1, 6 or 7 (RFC 9562), in seconds since 1970."""
    if len(value) != UUID or value[8] & 0xC0 != RFC_VARIANT:
        return None
    first, middle, last = value[:4], value[4:6], value[6:8]
    rest = int.from_bytes(last, "big") & 0xFFF
    match value[6] >> 4:
        case 1:
            ticks = rest << 48 | int.from_bytes(middle, "big") << 32 | int.from_bytes(first, "big")
        case 6:
            ticks = int.from_bytes(first + middle, "big") << 12 | rest
        case 7:
            return int.from_bytes(first + middle, "big") / 1_000
        case _:
            return None
    return ticks / 10_000_000 - GREGORIAN
