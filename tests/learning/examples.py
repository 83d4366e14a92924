"""Sentences as rows of sign numbers, and the weights that are learnt from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conversations.safety.classifier import KINDS, Weights
from conversations.safety.signs import signs
from tests.learning.descent import learn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.safety.classifier import Kind
    from conversations.safety.levels import Level
    from tests.learning.sentences import Sentence

SEEN_IN: Final = 2
"""A sign that stands in fewer sentences says more about one writer than about what is meant."""

LEAST: Final = 2
"""Hundredths; a lighter sign is left out of the file, where it would be noise of a rounding."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """`sides` gives each kind's weights by sign number, the bias behind them."""

    numbers: Mapping[str, int]
    sides: Mapping[Kind, Sequence[float]]

    def score(self, kind: Kind, signs: Sequence[str]) -> float:
        """The sum of this kind in one text."""
        side, numbers = self.sides[kind], self.numbers
        return side[-1] + sum(side[numbers[sign]] for sign in signs if sign in numbers)

    def weights(self, enough: Mapping[Level, int]) -> Weights:
        """What is put into the file."""
        rows = {
            sign: tuple(round(100 * self.sides[kind][number]) for kind in KINDS)
            for sign, number in self.numbers.items()
        }
        kept = {sign: row for sign, row in rows.items() if max(map(abs, row)) >= LEAST}
        return Weights(tuple(round(100 * self.sides[kind][-1]) for kind in KINDS), enough, kept)


def learnt(examples: Sequence[tuple[Sentence, Sequence[str]]]) -> Learnt:
    """What can be learnt from these sentences and their signs."""
    seen = Counter(sign for _, each in examples for sign in set(each))
    known = sorted(sign for sign, times in seen.items() if times >= SEEN_IN)
    numbers = {sign: number for number, sign in enumerate(known)}
    rows = [[numbers[sign] for sign in each if sign in numbers] for _, each in examples]
    sides = {
        kind: learn(rows, [sentence.kind == kind for sentence, _ in examples], len(known))
        for kind in KINDS
    }
    return Learnt(numbers, sides)


def with_signs(several: Sequence[Sentence]) -> list[tuple[Sentence, list[str]]]:
    """Each sentence beside its signs."""
    return [(each, [*signs(each.words)]) for each in several]
