"""Every kind of thing that is sealed has one length, whatever is in it."""

from __future__ import annotations

import struct

from storage.errors import SealError

LENGTH = 4


def padded(content: bytes, size: int) -> bytes:
    """`size` bytes: u32 length ‖ content ‖ zeros. Raises SealError where it does not fit."""
    if LENGTH + len(content) > size:
        raise SealError("too_long")
    return (struct.pack(">I", len(content)) + content).ljust(size, b"\0")


def unpadded(data: bytes) -> bytes:
    """What was padded. Raises SealError where it is anything else."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    if end > len(data) or data[end:] != bytes(len(data) - end):
        raise SealError("unopened")
    return data[LENGTH:end]
