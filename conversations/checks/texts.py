"""Every text of a page, found where it stands, also in a step that is not in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Language

Role = Literal["question", "bubble", "button", "name"]


@dataclass(frozen=True, slots=True)
class Saying:
    """One text: where it stands, and its words in each language in which it has any."""

    page: Page
    trail: Trail
    words: Mapping[Language, str]

    @property
    def role(self) -> Role:
        """What it is for; `name` is what names something: a title, the end of a scale, a line."""
        match self.trail:
            case ("steps", _, *_, "ask"):
                return "question"
            case ("steps", _, *_, "say") | ("steps", _, *_, "say", int()):
                return "bubble"
            case ("steps", _, "heard" | "operator", _) | ("steps", _, "empty"):
                return "bubble"
            case ("steps", _, "options", _, "label") | ("steps", _, "start"):
                return "button"
            case ("door",) | ("labels", _):
                return "button"
            case _:
                return "name"

    @property
    def step(self) -> str | None:
        """The step in which it stands, if it stands in one."""
        inside = self.trail[:1] == ("steps",) and len(self.trail) > 1
        return str(self.trail[1]) if inside else None

    def problem(self, language: Language | None, code: str, what: str, remedy: str) -> Problem:
        """A problem of this text; the line is that of the language, if it is in one only."""
        trail = (*self.trail, language) if language else self.trail
        return self.page.problem(trail, code, what, remedy)


def sayings(page: Page) -> Iterator[Saying]:
    """Every text of the page, from top to bottom."""
    yield from _below(page, (), page.value)


def _below(page: Page, trail: Trail, value: object) -> Iterator[Saying]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(page, (*trail, index), item)
    elif isinstance(value, dict):
        words: dict[Language, str] = {
            language: text for language in LANGUAGES if isinstance(text := value.get(language), str)
        }
        if words:
            yield Saying(page, trail, words)
        for name, item in value.items():
            yield from _below(page, (*trail, name), item)
