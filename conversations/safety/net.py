"""What no pattern says but several signs together do: each kind of sign adds its weight, once.

A pattern knows the sentences it was made from; people find others. So under the patterns lies a net
of words that mean little alone. One pass over the text finds the kinds of all nets at once: words
and pairs of words are looked up, longer phrases are tried only where a pair of theirs stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from operator import add
from typing import TYPE_CHECKING, Final

from conversations.safety.grammar import items
from conversations.safety.levels import ORDER
from conversations.safety.patterns import COMMA, Compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.safety.grammar import Grammar, Net
    from conversations.safety.levels import Level
    from conversations.safety.patterns import Patterns

PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class _Gapped:
    """A pattern with a gap, of the kind of this bit; of each of `needs` one symbol must be there."""

    bit: int
    needs: tuple[frozenset[str], ...]
    pattern: Compiled


@dataclass(frozen=True, slots=True)
class _Woven:
    """A net ready to be used: the weight of every bit, and the sums that are enough."""

    weights: tuple[tuple[int, int], ...]
    adding: int
    enough: tuple[tuple[Level, int], ...]


class Nets:
    """All nets of all languages. A kind of sign is a bit, so that a text is one number."""

    def __init__(self) -> None:
        self._kinds = 0
        self._short: dict[str, int] = {}
        self._long: dict[str, list[tuple[str, int]]] = {}
        self._gapped: dict[str, list[_Gapped]] = {}
        self._woven: list[_Woven] = []

    def learn(self, grammar: Grammar, patterns: Patterns) -> None:
        """Raises PatternError for a sign that cannot be read."""
        for net in grammar.nets.values():
            self._woven.append(self._weave(net, patterns))

    def caught(self, text: str, present: frozenset[str]) -> Iterator[Level]:
        """The gravest level of each net whose signs add up in this text."""
        found = self._found(text.replace(COMMA, ""), present)
        for net in self._woven:
            if found & net.adding:
                total = sum(weight for bit, weight in net.weights if found & bit)
                level = next((level for level, least in net.enough if total >= least), None)
                if level is not None:
                    yield level

    def _found(  # noqa: C901  one pass over the words, in the one place that is timed
        self, text: str, present: frozenset[str]
    ) -> int:
        found = 0
        there = present.union(map(add, text, text[1:]))
        for key in there & self._short.keys():
            found |= self._short[key]
        for key in there & self._long.keys():
            for phrase, bit in self._long[key]:
                if phrase in text:
                    found |= bit
        for key in present & self._gapped.keys():
            for each in self._gapped[key]:
                if found & each.bit or any(map(present.isdisjoint, each.needs)):
                    continue
                if each.pattern.within(text):
                    found |= each.bit
        return found

    def _weave(self, net: Net, patterns: Patterns) -> _Woven:
        weights = []
        for sign in net.signs.values():
            bit = 1 << self._kinds
            self._kinds += 1
            weights.append((bit, sign.weighs))
            for each in items(sign.words):
                for way in patterns.ways(each):
                    self._add(way, bit, patterns)
        adding = sum(bit for bit, weight in weights if weight > 0)
        enough = sorted(net.enough.items(), key=lambda each: ORDER.index(each[0]))
        return _Woven(tuple(weights), adding, tuple(enough))

    def _add(self, way: str, bit: int, patterns: Patterns) -> None:
        row = patterns.row(way)
        if row is None:
            piece = patterns.read(way)
            gapped = _Gapped(bit, piece.needs[1:], Compiled(piece))
            for symbol in piece.needs[0]:
                self._gapped.setdefault(symbol, []).append(gapped)
            return
        for phrase in map("".join, product(*row)):
            if len(phrase) <= PAIR:
                self._short[phrase] = self._short.get(phrase, 0) | bit
            else:
                pairs = map("".join, pairwise(phrase))
                rarest = min(pairs, key=lambda pair: patterns.cost(frozenset(pair)))
                self._long.setdefault(rarest, []).append((phrase, bit))
