"""What the bot listens for: examples are heard as they should be, a command means one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations.checks import grammar, heard
from conversations.phrasing import normal
from conversations.safety.levels import ASKED, CARDS
from conversations.script import LANGUAGES
from conversations.shelf import HELPLINES, PHRASES, SAFETY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from conversations.page import Page
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
    yield from heard.problems(shelf)
    if shelf.safety is not None:
        yield from _safety(shelf.pages[SAFETY], shelf.safety)
        if today is not None:
            yield from _ages(shelf.pages[HELPLINES], shelf.safety, today)
    if shelf.phrases is not None:
        yield from _commands(shelf.pages[PHRASES], shelf.phrases)


def _safety(page: Page, safety: Safety) -> Iterator[Problem]:
    if any(grammar.unreadable(page, safety)):
        return
    for language in LANGUAGES:
        authored = safety.nl if language == "nl" else safety.en
        for level, examples in authored.hits.items():
            for place, words in enumerate(examples):
                heard = safety.level(words)
                if heard != level and not (level == ASKED and heard in CARDS):
                    what = f"“{words}” is heard as {heard}, and not as {level}"
                    remedy = "Add a pattern to `listen`, or move the example to its level."
                    yield page.problem((language, "hits", level, place), "L403", what, remedy)
        for place, words in enumerate(authored.misses):
            heard = safety.level(words)
            if heard != "none":
                what = f"“{words}” is heard as {heard}"
                remedy = "Add the innocent words to `harmless`, or an `unless` to the rule."
                yield page.problem((language, "misses", place), "L404", what, remedy)


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
