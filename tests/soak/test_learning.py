"""The weights in the file are those that the sentences teach."""

from __future__ import annotations

from conversations import library
from tests.learning.examples import examples, learnt
from tests.learning.sentences import sentences


def test_the_packaged_weights_are_what_is_learnt_from_the_sentences() -> None:
    packaged = library.load().safety.weights

    again = learnt(examples(sentences())).weights(packaged.enough)

    assert again.bias == packaged.bias
    assert again.signs == packaged.signs
