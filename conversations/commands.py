"""Typed words that steer the conversation instead of answering it, and numbers typed as words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conversations.phrasing import normal
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.phrases import Command, Phrases
    from conversations.script import Language

ANY_LANGUAGE: frozenset[Command] = frozenset({"help", "stop", "forget"})
"""Understood in every language at any time: people in a hurry use the words that come first."""

_COUNTED: dict[Language, str] = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien",
    "en": "zero one two three four five six seven eight nine ten",
}
LONGEST, FEW_WORDS = 40, 3
"""Characters and words above which an answer is more than a number."""

LONGEST_COMMAND = 120
"""Characters above which nothing is looked for: no command is longer, also with dots and stretched letters."""

_DIGITS = re.compile(r"\d+")


def command(phrases: Phrases, words: str, language: Language) -> Command | None:
    """The command that these words are, taken as a whole; None for anything else."""
    if len(words) > LONGEST_COMMAND:
        return None
    said = normal(words)
    for name, listed in phrases.commands.items():
        languages = LANGUAGES if name in ANY_LANGUAGE else (language,)
        if any(said in listed.normal[each] for each in languages):
            return name
    return None


def number(words: str, language: Language) -> int | None:
    """The one whole number in a short answer ("6", "een 6", "6/10", "zes"); None when unclear."""
    said = normal(words)
    if len(said) > LONGEST:
        return None
    digits = _DIGITS.findall(
        said.replace("/10", "").removesuffix(" 10") if "/10" in words else said
    )
    if len(digits) == 1:
        return int(digits[0][:4])
    counted = _COUNTED[language].split()
    heard = [counted.index(word) for word in said.split() if word in counted]
    return heard[-1] if not digits and len(said.split()) <= FEW_WORDS and heard else None
