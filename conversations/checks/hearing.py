"""What the bot listens for: examples are heard as they should be, a command means one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations.phrasing import normal
from conversations.script import LANGUAGES
from conversations.shelf import HELPLINES, LEXICON, PHRASES, SAFETY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from conversations.lexicon import Lexicon
    from conversations.page import Page, Trail
    from conversations.phrases import Phrases
    from conversations.problem import Problem
    from conversations.safety import Safety
    from conversations.shelf import Shelf

OLDEST_DAYS: Final = 180
"""A help line that nobody compared with its source for longer may lead nowhere."""


def problems(shelf: Shelf, today: date | None) -> Iterator[Problem]:
    """Of the lexicon, the safety lists, the commands and the help lines, where these are in order.

    Without `today` nothing is said about the age of help lines.
    """
    if shelf.lexicon is not None:
        yield from _lexicon(shelf.pages[LEXICON], shelf.lexicon)
    if shelf.safety is not None:
        yield from _safety(shelf.pages[SAFETY], shelf.safety)
        if today is not None:
            yield from _ages(shelf.pages[HELPLINES], shelf.safety, today)
    if shelf.phrases is not None:
        yield from _commands(shelf.pages[PHRASES], shelf.phrases)


def _lexicon(page: Page, lexicon: Lexicon) -> Iterator[Problem]:
    for name, theme in lexicon.themes.items():
        for language in LANGUAGES:
            cues, at = theme.of(language), ("themes", name, language)
            yield from _wordless(page, (*at, "words"), cues.words)
            for place, words in enumerate(cues.hits):
                if name not in lexicon.heard(words, language):
                    remedy = "Add the word that should be heard, or take the example away."
                    what = f"{name} is not heard in “{words}”"
                    yield page.problem((*at, "hits", place), "L401", what, remedy)
            for place, words in enumerate(cues.misses):
                if name in lexicon.heard(words, language):
                    remedy = "Make a word narrower, or add what is meant to `idioms`."
                    what = f"{name} is heard in “{words}”"
                    yield page.problem((*at, "misses", place), "L402", what, remedy)


def _safety(page: Page, safety: Safety) -> Iterator[Problem]:
    for language in LANGUAGES:
        crisis = safety.nl if language == "nl" else safety.en
        yield from _wordless(page, (language, "explicit"), crisis.explicit)
        yield from _wordless(page, (language, "harmless"), crisis.harmless)
        for place, words in enumerate(crisis.hits):
            if not safety.crisis(words):
                what = f"no help card would follow “{words}”"
                remedy = "Add the words that should bring the card to `explicit`."
                yield page.problem((language, "hits", place), "L403", what, remedy)
        for place, words in enumerate(crisis.misses):
            if safety.crisis(words):
                what = f"a help card would follow “{words}”"
                remedy = "Add the innocent words to `harmless`, or narrow `explicit`."
                yield page.problem((language, "misses", place), "L404", what, remedy)


def _wordless(page: Page, trail: Trail, phrases: Iterable[str]) -> Iterator[Problem]:
    for place, phrase in enumerate(phrases):
        if not phrase.split() or any(not normal(word.strip("*")) for word in phrase.split()):
            what = f"“{phrase}” has a word without letters, which would be heard everywhere"
            yield page.problem((*trail, place), "L405", what, "Write words; * ends or begins one.")


def _commands(page: Page, phrases: Phrases) -> Iterator[Problem]:
    for language in LANGUAGES:
        first: dict[str, str] = {}
        for command, words in phrases.commands.items():
            for place, word in enumerate(words.of(language)):
                known = first.setdefault(normal(word), command)
                if known != command:
                    what = f"“{word}” means {known} already"
                    trail = ("commands", command, language, place)
                    yield page.problem(trail, "L406", what, "Keep it at one command only.")


def _ages(page: Page, safety: Safety, today: date) -> Iterator[Problem]:
    for code, country in safety.countries.items():
        days = (today - country.verified_on).days
        trail = (code, "verified_on")
        if days > OLDEST_DAYS:
            remedy = "Compare every line with its source, then write the day on which you did."
            yield page.problem(trail, "L407", f"{code} was verified {days} days ago", remedy)
        elif days < 0:
            what = f"{code} was verified on a day to come"
            yield page.problem(trail, "L407", what, "Write the day on which it was verified.")
