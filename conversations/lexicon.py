"""The words by which a theme is heard in an answer: precision first, silence beats a wrong guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.phrasing import normal, pattern, says, without
from conversations.script import Authored, Language, Name, Text

if TYPE_CHECKING:
    import re

REACH = 3
"""A negation silences a theme at most this many words further on, and never past a new clause."""


class Cues(Authored):
    """What is listened for in one language; `hits` and `misses` are answers that the check runs."""

    words: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()


class Theme(Authored):
    name: Text
    nl: Cues
    en: Cues

    def of(self, language: Language) -> Cues:
        return self.nl if language == "nl" else self.en


class PerLanguage(Authored):
    nl: tuple[str, ...]
    en: tuple[str, ...]

    def of(self, language: Language) -> tuple[str, ...]:
        return self.nl if language == "nl" else self.en


class Lexicon(Authored):
    """`negations` silence what follows; `clauses` are words at which a new thought begins;
    `idioms` say nothing of what their words say and are taken out first.
    """

    themes: dict[Name, Theme]
    negations: PerLanguage
    clauses: PerLanguage
    idioms: PerLanguage

    def heard(self, words: str, language: Language) -> tuple[str, ...]:
        """The names of the themes heard in these words, in the order of the file."""
        text = normal(words)
        for idiom in self.idioms.of(language):
            text = without(idiom, text)
        return tuple(
            name
            for name, theme in self.themes.items()
            if any(self._said(cue, text, language) for cue in theme.of(language).words)
        )

    def _said(self, cue: str, text: str, language: Language) -> bool:
        return says(cue, text) and any(
            not self._negated(hit, text, language) for hit in pattern(cue).finditer(text)
        )

    def _negated(self, hit: re.Match[str], text: str, language: Language) -> bool:
        before = text[: hit.start()].split()
        clauses = self.clauses.of(language)
        starts = [i for i, word in enumerate(before) if word in clauses]
        near = before[max(starts[-1] + 1 if starts else 0, len(before) - REACH) :]
        return any(word in self.negations.of(language) for word in near)
