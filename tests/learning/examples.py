"""Sentences as rows of sign numbers, and the weights that are learnt from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conversations.safety.classifier import KINDS, Weights
from conversations.safety.signs import root, signs, weighed
from tests.learning.descent import Row, learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.safety.classifier import Kind
    from conversations.safety.levels import Level
    from tests.learning.sentences import Sentence

SEEN_IN: Final = 2
"""A sign that stands in fewer sentences says more about one writer than about what is meant."""

LEAST: Final = 8
"""Hundredths; a lighter sign is left out of the file, where it would be noise of a rounding."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, its signs, and what each of them counts in a text of its length."""

    sentence: Sentence
    signs: Sequence[str]
    counts: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """`sides` gives each kind's weights by sign number, the bias behind them."""

    numbers: Mapping[str, int]
    sides: Mapping[Kind, Sequence[float]]

    def score(self, kind: Kind, example: Example) -> float:
        """The sum of this kind in one text."""
        side, numbers = self.sides[kind], self.numbers
        carried = sum(side[numbers[sign]] for sign in example.signs if sign in numbers)
        return side[-1] + carried * example.counts

    def weights(self, enough: Mapping[Level, int]) -> Weights:
        """What is put into the file."""
        rows = {
            sign: tuple(round(100 * self.sides[kind][number]) for kind in KINDS)
            for sign, number in self.numbers.items()
        }
        kept = {sign: row for sign, row in rows.items() if max(map(abs, row)) >= LEAST}
        return Weights(tuple(round(100 * self.sides[kind][-1]) for kind in KINDS), enough, kept)


def learnt(examples: Sequence[Example]) -> Learnt:
    """What can be learnt from these."""
    seen = Counter(sign for each in examples for sign in each.signs)
    known = sorted(sign for sign, times in seen.items() if times >= SEEN_IN)
    numbers = {sign: number for number, sign in enumerate(known)}
    rows = [
        Row([numbers[sign] for sign in each.signs if sign in numbers], each.counts)
        for each in examples
    ]
    sides = {
        kind: learn(rows, [each.sentence.kind == kind for each in examples], len(known))
        for kind in KINDS
    }
    return Learnt(numbers, sides)


def examples(several: Sequence[Sentence]) -> list[Example]:
    """The sentences, ready to be learnt from."""
    return [Example(each, [*signs(each.words)], 1 / root(weighed(each.words))) for each in several]
