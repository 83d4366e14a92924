"""How a text reads: short enough to see at a glance, one question at a time, in everyday words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from conversations.checks.banned import PROMISES, TONE
from conversations.checks.texts import sayings
from conversations.phrasing import normal, pattern
from conversations.shelf import HELPLINES, PHRASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.checks.texts import Role, Saying
    from conversations.problem import Problem
    from conversations.script import Language
    from conversations.shape import Draft
    from conversations.shelf import Shelf

LONGEST_BUTTON: Final = 22
LONGEST_BUBBLE: Final = 220
LONGEST_QUESTION: Final = 120
BUBBLES: Final = 2
BUBBLES_OF_PROMISE: Final = 3
LINES: Final = 5
SAME: Final = 3
"""Up to this many words a text may be the same in both languages."""

BOTH_LANGUAGES: Final = frozenset({("which_language",), ("language_names",)})
"""Phrases that are said before the language is known."""

_WHY = re.compile(r"(?:^|[.:!?…]\s+)(?:waarom|why)\b", re.IGNORECASE)


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of every text in every file."""
    for name, page in shelf.pages.items():
        for saying in sayings(page):
            for language, words in saying.words.items():
                said = name == PHRASES and saying.role == "name"
                yield from _length(saying, language, words, "bubble" if said else saying.role)
                yield from _question(saying, language, words)
                yield from _words(saying, language, words)
            if name != HELPLINES:
                yield from _untranslated(saying)
    for draft in shelf.scripts:
        yield from _counts(draft)


def _length(saying: Saying, language: Language, words: str, role: Role) -> Iterator[Problem]:
    """A text may be several bubbles, with an empty line between them."""
    longest = {
        "button": ("L301", LONGEST_BUTTON, "this button"),
        "bubble": ("L302", LONGEST_BUBBLE, "this text"),
        "question": ("L303", LONGEST_QUESTION, "this question"),
    }
    if words and not words.strip():
        what = f"the {language} text is nothing but spaces"
        yield saying.problem(language, "L312", what, "Write the text.")
    if role in longest:
        code, most, what = longest[role]
        count = max(len(part.strip()) for part in words.split("\n\n"))
        if count > most:
            remedy = f"Use at most {most} characters, spaces included."
            yield saying.problem(language, code, f"{what} has {count} characters", remedy)


def _question(saying: Saying, language: Language, words: str) -> Iterator[Problem]:
    if saying.role != "question":
        return
    marks = words.count("?")
    if marks != 1:
        what = f"there are {marks} question marks in this question"
        yield saying.problem(language, "L304", what, "Ask one thing at a time, with one ?.")
    if _WHY.search(words):
        remedy = "Begin with “Wat maakt dat” or “What makes”; why sounds like blame."
        yield saying.problem(language, "L305", "the question begins with why", remedy)


def _words(saying: Saying, language: Language, words: str) -> Iterator[Problem]:
    text = normal(words)
    for phrase, remedy in TONE[language].items():
        if pattern(phrase).search(text):
            yield saying.problem(language, "L307", f"“{phrase}” is not our tone", remedy)
    for phrase in PROMISES[language]:
        if pattern(phrase).search(text):
            remedy = "Say it towards whom: “your coach sees only an alias”, “we keep no name”."
            what = f"“{phrase}” promises more than anyone can keep"
            yield saying.problem(language, "L308", what, remedy)
    if "!" in words:
        yield saying.problem(language, "L309", "there is a ! in it", "End with a full stop.")


def _untranslated(saying: Saying) -> Iterator[Problem]:
    said = {words.strip() for words in saying.words.values()}
    if len(saying.words) < 2 or len(said) > 1 or saying.trail in BOTH_LANGUAGES:  # noqa: PLR2004 - two languages
        return
    if len(said.pop().split()) > SAME:
        what = "the text is the same in both languages"
        yield saying.problem(None, "L310", what, "Write it anew in the other language.")


def _counts(draft: Draft) -> Iterator[Problem]:
    for name, step in draft.written.items():
        said = step.get("say")
        most = BUBBLES_OF_PROMISE if step.get("kind") == "promise" else BUBBLES
        if isinstance(said, list) and len(said) > most:
            what = f"there are {len(said)} texts before the question"
            remedy = f"Keep at most {most}; nobody reads more."
            yield draft.page.problem(("steps", name, "say"), "L306", what, remedy)
        lines = step.get("summary")
        if isinstance(lines, list) and len(lines) > LINES:
            what = f"the summary has {len(lines)} lines"
            yield draft.page.problem(
                ("steps", name, "summary"), "L311", what, f"Keep at most {LINES}."
            )
