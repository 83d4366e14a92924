"""The words by which a theme or a feeling is heard, as a coach writes them, and what is said to it.

Precision first: silence beats a wrong guess. How the words are compared is in `ear.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from conversations.script import Authored, Language, Name, Text


class Cues(Authored):
    """What is listened for in one language; `hits` and `misses` are answers that the check runs.

    `about` names the thing itself ("salaris", "geen opslag"): silenced only where it is ruled out.
    `words` is said of oneself ("moe", "wil weg"): also silenced by a negation near it, and where it
    is said of somebody else. `weak` words count when two different ones are heard.
    """

    about: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    hits: Annotated[tuple[str, ...], Field(min_length=1)]
    misses: tuple[str, ...] = ()


class PerLanguage(Authored):
    nl: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[str, ...]:
        return self.nl if language == "nl" else self.en


class Listened(Authored):
    name: Text
    nl: Cues
    en: Cues

    def of(self, language: Language) -> Cues:
        return self.nl if language == "nl" else self.en


class Theme(Listened):
    """What an answer is about. `name` is its button.

    `reflect` is said when this theme alone was heard (R1), `normal` once per session, where it is
    kind to hear that one is not alone in it (R6). `quiet` themes choose the way and are never named.
    """

    reflect: tuple[Text, ...] = ()
    normal: Text | None = None
    heavy: bool = False
    quiet: bool = False


class Feeling(Listened):
    """An explicit word for a feeling. Said of the situation, never of the person (R2).

    `soft` follows a word that was toned down ("een beetje"). After something `heavy` nothing
    `light` is said.
    """

    firm: Text
    soft: Text
    weight: Literal["heavy", "light"]


class Pair(Authored):
    """Two themes that pull apart (R3)."""

    between: tuple[Name, Name]
    say: Text


class Groups(Authored):
    """Small sets of words, used in cues as `<name>`."""

    nl: dict[Name, tuple[str, ...]] = Field(default_factory=dict)
    en: dict[Name, tuple[str, ...]] = Field(default_factory=dict)

    def of(self, language: Language) -> dict[str, tuple[str, ...]]:
        return self.nl if language == "nl" else self.en


class Respelt(Authored):
    """Chat spellings and what they are short for."""

    nl: dict[str, str] = Field(default_factory=dict)
    en: dict[str, str] = Field(default_factory=dict)

    def of(self, language: Language) -> dict[str, str]:
        return self.nl if language == "nl" else self.en


class Wordlist(Authored):
    """Everything that is listened for; the comments in `content/lexicon.yaml` explain each part."""

    themes: dict[Name, Theme]
    feelings: dict[Name, Feeling] = Field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    offered: tuple[Name, ...] = ()
    groups: Groups = Groups()
    spelling: Respelt = Respelt()
    negations: PerLanguage
    not_negations: PerLanguage = PerLanguage()
    clauses: PerLanguage
    contrasts: PerLanguage = PerLanguage()
    joins: PerLanguage = PerLanguage()
    ruled_out: PerLanguage = PerLanguage()
    praised: PerLanguage = PerLanguage()
    idioms: PerLanguage
    others: PerLanguage = PerLanguage()
    myself: PerLanguage = PerLanguage()
    softer: PerLanguage = PerLanguage()
    stronger: PerLanguage = PerLanguage()
    fillers: PerLanguage = PerLanguage()
    frequent: PerLanguage = PerLanguage()
    core: PerLanguage = PerLanguage()
    not_misspelt: PerLanguage = PerLanguage()
