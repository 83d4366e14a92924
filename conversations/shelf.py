"""All pages of the content side by side, as far as they can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

from pydantic import Field

from conversations.coachtexts import Handoff
from conversations.desktexts import DeskTexts
from conversations.faq import Faq
from conversations.lexicon import Lexicon
from conversations.phrases import Phrases
from conversations.reading import unread
from conversations.safety import Care, Country, Grammars, Safety
from conversations.safety.classifier import Weights
from conversations.shape import Draft, draft, fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.page import Page
    from conversations.problem import Problem

FRAME: Final = "frame.yaml"
PHRASES: Final = "phrases.yaml"
LEXICON: Final = "lexicon.yaml"
SAFETY: Final = "safety.yaml"
HELPLINES: Final = "helplines.yaml"
FAQ: Final = "faq.yaml"
CARE: Final = "care.yaml"
COACH: Final = "coach.yaml"
DESK: Final = "desk.yaml"
WEIGHTS: Final = "weights.tsv"
NAMED: Final = (FRAME, PHRASES, LEXICON, SAFETY, WEIGHTS, HELPLINES, FAQ, CARE, COACH, DESK)
"""The files that are always there. Every other one is a track."""

T = TypeVar("T")
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


@dataclass(frozen=True, slots=True)
class Shelf:
    """`pages` is keyed by the name within the content folder. A part that is not in order is None.

    `tracks` follow the order of the file names, t2 before t10. `problems` are those of letters and shape.
    """

    pages: Mapping[str, Page]
    frame: Draft
    tracks: tuple[Draft, ...]
    phrases: Phrases | None
    lexicon: Lexicon | None
    safety: Safety | None
    faq: Faq | None
    coach: Handoff | None
    desk: DeskTexts | None
    problems: tuple[Problem, ...]

    @property
    def scripts(self) -> tuple[Draft, ...]:
        """The frame and every track."""
        return (self.frame, *self.tracks)

    @property
    def themes(self) -> frozenset[str] | None:
        """The names of the themes, also when other parts of the lexicon are not in order."""
        themes = self.pages[LEXICON].top.get("themes")
        return frozenset(themes) if isinstance(themes, dict) else None

    @property
    def feelings(self) -> frozenset[str]:
        """The names of the feelings, also when other parts of the lexicon are not in order."""
        feelings = self.pages[LEXICON].top.get("feelings")
        return frozenset(feelings) if isinstance(feelings, dict) else frozenset()


def arrange(pages: Mapping[str, Page]) -> Shelf:
    """The shelf of these pages; a file that must be there and is not becomes a problem."""
    pages = {**{name: _missing(name) for name in NAMED}, **pages}
    frame = draft(pages[FRAME], frame=True)
    written = sorted((name for name in pages if name not in NAMED), key=_counting)
    tracks = tuple(draft(pages[name], frame=False) for name in written)
    phrases, of_phrases = _fit(pages[PHRASES], Phrases)
    lexicon, of_lexicon = _fit(pages[LEXICON], Lexicon)
    lists, of_lists = _fit(pages[SAFETY], Grammars)
    care, of_care = _fit(pages[CARE], Care)
    countries, of_countries = _fit(pages[HELPLINES], dict[Code, Country])
    faq, of_faq = _fit(pages[FAQ], Faq)
    coach, of_coach = _fit(pages[COACH], Handoff)
    desk, of_desk = _fit(pages[DESK], DeskTexts)
    safety = None
    weights = pages[WEIGHTS].value
    if lists and care and countries is not None and isinstance(weights, Weights):
        safety = Safety(nl=lists.nl, en=lists.en, care=care, countries=countries, weights=weights)
    problems = [problem for page in pages.values() for problem in page.problems]
    problems += [problem for each in (frame, *tracks) for problem in each.problems]
    problems += [
        *of_phrases,
        *of_lexicon,
        *of_lists,
        *of_countries,
        *of_care,
        *of_faq,
        *of_coach,
        *of_desk,
    ]
    return Shelf(pages, frame, tracks, phrases, lexicon, safety, faq, coach, desk, tuple(problems))


def _counting(name: str) -> list[str | int]:
    """The name as somebody reads it: letters by the alphabet, and numbers by what they count."""
    parts = re.split(r"(\d+)", name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _missing(name: str) -> Page:
    remedy = "Put it back; `conversations/README.md` says what is in it."
    return unread(name, 0, "L107", "is not there", remedy)


def _fit(page: Page, sort: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    return (None, ()) if page.value is None else fit(page, sort, page.top)
