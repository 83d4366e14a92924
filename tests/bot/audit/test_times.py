"""The clock walker: a moment is noticed in every unit and disguise, and chance is not taken for one."""

from __future__ import annotations

import base64
import os
import secrets
import struct
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.audit.times import A_DAY, Moments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.inspection import Value

NOW = datetime(2031, 3, 12, 10, tzinfo=UTC).timestamp()
MOMENTS = Moments((NOW,))


def _uuid1(seconds: float) -> bytes:
    ticks = (int(seconds) + 12_219_292_800) * 10_000_000
    fields = (ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48 | 0x1000, 0x80, 0, 1)
    return uuid.UUID(fields=fields).bytes


def _fernet(moment: float) -> str:
    """The first bytes of a token: 0x80 and eight bytes of seconds."""
    return base64.urlsafe_b64encode(
        b"\x80" + struct.pack(">Q", int(moment)) + secrets.token_bytes(40)
    ).decode()


@pytest.mark.parametrize(
    "written",
    [
        lambda moment: moment,
        lambda moment: int(moment * 1e3),
        lambda moment: int(moment * 1e6),
        lambda moment: int(moment * 1e9),
        lambda moment: int(moment / 60),
        lambda moment: int(moment / A_DAY),
        lambda moment: f"2031-03-12 10:00:{int(moment) % 60:02d}",
        lambda moment: f"id-{int(moment)}",
        lambda moment: struct.pack(">I", int(moment)),
        lambda moment: b"\x01\x02" + struct.pack("<Q", int(moment * 1e3)),
        lambda moment: struct.pack(">d", moment),
        lambda moment: secrets.token_bytes(200) + struct.pack(">Q", int(moment)),
        lambda moment: int(moment * 1e3).to_bytes(6, "big") + secrets.token_bytes(10),
        _uuid1,
        lambda moment: f"{int(moment):08x}",
        _fernet,
    ],
)
def test_a_moment_is_noticed(written: Callable[[float], Value]) -> None:
    assert MOMENTS.in_column([written(NOW + second) for second in range(3)])


def test_an_id_that_comes_once_is_left_to_chance() -> None:
    once = struct.pack(">I", int(NOW)) + secrets.token_bytes(12)

    assert MOMENTS.in_column([once]) == set()
    assert MOMENTS.in_column([once, once]) == set()
    assert MOMENTS.in_column([once + b"\0"])
    assert MOMENTS.in_column([f"{int(NOW):08x}"])


@pytest.mark.parametrize(
    "value",
    [
        NOW + 3 * A_DAY,
        int(NOW / A_DAY / 7),
        734,
        "2031-05-01",
        "deadbeef",
        uuid.UUID(int=1 << 76 | 4 << 76).bytes,
        None,
    ],
)
def test_what_is_no_moment_is_let_through(value: Value) -> None:
    assert MOMENTS.in_column([value] * 3) == set()


def test_chance_brings_no_column_near_a_moment() -> None:
    assert MOMENTS.in_column([secrets.token_bytes(16) for _ in range(200)]) == set()
    assert MOMENTS.in_column([secrets.token_bytes(8_221) for _ in range(20)]) == set()
    assert MOMENTS.in_column([secrets.randbelow(2**63) for _ in range(200)]) == set()


@pytest.mark.parametrize("version", [1, 6, 7])
def test_a_uuid_is_judged_by_the_moment_in_it_and_not_by_its_looks(version: int) -> None:
    looks = bytes(6) + bytes([version << 4, 0, 0x80]) + bytes(7)

    assert MOMENTS.in_bytes(looks) == set()


def test_the_moment_in_a_uuid_of_version_seven_and_six_is_noticed() -> None:
    ms = int(NOW * 1_000).to_bytes(6, "big")
    ticks = (int(NOW) + 12_219_292_800) * 10_000_000
    six = (ticks >> 12).to_bytes(6, "big") + (0x6000 | ticks & 0xFFF).to_bytes(2, "big")

    assert "a UUID made of a time" in MOMENTS.in_bytes(ms + b"\x70\0\x80" + bytes(7))
    assert "a UUID made of a time" in MOMENTS.in_bytes(six + b"\x80" + bytes(7))


def test_a_file_may_tell_the_month_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch()
    os.utime(file, (NOW, NOW))
    assert MOMENTS.in_file_time(file)

    first = datetime(2031, 3, 1, tzinfo=UTC).timestamp()
    os.utime(file, (first, first))
    assert not Moments((first + 10,)).in_file_time(file)
