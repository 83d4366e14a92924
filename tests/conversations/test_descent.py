"""The learning of weights, on a world small enough to know what should come out."""

from __future__ import annotations

import random

from tests.learning.descent import learn


def test_what_separates_two_sides_is_found_among_noise() -> None:
    mixed = random.Random(7)
    sides = [bool(number % 2) for number in range(400)]
    texts = [[0 if is_one else 1, *mixed.sample(range(2, 40), 5)] for is_one in sides]

    weights = learn(texts, sides, 40)

    scores = [sum(weights[each] for each in text) + weights[-1] for text in texts]
    assert [score > 0 for score in scores] == sides
    assert weights[0] > 0.3 > -0.3 > weights[1]
    assert max(abs(each) for each in weights[2:40]) < 0.3


def test_the_same_sentences_give_the_same_weights() -> None:
    texts = [[number % 3, 3 + number % 5] for number in range(60)]
    sides = [number % 3 == 0 for number in range(60)]

    assert learn(texts, sides, 8) == learn(texts, sides, 8)
