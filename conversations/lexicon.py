"""The packaged words and the ears that listen for them, as one value."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from conversations.ear import Ear
from conversations.replacing import replace
from conversations.script import LANGUAGES
from conversations.wordlist import Wordlist

if TYPE_CHECKING:
    from conversations.ear import Heard
    from conversations.script import Language


class Lexicon(Wordlist):
    """What `lexicon.yaml` holds, made ready to listen."""

    @cached_property
    def ears(self) -> dict[Language, Ear]:
        """What listens in each language, built at the first use."""
        return {language: Ear(self, language) for language in LANGUAGES}

    def understand(self, words: str, language: Language) -> Heard:
        """What is heard in these words, in the other language where they are written in that.

        Raises PatternError for a lexicon that was not checked.
        """
        heard = self.ears[language].hear(words)
        if not heard.foreign:
            return heard
        other = self.ears["en" if language == "nl" else "nl"].hear(words)
        return replace(other, foreign=True)

    def heard(self, words: str, language: Language) -> tuple[str, ...]:
        """The names of the themes heard in these words, in the order of the file."""
        return self.understand(words, language).themes
