"""How a mistyped word is known all the same: one letter wrong, letters stretched, spaces left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT: Final = 6
"""Words of at most so many letters share less of their beginning or end with a slip of them."""

FEWEST: Final = 2
"""So many words in a row are needed before one long word is taken apart."""

LONGEST: Final = 40

_TWICE = re.compile(r"(.)\1")
_STRETCHED = re.compile(r"(.)\1{2,}")


def unstretched(token: str) -> tuple[str, ...]:
    """What a word with letters held down may have been: "doooood", "wiiil"."""
    double = _STRETCHED.sub(r"\1\1", token)
    return (double, _TWICE.sub(r"\1", double)) if double != token else ()


class Typos:
    """Finds the word that was meant, among words of at least five letters.

    One slip leaves the beginning or the end of a word in order, so only words that share one of
    them are compared.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        self._short_heads: dict[str, list[str]] = {}
        self._short_tails: dict[str, list[str]] = {}
        for word in sorted(frozenset(words)):
            if len(word) > SHORT:
                self._heads.setdefault(word[:3], []).append(word)
                self._tails.setdefault(word[-4:], []).append(word)
            else:
                self._short_heads.setdefault(word[:2], []).append(word)
                self._short_tails.setdefault(word[-3:], []).append(word)

    def meant(self, token: str) -> str | None:
        """The word that one slip of the finger made into this one."""
        near: list[str] = [*self._heads.get(token[:3], ()), *self._tails.get(token[-4:], ())]
        size = len(token)
        if size <= SHORT + 1:
            near += self._short_heads.get(token[:2], ())
            near += self._short_tails.get(token[-3:], ())
        for word in near:
            if abs(len(word) - size) <= 1 and one_off(token, word):
                return word
        return None


class Glued:
    """Takes one long word apart into words that people type without spaces: "ikwildood"."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        one = "|".join(sorted(self._words, key=len, reverse=True))
        self._row = re.compile(f"(?:{one})+") if one else None

    def apart(self, token: str) -> tuple[str, ...]:
        """The words, or none when it is not made of them alone."""
        if self._row is None or len(token) > LONGEST or not self._row.fullmatch(token):
            return ()
        ways: list[tuple[str, ...] | None] = [(), *(None for _ in token)]
        for end in range(1, len(token) + 1):
            for start in range(end):
                before = ways[start]
                if before is not None and token[start:end] in self._words:
                    ways[end] = (*before, token[start:end])
                    break
        whole = ways[-1] or ()
        return whole if len(whole) >= FEWEST else ()


def one_off(one: str, other: str) -> bool:
    """Whether one letter was changed, added, left out, or swapped with its neighbour."""
    if one == other:
        return True
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        a, b = one[start:], other[start:]
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    if len(one) < len(other):
        one, other = other, one
    return one[start + 1 :] == other[start:]
