"""Questions to the bot, and the signs by which the coach may be named: their examples are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import faq
from conversations.phrasing import normal, says
from conversations.script import LANGUAGES, Offer
from conversations.shelf import FAQ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Language, Sign
    from conversations.shelf import Shelf

REMEDY_HIT = "Add the words by which it should be known, or take the example away."
REMEDY_MISS = "Make the words narrower."


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the questions and of the offer in the frame, where these are in order."""
    if shelf.faq is not None:
        page = shelf.pages[FAQ]
        for name in shelf.faq:
            yield from _entry(page, shelf.faq, name)
    for name, step in shelf.frame.steps.items():
        if isinstance(step, Offer):
            for sign, words in step.signs.items():
                for language in LANGUAGES:
                    at = ("steps", name, "signs", sign, language)
                    yield from _sign(shelf.frame.page, at, words.of(language))


def _entry(page: Page, known: faq.Faq, name: str) -> Iterator[Problem]:
    entry = known[name]
    for language in LANGUAGES:
        asked, at = entry.of(language), (name, language)
        for place, words in enumerate(asked.hits):
            if _found(known, words, language) != name:
                what = f"“{words}” is not taken for this question"
                yield page.problem((*at, "hits", place), "L408", what, REMEDY_HIT)
        for place, words in enumerate(asked.misses):
            if _found(known, words, language):
                what = f"“{words}” is taken for a question to the bot"
                yield page.problem((*at, "misses", place), "L409", what, REMEDY_MISS)


def _found(known: faq.Faq, words: str, language: Language) -> str | None:
    found = faq.find(known, words, language)
    return found[0] if found else None


def _sign(page: Page, at: Trail, sign: Sign) -> Iterator[Problem]:
    for place, words in enumerate(sign.hits):
        if not _heard(sign, words):
            what = f"the sign is not heard in “{words}”"
            yield page.problem((*at, "hits", place), "L408", what, REMEDY_HIT)
    for place, words in enumerate(sign.misses):
        if _heard(sign, words):
            what = f"the sign is heard in “{words}”"
            yield page.problem((*at, "misses", place), "L409", what, REMEDY_MISS)


def _heard(sign: Sign, words: str) -> bool:
    text = normal(words)
    return any(says(cue, text) for cue in sign.words)
