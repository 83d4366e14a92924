"""The cues of `lexicon.yaml`: each can be read, and every name that is used is one of its themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations.cueing import ruling_of
from conversations.patterns import SLOT, PatternError, parse
from conversations.script import LANGUAGES
from conversations.shelf import LEXICON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.lexicon import Lexicon
    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Language
    from conversations.shelf import Shelf

PHRASES: Final = ("idioms", "not_negations", "softer", "stronger")
RULINGS: Final = ("ruled_out", "praised")
REMEDY: Final = "Compare it with the cues around it; the top of the file explains how to write one."


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the lexicon, where its shape is in order."""
    if shelf.lexicon is not None:
        page, lexicon = shelf.pages[LEXICON], shelf.lexicon
        yield from unreadable(page, lexicon)
        yield from _unknown(page, lexicon)


def unreadable(page: Page, lexicon: Lexicon) -> Iterator[Problem]:
    """Every cue that cannot be read, with the reason."""
    for language in LANGUAGES:
        groups = lexicon.groups.of(language)
        for trail, cue in _cues(lexicon, language):
            try:
                if any(SLOT in parts for parts in parse(cue, groups)):
                    raise PatternError("has a _, which stands in a ruling only")  # noqa: TRY301  one remedy for both
            except PatternError as error:
                yield page.problem(trail, "L222", f"the cue “{cue}” {error}", REMEDY)
        yield from _rulings(page, lexicon, language)


def _rulings(page: Page, lexicon: Lexicon, language: Language) -> Iterator[Problem]:
    groups = lexicon.groups.of(language)
    for name in RULINGS:
        for place, ruling in enumerate(getattr(lexicon, name).of(language)):
            try:
                for parts in parse(ruling, groups):
                    ruling_of(parts)
            except PatternError as error:
                what = f"the ruling “{ruling}” {error}"
                yield page.problem((name, language, place), "L222", what, REMEDY)


def _cues(lexicon: Lexicon, language: Language) -> Iterator[tuple[Trail, str]]:
    for part, listeners in (("themes", lexicon.themes), ("feelings", lexicon.feelings)):
        for name, listener in listeners.items():
            cues = listener.of(language)
            for kind in ("about", "words", "weak"):
                for place, cue in enumerate(getattr(cues, kind)):
                    yield (part, name, language, kind, place), cue
    for name in PHRASES:
        for place, cue in enumerate(getattr(lexicon, name).of(language)):
            yield (name, language, place), cue


def _unknown(page: Page, lexicon: Lexicon) -> Iterator[Problem]:
    used: list[tuple[Trail, str]] = [(("offered", n), t) for n, t in enumerate(lexicon.offered)]
    for number, pair in enumerate(lexicon.pairs):
        used += [(("pairs", number, "between", n), t) for n, t in enumerate(pair.between)]
    for trail, name in used:
        if name not in lexicon.themes:
            remedy = f"Use one of {', '.join(lexicon.themes)}."
            yield page.problem(trail, "L223", f"there is no theme `{name}`", remedy)
