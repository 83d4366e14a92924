"""What a text is weighed by: its words, how they begin, and which stand close behind one another.

The same for learning and for listening, or what was learnt would be worth nothing.
"""

from __future__ import annotations

import math
from itertools import chain, repeat
from operator import add
from typing import TYPE_CHECKING, Final

from conversations.phrasing import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BEGINNINGS: Final = (4, 6)
"""A longer word also counts by its first so many letters: "sterven", "stervend", "sterveling"."""

BEGIN, END = "^", "$"
NUMBER: Final = "#"
GAP: Final = " "
REST: Final = "*"


def weighed(text: str) -> list[str]:
    """The words of a text as they sound, without the marks between them; every number is the same."""
    words = [NUMBER if word.isdecimal() else word for word in unmarked(text)]
    return [BEGIN, *words, END]


def root(words: Sequence[str]) -> float:
    """What the weights of these words are divided by, or a long text would say everything."""
    return math.sqrt(len(words))


def beginnings(word: str) -> Iterator[str]:
    """How a longer word begins."""
    return (word[:letters] + REST for letters in BEGINNINGS if len(word) > letters)


def neighbours(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each word with the one behind it, and each with the one behind that."""
    first = [*map(add, words, repeat(GAP))]
    return [*map(add, first, words[1:])], [*map(add, first, words[2:])]


def signs(text: str) -> Iterable[str]:
    """Everything by which this text is weighed, each once, in an order that is always the same."""
    words = weighed(text)
    every = chain(words[1:-1], *map(beginnings, words[1:-1]), *neighbours(words))
    return dict.fromkeys(every)
