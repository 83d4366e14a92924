"""Rows with anything wrong in them, and what must hold of each."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conversations.errors import SessionError, StoreError
from conversations.session import ROOM, Answer, Session, decode, encode
from storage.batch import Batch, Visit
from storage.errors import SealError
from storage.rows import Changes, Row
from storage.sealing import SEALED, seal, unseal
from tests.support.payloads import odd
from tests.support.storage import a_person, a_session, step

WORDS = "kanarievogel"
ANNA = a_person("anna")
PLACE = ANNA.home
VERSION = 12_345
SESSION = a_session(7, slots={"t4.kind_words": Answer(words=WORDS)})
WHOLE = seal(PLACE, VERSION, encode(SESSION))


@st.composite
def harmed(draw: st.DrawFn) -> bytes:
    """The sealed row, with something done to it."""
    match draw(st.sampled_from(["flip", "cut", "splice", "noise", "longer", "other"])):
        case "flip":
            at = draw(st.integers(0, len(WHOLE) - 1))
            return WHOLE[:at] + bytes([WHOLE[at] ^ draw(st.integers(1, 255))]) + WHOLE[at + 1 :]
        case "cut":
            return WHOLE[: draw(st.integers(0, len(WHOLE) - 1))]
        case "splice":
            at, size = draw(st.integers(0, SEALED - 64)), draw(st.integers(1, 64))
            part = draw(st.binary(min_size=size, max_size=size).filter(bool))
            made = WHOLE[:at] + part + WHOLE[at + size :]
            return made if made != WHOLE else b""
        case "noise":
            return draw(st.binary(max_size=200)).ljust(draw(st.sampled_from([0, SEALED])), b"\1")
        case "longer":
            return WHOLE + draw(st.binary(min_size=1, max_size=50))
        case _:
            return seal(a_person("bram").home, VERSION, encode(SESSION))


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """What might lie inside a row that opens: a session of another version, or something else."""
    value: Any = json.loads(encode(SESSION))
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from([*value, "unknown"]))
        value[name] = draw(odd)
    whole = json.dumps(value).encode("utf-8", "surrogatepass")
    match draw(st.sampled_from(["whole", "cut", "bytes", "deep"])):
        case "cut":
            return whole[: draw(st.integers(0, len(whole)))][:ROOM]
        case "bytes":
            return draw(st.binary(max_size=100))
        case "deep":
            return draw(st.sampled_from([b"[", b'{"a":'])) * draw(st.sampled_from([5, 1_300]))
        case _:
            return whole[:ROOM]


def hold_sealed(row: bytes) -> None:
    """It is refused without a word, and a turn on it is not taken and overwrites nothing."""
    with contextlib.suppress(SealError):
        raise AssertionError(unseal(PLACE, VERSION, row))
    batch = Batch({PLACE.locator: Row(PLACE.locator, PLACE.epoch, VERSION, 2_975, row)})
    outcome = batch.take(Visit(ANNA, step))
    assert isinstance(outcome, StoreError)
    assert WORDS not in str(outcome)
    assert batch.changes() == Changes()


def hold_contents(inside: bytes) -> None:
    """It is a session or refused as none; a turn on it is a turn or an error of one word."""
    with contextlib.suppress(SessionError):
        assert isinstance(decode(inside), Session)
    sealed = seal(PLACE, VERSION, inside)
    row = Row(PLACE.locator, PLACE.epoch, VERSION, 2_975, sealed)
    outcome = Batch({PLACE.locator: row}).take(Visit(ANNA, step))
    if isinstance(outcome, StoreError):
        assert WORDS not in str(outcome)


def hold_growth(words: str) -> None:
    """Whatever somebody types, the row has one length, or the turn is refused."""
    session = replace(SESSION, slots={"t4.kind_words": Answer(words=words)})
    with contextlib.suppress(SealError, UnicodeEncodeError):
        assert len(seal(PLACE, VERSION, encode(session))) == SEALED
