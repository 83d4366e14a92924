"""A linear support vector machine by dual coordinate descent, enough for some ten thousand texts.

Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM (ICML 2008), algorithm 1
with squared hinge loss. Examples are taken in an order that is mixed with a fixed seed, so that the
same sentences always give the same weights.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PENALTY: Final = 4.0
"""What one example on the wrong side costs, beside the length of the weights."""

ROUNDS: Final = 12
SEED: Final = 2011


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of the signs of one text, each once, and what each of them counts there."""

    signs: Sequence[int]
    counts: float


def learn(rows: Sequence[Row], positive: Sequence[bool], size: int) -> list[float]:
    """The weights of `size` signs and, behind them, the bias.

    The two sides weigh alike together, however many there are of each.
    """
    share = sum(positive) / len(rows)
    slack = [1 / (PENALTY / (share if is_one else 1 - share)) for is_one in positive]
    sides = [1.0 if is_one else -1.0 for is_one in positive]
    curves = [
        len(row.signs) * row.counts**2 + 1 + each for row, each in zip(rows, slack, strict=True)
    ]
    weights, duals = [0.0] * (size + 1), [0.0] * len(rows)
    order, mixed = list(range(len(rows))), random.Random(SEED)
    for _ in range(ROUNDS):
        mixed.shuffle(order)
        for number in order:
            row, side, dual = rows[number], sides[number], duals[number]
            total = row.counts * sum([weights[each] for each in row.signs]) + weights[size]
            gradient = side * total - 1 + slack[number] * dual
            if dual == 0.0 and gradient >= 0:
                continue
            duals[number] = max(0.0, dual - gradient / curves[number])
            step = (duals[number] - dual) * side
            weights[size] += step
            for each in row.signs:
                weights[each] += step * row.counts
    return weights
