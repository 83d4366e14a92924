"""What people sent about cases, on its way to the next round: files beside the epoch secrets.

    spool/ORG/1, 2, 3   requests (`c-ID`) that wait for their first, second, third batch
    spool/ORG/0         letters (`m-ID`) and cases taken back (`w-ID`): they go with the next round

A file is whole or not there, on the disk when `put` returns, and holds no time: not in its name or
content, not as its modification time, and as inode change time only that of the latest entry of
its organisation. Any number of processes may work on one spool.
"""

from __future__ import annotations

import os
import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage import files
from storage.envelopes import ID, KEYS, SEALED_CARD, SEALED_LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPOOL = "spool"
NEXT, FIRST, LAST = 0, 1, 3

_NAME = re.compile(r"([cmw])-([0-9a-f]{32})", re.ASCII)
_CASE = struct.Struct(f">I{KEYS}s{SEALED_CARD}s")
_LETTER = struct.Struct(f">I{ID}s{ID}s{SEALED_LETTER}s")
_END = struct.Struct(">I")


@dataclass(frozen=True, slots=True, repr=False)
class SpooledCase:
    """A request as it will lie in its row."""

    id: bytes
    expires_week: int
    keys: bytes
    card: bytes

    def __repr__(self) -> str:
        return "<spooled case>"


@dataclass(frozen=True, slots=True, repr=False)
class SpooledLetter:
    """A letter of the person, to the coach of id `to`, who must still have the case."""

    id: bytes
    expires_week: int
    case: bytes
    to: bytes
    sealed: bytes

    def __repr__(self) -> str:
        return "<spooled letter>"


@dataclass(frozen=True, slots=True, repr=False)
class SpooledEnd:
    """A case that was taken back. `expires_week` is that of its tombstone."""

    id: bytes
    expires_week: int

    def __repr__(self) -> str:
        return "<spooled end>"


Spooled = SpooledCase | SpooledLetter | SpooledEnd


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """An entry, the folder in which it waits, and its file; None where it cannot be read."""

    entry: Spooled | None
    folder: int
    path: Path


class Spool:
    """`folder` is the key folder. `organisation` is always its 16 bytes (`CaseKeys.organisation`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / SPOOL

    def put(self, organisation: bytes, entry: Spooled) -> None:
        """Write it, unless it is there already. On the disk when this returns. Raises OSError."""
        here = self._folder / organisation.hex()
        if isinstance(entry, SpooledCase) and self.has_case(organisation, entry.id):
            return
        for each in (self._folder, here):
            each.mkdir(mode=files.FOLDER, parents=True, exist_ok=True)
        folder = here / str(FIRST if isinstance(entry, SpooledCase) else NEXT)
        made = files.create_once(folder / _name(entry), _written(entry), mode=0o600, modified=0.0)
        files.sync_folder(here)
        files.sync_folder(self._folder)
        if made:
            self.blur(organisation)

    def has_case(self, organisation: bytes, case: bytes) -> bool:
        """Whether a request waits here."""
        return any(path.exists() for path in self._places(organisation, f"c-{case.hex()}"))

    def has_letter(self, organisation: bytes, letter: bytes) -> bool:
        return self._at(organisation, NEXT, f"m-{letter.hex()}").exists()

    def ended(self, organisation: bytes, case: bytes) -> bool:
        """Whether a case was taken back a moment ago: nothing of it may be shown any more."""
        return self._at(organisation, NEXT, f"w-{case.hex()}").exists()

    def drop_case(self, organisation: bytes, case: bytes) -> None:
        """Destroy a request that has not left. Raises OSError."""
        for path in self._places(organisation, f"c-{case.hex()}"):
            files.destroy(path)

    def entries(self, organisation: bytes) -> list[Found]:
        """Everything that waits, in no order. Raises OSError."""
        return [
            found
            for number in range(NEXT, LAST + 1)
            for found in self._listed(organisation, number)
        ]

    def move_on(self, organisation: bytes, days: int) -> None:
        """Requests that stay wait for so many batches fewer. Raises OSError."""
        for number in range(LAST - 1, NEXT, -1):
            for found in self._listed(organisation, number):
                later = self._at(organisation, min(LAST, number + days), found.path.name)
                later.parent.mkdir(mode=files.FOLDER, exist_ok=True)
                with suppress(FileNotFoundError):
                    found.path.rename(later)
        self.blur(organisation)

    def organisations(self) -> list[bytes]:
        """Those for which there is a folder."""
        with suppress(FileNotFoundError):
            return [bytes.fromhex(path.name) for path in self._folder.iterdir()]
        return []

    def blur(self, organisation: bytes) -> None:
        """Give every file and folder the same times."""
        here = self._folder / organisation.hex()
        for path in (*here.rglob("*"), here, self._folder):
            with suppress(FileNotFoundError):
                os.utime(path, (0.0, 0.0))

    def tidy(self, organisation: bytes, now: float) -> None:
        """Finish what a killed process began. Raises OSError."""
        for number in range(NEXT, LAST + 1):
            files.sweep(self._folder / organisation.hex() / str(number), now)

    def _listed(self, organisation: bytes, number: int) -> Iterator[Found]:
        folder = self._folder / organisation.hex() / str(number)
        if not folder.exists():
            return
        for path in list(folder.iterdir()):
            if _NAME.fullmatch(path.name):
                with suppress(FileNotFoundError):
                    yield Found(_read(path.name, path.read_bytes()), number, path)

    def _places(self, organisation: bytes, name: str) -> list[Path]:
        return [self._at(organisation, number, name) for number in range(FIRST, LAST + 1)]

    def _at(self, organisation: bytes, number: int, name: str) -> Path:
        return self._folder / organisation.hex() / str(number) / name


def _name(entry: Spooled) -> str:
    match entry:
        case SpooledCase():
            return f"c-{entry.id.hex()}"
        case SpooledLetter():
            return f"m-{entry.id.hex()}"
        case SpooledEnd():
            return f"w-{entry.id.hex()}"


def _written(entry: Spooled) -> bytes:
    match entry:
        case SpooledCase():
            return _CASE.pack(entry.expires_week, entry.keys, entry.card)
        case SpooledLetter():
            return _LETTER.pack(entry.expires_week, entry.case, entry.to, entry.sealed)
        case SpooledEnd():
            return _END.pack(entry.expires_week)


def _read(name: str, content: bytes) -> Spooled | None:
    kind, id_ = name[0], bytes.fromhex(name[2:])
    try:
        match kind:
            case "c":
                return SpooledCase(id_, *_CASE.unpack(content))
            case "m":
                return SpooledLetter(id_, *_LETTER.unpack(content))
            case _:
                return SpooledEnd(id_, *_END.unpack(content))
    except struct.error:
        return None
