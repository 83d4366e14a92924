"""What the learnt weights add up to, on weights that can be counted by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.safety import weights
from conversations.safety.classifier import KINDS, LEVELS, WINDOW, Classifier, Leaning, Weights
from conversations.safety.ear import Ear
from conversations.safety.signs import root, signs, weighed
from tests.support.content import packaged

BARS = {"L2": 100, "L1": 50, "harm_other": 60, "harassment": 60, "burnout": 60}
NOTHING = (0, 0, 0, 0)


def classifier(**signs: tuple[int, ...]) -> Classifier:
    """`_` in a name is the space between two words, `__` the star behind a beginning."""
    named = {name.replace("__", "*").replace("_", " "): each for name, each in signs.items()}
    return Classifier(Weights(NOTHING, {level: BARS[level] for _, level in LEVELS}, named))


def by(words: int, total: int, bar: int) -> int:
    """The margin of a sum in a text of so many words; its two ends count as one each."""
    return round(total / math.sqrt(words + 2)) - bar


def test_words_and_pairs_are_added_up_until_they_pass_a_bar() -> None:
    heard = classifier(rope=(60, 0, 0, 0), the_rope=(50, 0, 0, 0), bought=(200, 0, 0, 0)).leanings

    assert heard("a rope") == []
    assert heard("the rope") == [Leaning("crisis", "L1", by(2, 110, 50))]
    assert heard("bought the rope") == [Leaning("crisis", "L2", by(3, 310, 50))]


def test_the_same_words_weigh_less_in_a_longer_text() -> None:
    heard = classifier(rope=(120, 0, 0, 0)).leanings

    assert heard("the rope") == [Leaning("crisis", "L1", by(2, 120, 50))]
    assert heard("the rope of the old boat in our yard") == []


def test_a_pair_may_stand_one_word_apart_and_not_in_the_other_order() -> None:
    heard = classifier(bridge_stand=(140, 0, 0, 0)).leanings

    assert heard("bridge stand") == [Leaning("crisis", "L1", by(2, 140, 50))]
    assert heard("bridge I stand") == [Leaning("crisis", "L1", by(3, 140, 50))]
    assert heard("stand bridge") == heard("bridge where I stand") == []


def test_an_unknown_word_weighs_what_its_beginning_weighs() -> None:
    heard = classifier(ster__=(120, 0, 0, 0), sterk=(-120, 0, 0, 0)).leanings

    assert heard("stervelingen") == [Leaning("crisis", "L1", by(1, 120, 50))]
    assert heard("sterk") == []


def test_a_word_that_is_said_again_and_again_weighs_once() -> None:
    heard = classifier(tired=(0, 0, 0, 70), tired_tired=(0, 0, 0, 20)).leanings

    assert heard("tired " * 500) == []


def test_the_strongest_comes_first() -> None:
    heard = classifier(knife=(120, 0, 0, 0), him=(0, 180, 0, 0)).leanings

    assert heard("knife him") == [
        Leaning("harm_other", "harm_other", by(2, 180, 60)),
        Leaning("crisis", "L1", by(2, 120, 50)),
    ]


def test_a_danger_to_a_life_comes_before_what_is_stronger() -> None:
    heard = classifier(worn=(0, 0, 0, 900), rope=(300, 0, 0, 0))

    assert [each.level for each in heard.leanings("worn rope")] == ["burnout", "L2"]
    assert Ear((), heard).hear("worn rope").level == "L2"


def test_kinds_do_not_run_into_each_other() -> None:
    heard = classifier(a=(-100_000, 103, -100_000, 104)).leanings

    assert heard("a") == [Leaning("burnout", "burnout", 0)]


@pytest.mark.parametrize("before", [0, 10, WINDOW - 4, WINDOW, 3 * WINDOW // 2, 400])
def test_what_is_said_in_a_long_story_is_heard_wherever_it_stands(before: int) -> None:
    heard = classifier(end=(500, 0, 0, 0), my_life=(500, 0, 0, 0)).leanings
    story = [f"word{number}" for number in range(before)]

    (found,) = heard(" ".join([*story, "end my life", *story]))

    assert (found.kind, found.level) == ("crisis", "L2")


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_weighed_as_the_signs_say_one_by_one(text: str) -> None:
    learnt = packaged().safety.weights
    if len(text.split()) > WINDOW // 2:
        return
    divisor = root(weighed(text))
    sums = [
        bias + sum(learnt.signs.get(sign, NOTHING)[place] for sign in signs(text)) / divisor
        for place, bias in enumerate(learnt.bias)
    ]
    passed = {
        kind: max(
            learnt.enough[level]
            for each, level in LEVELS
            if each == kind and total >= learnt.enough[level]
        )
        for kind, total in zip(KINDS, sums, strict=True)
        if any(total >= learnt.enough[level] for each, level in LEVELS if each == kind)
    }

    found = packaged().safety.classifier.leanings(text)

    assert sorted(learnt.enough[each.level] for each in found) == sorted(passed.values())


def test_nothing_is_heard_where_nothing_was_learnt() -> None:
    assert Classifier(Weights()).leanings("anything at all") == []


def test_the_file_reads_as_it_was_written() -> None:
    learnt = packaged().safety.weights

    assert weights.read(weights.text(learnt)) == learnt
    assert len(learnt.signs) > 10_000


@pytest.mark.parametrize(
    "line",
    [
        "sign\tword\t1\t2\t3",
        "sign\tword\t1\t2\t3\tx",
        "enough\tL2",
        "other\t1",
        "",
        "bias\t0\t0\t0\t0",
    ],
)
def test_a_line_of_another_sort_is_told_by_its_number(line: str) -> None:
    good = weights.text(Weights(NOTHING, {level: BARS[level] for _, level in LEVELS}, {}))

    with pytest.raises(weights.WeightsError) as caught:
        weights.read(good + line + "\n")

    assert caught.value.line == good.count("\n") + 1


@pytest.mark.parametrize("missing", ["bias", "enough\tL2"])
def test_a_file_without_its_head_is_refused(missing: str) -> None:
    good = weights.text(Weights(NOTHING, {level: BARS[level] for _, level in LEVELS}, {}))
    lines = [line for line in good.splitlines() if not line.startswith(missing)]

    with pytest.raises(weights.WeightsError):
        weights.read("\n".join(lines))
