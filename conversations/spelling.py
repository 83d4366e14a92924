"""A word that is one letter off: found through what is left when a letter is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST = 5
"""Letters of the shortest word that may be misspelt; shorter ones are too easily another word."""


SHORT, LONG, LONG_FROM = 2, 3, 7
"""Letters at the begin and at the end of a word, of which a slip spares one or the other; a word of
seven letters has room for three."""


class Spelling:
    """Words that are recognised with one letter missing, added, wrong, or swapped with the next.

    Their first letter must be right. The words with a letter taken away are made once, so that a
    look-up costs as many comparisons as the typed word has letters, however many words there are.
    Most words are passed over sooner: they begin and end like none of these.
    """

    def __init__(self, words: Collection[str], known: Collection[str] = ()) -> None:
        """`known` words are right as they are."""
        self._known = frozenset(known)
        self._ends = {end for word in words for end in _ends(word, SHORT) | _ends(word, LONG)}
        self._short: dict[str, str] = {}
        self._whole = {word: word for word in words if len(word) >= SHORTEST}
        for word in sorted(self._whole):
            for short in _shorter(word):
                self._short.setdefault(short, word)

    def meant(self, word: str) -> str | None:
        """The one word that was probably meant; None when it is none, or right as it stands."""
        length = len(word)
        if length < SHORTEST:
            return None
        part = SHORT if length < LONG_FROM else LONG
        if word[:part] not in self._ends and word[0] + word[-part:] not in self._ends:
            return None
        if word in self._known:
            return None
        if (missing := self._short.get(word)) is not None:
            return missing
        for short in _shorter(word):
            if (meant := self._whole.get(short)) is not None:
                return meant
            meant = self._short.get(short)
            if meant is not None and _near(word, meant):
                return meant
        return None


def _ends(word: str, part: int) -> set[str]:
    return {word[:part], word[0] + word[-part:]}


def _shorter(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(1, len(word))}


def _near(word: str, meant: str) -> bool:
    """Whether two words of one length differ in one letter or in two neighbours that are swapped."""
    if len(word) != len(meant):
        return False
    differ = [n for n, (one, other) in enumerate(zip(word, meant, strict=True)) if one != other]
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2  # noqa: PLR2004  two letters that changed places
        and differ[1] == differ[0] + 1
        and word[differ[0]] == meant[differ[1]]
        and word[differ[1]] == meant[differ[0]]
    )
