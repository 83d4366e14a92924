"""How long the sentences are: short ones are read, long ones are not (language level B1)."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from conversations.checks.texts import sayings
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.problem import Problem
    from conversations.script import Language
    from conversations.shelf import Shelf

MOST: Final[Mapping[Language, int]] = MappingProxyType({"nl": 15, "en": 18})
"""Words in a sentence."""

MEAN: Final[Mapping[Language, int]] = MappingProxyType({"nl": 10, "en": 12})
"""Words in a sentence, over a whole conversation."""

SPOKEN: Final = frozenset({"bubble", "question"})

_END = re.compile(r"[.!?…:]+(?=\s|$|[\"'”’])|\n")
_WORD = re.compile(r"[^\W_]")


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of what is said and asked in every conversation."""
    for draft in shelf.scripts:
        counted: dict[Language, list[int]] = {language: [] for language in LANGUAGES}
        for saying in sayings(draft.page):
            if saying.role not in SPOKEN:
                continue
            for language, words in saying.words.items():
                counts = lengths(words)
                counted[language] += counts
                if max(counts, default=0) > MOST[language]:
                    what = f"a sentence has {max(counts)} words"
                    remedy = f"Use at most {MOST[language]}; make two of it."
                    yield saying.problem(language, "L315", what, remedy)
        for language, counts in counted.items():
            if counts and sum(counts) > MEAN[language] * len(counts):
                mean = sum(counts) / len(counts)
                what = f"the {language} sentences have {mean:.1f} words on average"
                remedy = f"Keep the mean at {MEAN[language]} or below."
                yield draft.page.problem((), "L316", what, remedy)


def lengths(words: str) -> list[int]:
    """The number of words of each sentence."""
    parts = (part.split() for part in _END.split(words))
    return [count for part in parts if (count := sum(1 for w in part if _WORD.search(w)))]
