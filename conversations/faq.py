"""Questions that somebody asks the bot itself: authored answers, and how such a question is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from conversations.phrasing import normal, says
from conversations.script import LANGUAGES, Authored, Heard, Language, Name, Text

if TYPE_CHECKING:
    from conversations.organisation import Organisation

LONGEST: Final = 14
"""Words; a longer text tells something, and is no question to a program."""


class Asked(Authored):
    """How the question is put in one language; `hits` and `misses` are run by the check."""

    words: Annotated[tuple[Heard, ...], Field(min_length=1)]
    hits: Annotated[tuple[str, ...], Field(min_length=1)]
    misses: tuple[str, ...] = ()


class Entry(Authored):
    """One question and its answer; `operator` adds what depends on who runs the server."""

    nl: Asked
    en: Asked
    answer: Annotated[tuple[Text, ...], Field(min_length=1)]
    operator: dict[Literal["bureau", "employer", "self"], Text] = Field(default_factory=dict)

    def of(self, language: Language) -> Asked:
        return self.nl if language == "nl" else self.en

    def texts(self, organisation: Organisation) -> tuple[Text, ...]:
        """The answer in this organisation."""
        own = self.operator.get(organisation.operator)
        return (*self.answer, own) if own else self.answer


Faq = dict[Name, Entry]


def find(faq: Faq, words: str, language: Language) -> tuple[str, Language] | None:
    """The entry that these words ask for, and in which language; this one is tried first."""
    if len(words.split()) > 2 * LONGEST:
        return None
    text = normal(words)
    if not text or len(text.split()) > LONGEST:
        return None
    for each in sorted(LANGUAGES, key=lambda other: other != language):
        for name, entry in faq.items():
            if any(says(cue, text) for cue in entry.of(each).words):
                return name, each
    return None
