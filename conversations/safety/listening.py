"""What was authored about safety, as one value: the words to listen for, and whom to reach."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, InstanceOf

from conversations.safety.cards import Care
from conversations.safety.classifier import Classifier, Weights
from conversations.safety.ear import Ear
from conversations.safety.grammar import Grammar
from conversations.safety.helplines import Country
from conversations.safety.levels import CARDS
from conversations.script import Authored

if TYPE_CHECKING:
    from conversations.safety.levels import Heard, Level


class Grammars(Authored):
    """What `safety.yaml` holds; the help lines lie in a file of their own, since they age."""

    nl: Grammar
    en: Grammar


class Safety(Grammars):
    """The grammars, what is said about what they hear, and the lines of every country."""

    care: Care
    countries: dict[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], Country]
    weights: InstanceOf[Weights]

    @cached_property
    def ear(self) -> Ear:
        """The grammars made ready once. Raises PatternError when one of their patterns is no pattern."""
        return Ear((self.nl, self.en), self.classifier)

    @cached_property
    def classifier(self) -> Classifier:
        """What was learnt, made ready once."""
        return Classifier(self.weights)

    def hear(self, words: str, earlier: str = "") -> Heard:
        """What is heard in these words; `earlier` is what the person typed just before.

        Every language is tried, whatever the session's: people in need fall back to their own.
        """
        return self.ear.hear(words, earlier)

    def level(self, words: str, earlier: str = "") -> Level:
        """The gravest level that is heard."""
        return self.hear(words, earlier).level

    def soon(self, words: str) -> bool:
        """Whether these words name a moment close by; after a sign of danger that makes it acute."""
        return self.ear.soon(words)

    def crisis(self, words: str) -> bool:
        """Whether these words bring the help card at once."""
        return self.level(words) in CARDS
