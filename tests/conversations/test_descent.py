"""The learning of weights, on a world small enough to know what should come out."""

from __future__ import annotations

import random

from tests.learning.descent import Row, learn


def test_what_separates_two_sides_is_found_among_noise() -> None:
    mixed = random.Random(7)
    sides = [bool(number % 2) for number in range(400)]
    rows = [Row([0 if is_one else 1, *mixed.sample(range(2, 40), 5)], 0.5) for is_one in sides]

    weights = learn(rows, sides, 40)

    scores = [sum(weights[each] for each in row.signs) / 2 + weights[-1] for row in rows]
    assert [score > 0 for score in scores] == sides
    assert weights[0] > 0.3 > -0.3 > weights[1]
    assert max(abs(each) for each in weights[2:40]) < 0.3


def test_the_same_sentences_give_the_same_weights() -> None:
    rows = [Row([number % 3, 3 + number % 5], 1.0) for number in range(60)]
    sides = [number % 3 == 0 for number in range(60)]

    assert learn(rows, sides, 8) == learn(rows, sides, 8)
