"""Searches bytes, files and folders for marks in all their forms: fast, since logs of a database are large."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.audit.canaries import KINDS
from bot.audit.encodings import RAW, TEXT, digests, forms
from bot.audit.locks import FEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.audit.canaries import Invented, Town
    from bot.audit.locks import Noted

DEEP = 3
"""Compressed inside compressed, so often."""

LARGEST_INSIDE = 4 * 2**20
"""Bytes of one compressed stream that are looked at."""

GZIP_OR_ZLIB = 47
"""zlib's `wbits`: the largest window, the header tells which of the two."""

SMALL = 32 * 2**10
"""Bytes up to which every place is held against every digest, as each value of a database is."""

_COMPRESSED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_WRITTEN = re.compile(rb"[A-Za-z0-9+/_-]{16,}")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`where` names a file, a column or a request; `what` the kind of thing and its form.

    Neither holds what was found itself.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Scanner:
    """Searches for the marks of a town and the digests of its people. Counts what it read."""

    fast: dict[bytes, str]
    kinds: dict[bytes, str]
    all_digests: dict[bytes, str] = field(default_factory=dict)
    witness: dict[bytes, str] = field(default_factory=dict)
    read: int = 0

    @classmethod
    def of(cls, town: Town, people: Iterable[Invented], noted: Noted | None = None) -> Scanner:
        """`noted`: what carries no mark."""
        homes = (town.slack_team, town.teams_tenant)
        shown = forms(town.grouped, every_case=False)
        fast = forms(town.mark) | shown | _untied(town.untied)
        kinds = {
            form: what
            for letter, what in KINDS.items()
            for form in forms(f"{town.mark}{letter}")
            if form not in forms(town.mark)
        }
        kinds |= dict.fromkeys(shown, KINDS["ss"])
        kinds |= dict.fromkeys(_untied(town.untied), KINDS["ee"])
        everybody = list(people)
        every: dict[bytes, str] = {}
        for person in everybody:
            every |= digests(person.identifiers, homes) | digests(person.codes, homes)
        usual = _witness(everybody, homes)
        if noted is not None:
            every, usual = every | noted.needles(), usual | noted.needles(FEW)
        return cls(fast, kinds, every, usual)

    def look(self, data: bytes, depth: int = 0) -> set[str]:
        """What these bytes hold, in words; nothing for clean ones."""
        if depth == 0:
            self.read += len(data)
        data = data.rstrip(b"\0")
        lower = data.lower()
        found = {self._named(lower, how) for form, how in self.fast.items() if form in lower}
        found |= self._digests(data)
        if depth < DEEP:
            for inside in _inflated(data):
                found |= {f"{what}, compressed" for what in self.look(inside, depth + 1)}
        return found

    def names(self, text: str) -> set[str]:
        """What a file's name or another short text holds."""
        return self.look(text.encode("utf-8", "surrogateescape"))

    def folders(self, *roots: Path, since: float = 0.0) -> set[Finding]:
        """Every file below these folders that was written `since` (seconds), and every name."""
        return {
            Finding(where, what)
            for root in roots
            for where, data in _everything(root, since)
            for what in self.look(data)
        }

    def _named(self, lower: bytes, how: str) -> str:
        """The kind of canary, where what stands behind the mark tells it."""
        told = {what for longer, what in self.kinds.items() if longer in lower}
        return f"{' and '.join(sorted(told)) or 'a canary'}, {how}"

    def _digests(self, data: bytes) -> set[str]:
        if len(data) > SMALL:
            return {what for form, what in self.witness.items() if form in data}
        known = self.all_digests
        if not known:
            return set()
        found = {
            known[window]
            for at in range(len(data) - RAW + 1)
            if (window := data[at : at + RAW]) in known
        }
        for match in _WRITTEN.finditer(data):
            word = match.group()
            for at in range(len(word) - TEXT + 1):
                for window in (word[at : at + TEXT], word[at : at + TEXT].lower()):
                    if window in known:
                        found.add(known[window])
        return found


def _untied(mark: bytes) -> dict[bytes, str]:
    """The mark in the bytes of a ticket, and their hexadecimal."""
    return {mark.lower(): "decoded", mark.hex().encode(): "decoded, hexadecimal"}


def _witness(people: list[Invented], homes: tuple[str, ...]) -> dict[bytes, str]:
    """For large files the usual digests of two ids: what lies in the code strikes everybody."""
    ids = {"Slack id": people[0].slack_user, "Teams id": people[-1].teams_user} if people else {}
    return digests(ids, homes, ("md5", "sha1", "sha256"), brief=True)


def _everything(root: Path, since: float) -> Iterator[tuple[str, bytes]]:
    """The name of each file and folder, then what is in it."""
    for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
        name = path.relative_to(root.parent).as_posix()
        yield name, path.name.encode("utf-8", "surrogateescape") + b"\0" + _content(path, since)


def _content(path: Path, since: float) -> bytes:
    """A file that goes away while it is looked at left nothing behind."""
    try:
        if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
            return path.read_bytes()
    except FileNotFoundError:
        pass
    return b""


def _inflated(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    for head in _COMPRESSED.finditer(data):
        try:
            stream = view[head.start() : head.start() + LARGEST_INSIDE]
            inside = zlib.decompressobj(GZIP_OR_ZLIB).decompress(stream, LARGEST_INSIDE)
        except zlib.error:
            continue
        if len(inside) >= TEXT:
            yield inside
