"""The examples of `lexicon.yaml`, listened to: what must be heard is heard, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.checks import cues
from conversations.script import LANGUAGES
from conversations.shelf import LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.lexicon import Lexicon
    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Language
    from conversations.shelf import Shelf
    from conversations.wordlist import Listened


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the lexicon, where it is in order; a cue that cannot be read is told by `cues.py`."""
    if shelf.lexicon is None or any(cues.unreadable(shelf.pages[LEXICON], shelf.lexicon)):
        return
    page, lexicon = shelf.pages[LEXICON], shelf.lexicon
    for part, listeners in (("themes", lexicon.themes), ("feelings", lexicon.feelings)):
        for name, listener in listeners.items():
            for language in LANGUAGES:
                trail = (part, name, language)
                yield from _examples(page, lexicon, name, listener, language, trail)
    for language in LANGUAGES:
        ear = lexicon.ears[language]
        for place, word in enumerate(lexicon.core.of(language)):
            if not ear.knows(word):
                what = f"no cue hangs on “{word}”, so its misspellings mean nothing"
                remedy = "Add it to a theme as well, or take it away."
                yield page.problem(("core", language, place), "L410", what, remedy)


def _examples(
    page: Page,
    lexicon: Lexicon,
    name: str,
    listener: Listened,
    language: Language,
    trail: Trail,
) -> Iterator[Problem]:
    examples = listener.of(language)
    for place, words in enumerate(examples.hits):
        if name not in _heard(lexicon, words, language):
            remedy = "Add the word that should be heard, or take the example away."
            what = f"{name} is not heard in “{words}”"
            yield page.problem((*trail, "hits", place), "L401", what, remedy)
    for place, words in enumerate(examples.misses):
        if name in _heard(lexicon, words, language):
            remedy = "Make a word narrower, or add what is meant to `idioms`."
            what = f"{name} is heard in “{words}”"
            yield page.problem((*trail, "misses", place), "L402", what, remedy)


def _heard(lexicon: Lexicon, words: str, language: Language) -> tuple[str, ...]:
    heard = lexicon.understand(words, language)
    return (*heard.themes, *heard.feelings)
