"""How often a word is met in ordinary texts: cues are looked for by their rarest word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conversations.patterns import Part

RARE = 1 / 1_000
"""Of a word that is not among the frequent ones, where the most frequent of all weighs 1."""


def ranked(frequent: Iterable[str]) -> dict[str, float]:
    """What each of these words weighs: the first is met most, the second half as often (Zipf)."""
    return {word: 1 / place for place, word in enumerate(frequent, 1)}


def weight(part: Part, frequent: Mapping[str, float]) -> float:
    """How often one of the words of this part is met; a beginning or end stands for several."""
    whole = sum(frequent.get(word, RARE) for word in part.words)
    return whole + 2 * RARE * (len(part.heads) + len(part.tails))
