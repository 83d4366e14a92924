"""Leaks in the rows themselves: not sealed, sealed badly, or numbered as people come."""

from __future__ import annotations

import base64
import secrets
import zlib
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.audit.replacing import replaced
from bot.audit.seeds.planting import Seed
from storage.sealing import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.seeds.planting import Plant
    from bot.audit.stage import Stage


def of_rows() -> Iterator[Seed]:
    yield Seed("a row that is not sealed", "typed words, plain", _sealed_as(_noisy, _cut))
    yield Seed("a row in base64", "typed words, base64", _sealed_as(_in_base64, _out_of_base64))
    yield Seed("a row that is only compressed", "typed words, plain, compressed",
               _sealed_as(_squeezed, zlib.decompress))  # fmt: skip
    yield Seed("a row in UTF-16", "typed words, UTF-16", _sealed_as(_wide, _narrow))
    yield Seed("a row of zeros and words", "compresses", _sealed_as(_padded, _unpadded))
    yield Seed("a length that tells how much was said", "another length", _longer)
    yield Seed("the same nonce in every row", "repeats a nonce", _one_nonce)
    yield Seed("an id inside the sealed row", "inside a sealed row.*platform id, plain",
               _named, locks=True)  # fmt: skip


@contextmanager
def in_order_of_joining() -> Iterator[None]:
    """For the link test: rows are numbered one after another, as people come."""
    numbers: dict[bytes, int] = {}

    def make(_: Any) -> Any:
        return lambda locator: numbers.setdefault(locator, len(numbers) + 1)

    with replaced("storage.rows:row_number", make):
        yield


def _sealed_as(close: Callable[[bytes], bytes], open_: Callable[[bytes], bytes]) -> Plant:
    @contextmanager
    def plant(_: Stage) -> Iterator[None]:
        with (
            replaced("storage.batch:seal", lambda _: lambda _place, _version, s, _random: close(s)),
            replaced("storage.batch:unseal", lambda _: lambda _place, _version, s: open_(s)),
        ):
            yield

    return plant


def _noisy(session: bytes) -> bytes:
    """Noise behind it, or PostgreSQL would compress it in its own way."""
    return session + b"\0" + secrets.token_bytes(SEALED - len(session) - 1)


def _cut(row: bytes) -> bytes:
    return row.split(b"\0", 1)[0]


def _in_base64(session: bytes) -> bytes:
    return base64.b64encode(session) + b"\0" + secrets.token_bytes(64)


def _out_of_base64(row: bytes) -> bytes:
    return base64.b64decode(_cut(row))


def _squeezed(session: bytes) -> bytes:
    return zlib.compress(session)


def _wide(session: bytes) -> bytes:
    return session.decode().encode("utf-16-le")


def _narrow(row: bytes) -> bytes:
    return row.decode("utf-16-le").encode()


def _padded(session: bytes) -> bytes:
    return b"\x01" + session[::-1].ljust(SEALED - 1, b"\0")


def _unpadded(row: bytes) -> bytes:
    return row[1:].rstrip(b"\0")[::-1]


@contextmanager
def _longer(_: Stage) -> Iterator[None]:
    """Sealed, and then some bytes more for everything that was said."""
    with (
        replaced("storage.batch:seal",
                 lambda seal: lambda p, v, s, r: seal(p, v, s, r) + bytes(len(s) % 100 + 1)),
        replaced("storage.batch:unseal", lambda unseal: lambda p, v, s: unseal(p, v, s[:SEALED])),
    ):  # fmt: skip
        yield


@contextmanager
def _named(stage: Stage) -> Iterator[None]:
    """What names a session inside its own row is made of the person's id."""
    user = stage.town.person(0).slack_user
    with replaced("storage.batch:encode", lambda encode: lambda s: encode(replace(s, id=user))):
        yield


@contextmanager
def _one_nonce(_: Stage) -> Iterator[None]:
    with replaced("storage.batch:seal", lambda seal: lambda p, v, s, _: seal(p, v, s, bytes)):
        yield
