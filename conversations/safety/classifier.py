"""What no pattern knows: a linear classifier, learnt from sentences that people wrote for it.

A pattern hears the constructions that its writer thought of; people find others. So every word, and
every two that stand close together, carries a weight for each kind of danger, and the weights of a
text are added up. `make learn` learns them anew; `luwte understand` shows what comes of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Final, Literal, get_args

from conversations.safety.signs import GAP, REST, beginnings, root, weighed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.safety.levels import Level

Kind = Literal["crisis", "harm_other", "harassment", "burnout"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

GRAVE: Final[frozenset[Kind]] = frozenset({"crisis", "harm_other"})
"""A danger to somebody's life."""

LEVELS: Final[tuple[tuple[Kind, Level], ...]] = (
    ("crisis", "L2"),
    ("crisis", "L1"),
    ("harm_other", "harm_other"),
    ("harassment", "harassment"),
    ("burnout", "burnout"),
)
"""What is heard when enough of a kind comes together; a crisis has a second, lower bar."""

WINDOW: Final = 64
"""So many words are weighed together, and again from halfway: a whole page is about everything."""

LANE: Final = 32
LANES: Final = tuple(LANE * place for place in range(len(KINDS)))
MIDDLE: Final = 1 << LANE - 1
"""One kind's sum inside the whole number that holds those of all: its bits, and where its nought lies."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of each sign a whole number for every kind, and the sum from which on each level is heard.

    Weights are hundredths of a margin: 100 between what is and what is not (a support vector machine's),
    in a text whose sum was divided by the root of its length.
    """

    bias: tuple[int, ...] = (0,) * len(KINDS)
    enough: Mapping[Level, int] = field(default_factory=dict)
    signs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaning:
    """A level, and by how much the lowest bar of its kind was passed, in hundredths."""

    kind: Kind
    level: Level
    margin: int


class Classifier:
    """Made ready once: every sign becomes a number, since hundreds are looked up in every text."""

    def __init__(self, weights: Weights) -> None:
        self._bars = [
            (kind, [(weights.enough[level], level) for each, level in LEVELS if each == kind])
            for kind in KINDS
            if weights.enough
        ]
        self._bias = weights.bias
        signs = {sign: _packed(each) for sign, each in weights.signs.items()}
        pairs = [sign.split(GAP) for sign in signs if GAP in sign]
        self._begun = {sign: each for sign, each in signs.items() if sign.endswith(REST)}
        words = {word for word in signs if GAP not in word and word not in self._begun}
        listed = sorted(words.union(*pairs))
        self._number = {word: number for number, word in enumerate(listed, start=1)}
        self._weights = [0, *(signs.get(word, 0) + self._beginnings(word) for word in listed)]
        self._behind: list[dict[int, int]] = [{} for _ in self._weights]
        for one, other in pairs:
            behind = self._behind[self._number[one]]
            behind[self._number[other]] = len(self._weights)
            self._weights.append(signs[one + GAP + other])

    def leanings(self, text: str) -> list[Leaning]:
        """What is heard, the strongest first; nothing in most texts."""
        words = weighed(text)
        sums = [self._sums(words[each]) for each in _windows(len(words))]
        found: list[Leaning] = []
        for place, (kind, bars) in enumerate(self._bars):
            most = max([several[place] for several in sums]) + self._bias[place]
            passed = [(bar, level) for bar, level in bars if most >= bar]
            if passed:
                found.append(Leaning(kind, max(passed)[1], round(most) - min(bars)[0]))
        return sorted(found, key=lambda each: -each.margin)

    def _sums(self, words: Sequence[str]) -> list[float]:
        """What these words weigh for each kind, every sign once."""
        numbers = [*map(self._number.get, words, repeat(0))]
        behind = [*map(self._behind.__getitem__, numbers)]
        next_to = map(dict.get, behind, numbers[1:], repeat(0))
        near = map(dict.get, behind, numbers[2:], repeat(0))
        total = sum(map(self._weights.__getitem__, {*numbers, *next_to, *near}), NOUGHT)
        if 0 in numbers:
            strange = {word for word, number in zip(words, numbers, strict=True) if not number}
            total += sum(map(self._beginnings, strange))
        divisor = root(words)
        return [((total >> lane) % (1 << LANE) - MIDDLE) / divisor for lane in LANES]

    def _beginnings(self, word: str) -> int:
        return sum(self._begun.get(each, 0) for each in beginnings(word))


def _windows(size: int) -> list[slice]:
    """A text of so many words in one piece or, where it is long, in pieces that overlap."""
    last = max(1, size - WINDOW // 2)
    return [slice(begin, begin + WINDOW) for begin in range(0, last, WINDOW // 2)]


def _packed(several: Sequence[int]) -> int:
    """Several whole numbers as one, so that adding one adds them all."""
    return sum(each << LANE * place for place, each in enumerate(several))


NOUGHT: Final = _packed([MIDDLE] * len(KINDS))
