"""Guessers and the bar that random guessing sets."""

from __future__ import annotations

import random

import pytest

from bot.audit.crowd import PEOPLE, Truth
from bot.audit.link import Guess, Linked, bar, judged, spearman

LOCATORS = tuple(number.to_bytes(16, "big") for number in range(PEOPLE))
TRUTH = Truth(LOCATORS, tuple(random.Random(1).sample(LOCATORS, PEOPLE)))


def told(order: list[bytes] | tuple[bytes, ...], known: str | None = None) -> bool:
    guess = judged("some order", list(order), TRUTH, known)
    right, correlation = bar(6)
    return bool(Linked((guess,), right, correlation, 0, PEOPLE).winners())


def test_the_order_of_joining_is_told_forwards_and_backwards() -> None:
    assert told(LOCATORS)
    assert told(LOCATORS[::-1])


def test_the_order_of_the_last_turn_is_told() -> None:
    assert told(TRUTH.last)


def test_the_order_of_locking_is_told_among_rows_in_any_order() -> None:
    chance = random.Random(4)
    truth = Truth(LOCATORS, TRUTH.last, tuple(chance.sample(LOCATORS, 60)))
    spread = iter(sorted(chance.sample(range(PEOPLE), 60)))
    order = [each for each in TRUTH.last[::-1] if each not in truth.locked]
    chance.shuffle(order)
    for each in truth.locked:
        order.insert(next(spread), each)

    right, correlation = bar(6)
    assert Linked((judged("x", order, truth),), right, correlation, 0, 0).winners()
    assert not told(order)


def test_half_of_the_order_is_told() -> None:
    assert told(LOCATORS[: PEOPLE // 2])


def test_an_order_that_leans_is_told() -> None:
    chance = random.Random(3)
    leaning = sorted(LOCATORS, key=lambda each: int.from_bytes(each, "big") + chance.random() * 300)

    assert told(leaning)


@pytest.mark.parametrize("seed", range(10, 15))
def test_a_random_order_is_not_told(seed: int) -> None:
    assert not told(random.Random(seed).sample(LOCATORS, PEOPLE))


def test_what_the_documents_admit_is_not_counted() -> None:
    assert not told(LOCATORS, "PostgreSQL keeps it")


def test_the_bar_is_what_one_in_a_hundred_random_guessers_beats() -> None:
    right, correlation = bar(1)
    beaten = 0
    for seed in range(400):
        order = random.Random(seed).sample(LOCATORS, PEOPLE)
        guess = judged("random", order, Truth(LOCATORS, LOCATORS))
        beaten += guess.right > right or guess.correlation > correlation

    assert beaten <= 12  # 4 expected; more than 12 comes once in thousands


def test_the_rank_correlation_goes_from_minus_one_to_one() -> None:
    assert spearman(range(10)) == 1
    assert spearman(range(9, -1, -1)) == -1


def test_an_empty_log_tells_nothing() -> None:
    assert judged("empty", [], TRUTH) == Guess("empty", 0, 0.0)
