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
    from pathlib import Path

    from storage.inspection import Value

NOW = datetime(2031, 3, 12, 10, tzinfo=UTC).timestamp()
MOMENTS = Moments((NOW,))


def _fernet(moment: float) -> str:
    """The first bytes of a token: 0x80 and eight bytes of seconds."""
    return base64.urlsafe_b64encode(
        b"\x80" + struct.pack(">Q", int(moment)) + secrets.token_bytes(40)
    ).decode()


@pytest.mark.parametrize(
    "value",
    [
        NOW,
        int(NOW * 1e3),
        int(NOW * 1e6),
        int(NOW * 1e9),
        int(NOW / 60),
        int(NOW / A_DAY),
        "2031-03-12 10:00:01",
        f"id-{int(NOW)}",
        struct.pack(">I", int(NOW)),
        b"\x01\x02" + struct.pack("<Q", int(NOW * 1e3)),
        struct.pack(">d", NOW),
        secrets.token_bytes(200) + struct.pack(">Q", int(NOW)),
        int(NOW * 1e3).to_bytes(6, "big") + secrets.token_bytes(10),
        uuid.uuid1().bytes,
        f"{int(NOW):08x}",
        _fernet(NOW),
    ],
)
def test_a_moment_is_noticed(value: Value) -> None:
    assert MOMENTS.in_column([value] * 3)


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


def test_a_file_may_tell_the_month_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch()
    os.utime(file, (NOW, NOW))
    assert MOMENTS.in_file_time(file)

    first = datetime(2031, 3, 1, tzinfo=UTC).timestamp()
    os.utime(file, (first, first))
    assert not Moments((first + 10,)).in_file_time(file)
