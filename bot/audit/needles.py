"""A list of real ids and names, searched for all at once in bytes of any kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.audit.encodings import digests, forms

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 6
"""Characters below which a word would be found by accident; such lines are counted and left out."""

SURE = 8
"""Bytes from which a word is looked for among random bytes as well, and not in text alone."""

USUAL = ("md5", "sha1", "sha256")


class Needles:
    """`words` are ids and names, one each. What is found is told by its form, never by itself."""

    def __init__(self, words: Iterable[str]) -> None:
        self.count = self.too_short = 0
        self._by_head: dict[bytes, dict[bytes, str]] = defaultdict(dict)
        self._digests: dict[bytes, dict[bytes, str]] = defaultdict(dict)
        for word in words:
            if len(word) < SHORTEST:
                self.too_short += 1
                continue
            self.count += 1
            for form, how in forms(word).items():
                self._by_head[form[:SHORTEST]][form] = how
            for form, how in digests({"an id": word}, (), USUAL, brief=True).items():
                self._digests[form[:SHORTEST]][form] = how

    def found(self, data: bytes) -> dict[str, int]:
        """How often what form occurs in these bytes."""
        counts: dict[str, int] = defaultdict(int)
        shortest = SHORTEST if _is_text(data) else SURE
        for heads, within in ((self._by_head, data.lower()), (self._digests, data)):
            for at in range(len(within) - SHORTEST + 1):
                candidates = heads.get(within[at : at + SHORTEST])
                for form, how in (candidates or {}).items():
                    if len(form) >= shortest and within.startswith(form, at):
                        counts[how] += 1
        return dict(counts)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
