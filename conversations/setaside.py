"""What a text itself rules out: in "het gaat niet om het geld" it is not about the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.matching import reach
from conversations.rarity import ranked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from conversations.cueing import Ruling

BETWEEN = 2
"""Words that may stand between a thing and what sets it aside ("het is niet die rare werkdruk")."""

Standing = list[tuple[int, "Ruling"]]
"""Rulings with the place of their word next to the thing."""


class Rulings:
    """Built once; each ruling is filed by its rarest words, and most texts hold none of them."""

    def __init__(
        self,
        rulings: Iterable[Ruling],
        *,
        frequent: Iterable[str],
        negations: frozenset[str],
        halts: frozenset[str],
        contrasts: Collection[str],
    ) -> None:
        """Nothing is set aside past one of `halts`; `contrasts` are words such as "maar"."""
        self._negations, self._halts = negations, halts
        self._contrasts = frozenset(contrasts)
        weights = ranked(frequent)
        self._by: dict[str, list[tuple[Ruling, list[frozenset[str]]]]] = {}
        for ruling in rulings:
            telling, *needs = ruling.needs(weights)
            for word in telling:
                self._by.setdefault(word, []).append((ruling, needs))
        self._telling = frozenset(self._by)

    def standing(self, words: list[str]) -> Standing:
        """The rulings of which the nearer side stands in these words."""
        present = set(words)
        possible: list[tuple[frozenset[str], Ruling]] = []
        for word in self._telling & present:
            for ruling, needs in self._by[word]:
                for need in needs:
                    if need.isdisjoint(present):
                        break
                else:
                    possible.append((ruling.nearest, ruling))
        if not possible:
            return []
        beside = frozenset().union(*(nearest for nearest, _ in possible))
        places = [(place, word) for place, word in enumerate(words) if word in beside]
        return [
            (place, ruling)
            for nearest, ruling in possible
            for place, word in places
            if word in nearest and self._stands(words, ruling, place)
        ]

    def set_aside(self, words: list[str], start: int, end: int, standing: Standing) -> bool:
        """Whether one of these is about what stands from `start` up to `end`.

        A few words may stand between the two.
        """
        for place, ruling in standing:
            if ruling.contrast and self._contrasts.isdisjoint(words[end:]):
                continue
            if not ruling.after:
                between = words[place + 1 : start]
                beside = place < start
            else:
                between = words[end:place]
                first = reach(ruling.before, words, start, -1)
                beside = end <= place and first is not None
                beside = beside and not self._turned(words, ruling, first or 0)
            if beside and len(between) <= BETWEEN and self._halts.isdisjoint(between):
                return True
        return False

    def _stands(self, words: list[str], ruling: Ruling, place: int) -> bool:
        if ruling.after:
            return reach(ruling.after, words, place - 1, 1) is not None
        first = reach(ruling.before, words, place + 1, -1)
        return first is not None and not self._turned(words, ruling, first)

    def _turned(self, words: list[str], ruling: Ruling, first: int) -> bool:
        """Whether a negation just before it turns it round: "niet blij met mijn salaris"."""
        before = words[max(first - 2, 0) : first]
        return not ruling.denies and not self._negations.isdisjoint(before)
