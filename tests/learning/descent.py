"""A linear support vector machine by dual coordinate descent, enough for some ten thousand texts.

Hsieh et al., A Dual Coordinate Descent Method for Large-scale Linear SVM (ICML 2008), algorithm 1
with squared hinge loss. Examples are taken in an order that is mixed with a fixed seed, so that the
same sentences always give the same weights.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PENALTY: Final = 0.1
"""What one example on the wrong side costs, beside the length of the weights."""

ROUNDS: Final = 12
SEED: Final = 2011


def learn(texts: Sequence[Sequence[int]], positive: Sequence[bool], size: int) -> list[float]:
    """The weights of `size` signs and, behind them, the bias.

    `texts` hold the numbers of the signs of each, every one once. The two sides weigh alike together,
    however many there are of each.
    """
    rows = [[*each, size] for each in texts]
    share = sum(positive) / len(rows)
    slack = [1 / (2 * PENALTY * 0.5 / (share if is_one else 1 - share)) for is_one in positive]
    sides = [1.0 if is_one else -1.0 for is_one in positive]
    weights, duals = [0.0] * (size + 1), [0.0] * len(rows)
    order, mixed = list(range(len(rows))), random.Random(SEED)
    for _ in range(ROUNDS):
        mixed.shuffle(order)
        for number in order:
            row, side, dual = rows[number], sides[number], duals[number]
            gradient = side * sum([weights[each] for each in row]) - 1 + slack[number] * dual
            if dual == 0.0 and gradient >= 0:
                continue
            duals[number] = max(0.0, dual - gradient / (len(row) + slack[number]))
            step = (duals[number] - dual) * side
            for each in row:
                weights[each] += step
    return weights
